package io.rowlake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.CallPoints;
import io.rowlake.sink.CallPoints.Waking;
import io.rowlake.sink.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Runs a task over two partitions and lets others take them over while it stands at one of the points where it talks to
 * the destination. It then goes on with what it was about to do, and gives its partitions up at the end.
 */
public final class Takeovers {

    /** A destination that was never written to. */
    public interface Destination {

        /** A sink as of another worker, whose calls pass the points. */
        TableSink sink(CallPoints points);

        SourceOffsets ledger();

        /** The rows that a reader finds, in any order. */
        List<Long> ids();
    }

    /** What others do meanwhile. */
    public enum Takeover {
        /** All partitions get another owner, who takes all there is. */
        OF_ALL,
        /** The other owner takes fewer records than the first task has taken. */
        OF_A_PART,
        /** One of the two partitions gets another owner. */
        OF_ONE_PARTITION,
        /** All partitions get another owner, and come back to the first task when it has woken. */
        AND_BACK,
        /** The other owner falls asleep in the middle of its commit, too, and a third one takes over. */
        BY_TWO
    }

    private static final SourcePartition FIRST = new SourcePartition("images", 0);
    private static final SourcePartition SECOND = new SourcePartition("images", 1);
    private static final long END = 9;
    private static final long SECOND_END = 8;

    /** One in so many points is tried, others in each takeover: {@code mvn test -Dtakeover.every=1} tries all of them. */
    private static final int EVERY = Integer.getInteger("takeover.every", 6);

    private final Supplier<Destination> destinations;
    private final int secondPoint;

    /**
     * @param secondPoint where the second of two tasks stands still, too
     */
    public Takeovers(Supplier<Destination> destinations, int secondPoint) {
        this.destinations = destinations;
        this.secondPoint = secondPoint;
    }

    /** The names of the points of an undisturbed run. */
    public List<String> points() {
        CallPoints points = CallPoints.counted();
        Destination destination = destinations.get();
        runZombie(destination, points).close();
        check(destination, "undisturbed");
        return points.passed();
    }

    /** Takes over at each point that is to be tried, and tells at how many. */
    public int run(Takeover takeover, Waking waking) {
        List<String> points = points();
        int tried = 0;
        int first = Math.floorMod(takeover.name().hashCode(), EVERY);
        for (int point = 0; point < points.size(); point++) {
            if (isRepeated(points, point) || point % EVERY != first) {
                continue;
            }
            tried++;
            Destination destination = destinations.get();
            var interrupted = new CallPoints(point, waking, () -> takeOver(takeover, destination));
            String description = "point " + point + ", " + points.get(point);

            try (ScriptedTask zombie = runZombie(destination, interrupted)) {
                assertThat(interrupted.passed()).as(description).hasSizeGreaterThan(point);
                comeBack(takeover, zombie, destination, description);
            }

            check(destination, description);
            finish(destination);
            check(destination, description);
            assertThat(destination.ledger())
                    .as(description)
                    .isEqualTo(SourceOffsets.of(Map.of(FIRST, END, SECOND, END)));
        }
        return tried;
    }

    /** One write after another to one file: the second shows nothing that the first doesn't. */
    private static boolean isRepeated(List<String> points, int point) {
        return point >= 2 && points.get(point).equals(points.get(point - 2));
    }

    private static void comeBack(Takeover takeover, ScriptedTask zombie, Destination destination, String description) {
        if (takeover == Takeover.AND_BACK) {
            zombie.open(FIRST, SECOND);
            zombie.deliverUntilDone(END);
            assertThat(zombie.committed()).as(description).isEqualTo(destination.ledger());
        }
    }

    /** It creates the table, adds to it, and gives all up, in three commits. */
    private static ScriptedTask runZombie(Destination destination, CallPoints points) {
        var zombie = new ScriptedTask(destination.sink(points));
        zombie.open(FIRST, SECOND);
        zombie.deliver(3);
        zombie.publish();
        requireTrue(zombie.committed(), destination.ledger());
        zombie.deliver(5);
        zombie.publish();
        requireTrue(zombie.committed(), destination.ledger());
        zombie.deliver(7);
        zombie.giveUp(FIRST, SECOND);
        return zombie;
    }

    /** Kafka is never told of more than the destination has. */
    private static void requireTrue(SourceOffsets told, SourceOffsets ledger) {
        told.asMap()
                .forEach((partition, offset) -> assertThat(offset)
                        .isLessThanOrEqualTo(ledger.next(partition).orElse(0)));
    }

    private void takeOver(Takeover takeover, Destination destination) {
        switch (takeover) {
            case OF_ALL, AND_BACK -> own(destination, CallPoints.counted(), END, FIRST, SECOND);
            case OF_A_PART -> own(destination, CallPoints.counted(), 2, FIRST, SECOND);
            case OF_ONE_PARTITION -> own(destination, CallPoints.counted(), END, SECOND);
            case BY_TWO -> {
                Runnable third = () -> own(destination, CallPoints.counted(), END, FIRST, SECOND);
                own(destination, new CallPoints(secondPoint, Waking.SOUND, third), SECOND_END, FIRST, SECOND);
            }
        }
    }

    private static void own(Destination destination, CallPoints points, long end, SourcePartition... partitions) {
        try (var owner = new ScriptedTask(destination.sink(points))) {
            owner.open(partitions);
            owner.deliverUntilDone(end);
            owner.giveUp(partitions);
        }
    }

    private static void finish(Destination destination) {
        own(destination, CallPoints.counted(), END, FIRST, SECOND);
    }

    /** Every record before the ledger's offsets is there once, and no other. */
    private static void check(Destination destination, String description) {
        List<Long> expected = new ArrayList<>();
        destination
                .ledger()
                .asMap()
                .forEach((partition, end) ->
                        LongStream.range(0, end).forEach(offset -> expected.add(ScriptedTask.id(partition, offset))));
        assertThat(destination.ids()).as(description).containsExactlyInAnyOrderElementsOf(expected);
    }
}
