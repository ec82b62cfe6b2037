package io.rowlake.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.model.Destination.Mutation;
import io.rowlake.sink.file.SimulatedFiles;
import io.rowlake.sink.iceberg.SimulatedIceberg;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dmodel.schedules=100000} runs more of them, {@code -Dmodel.seed=…} repeats one. */
final class ModelCheckTest {

    private static final long SCHEDULES = Long.getLong("model.schedules", 200);
    private static final Long SEED = Long.getLong("model.seed");
    private static final long ALL_MAX = 10_000_000;

    /** What is checked, and how many decisions deep in all ways. */
    private record Kind(String name, Supplier<Destination> destinations, int decisions) {

        Schedules schedules(WorldSettings settings) {
            return new Schedules(settings, destinations, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(
                        "Iceberg",
                        () -> new SimulatedIceberg(Broker.TOPIC, Mutation.NONE),
                        Integer.getInteger("model.depth", 4)),
                new Kind("files", () -> new SimulatedFiles(Mutation.NONE), Integer.getInteger("model.depth", 6)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noRandomScheduleBreaksAPromise(Kind kind) {
        Schedules schedules = kind.schedules(WorldSettings.random());
        long started = System.nanoTime();

        var failure = SEED == null ? schedules.random(1, SCHEDULES) : schedules.random(SEED, 1);

        report(kind, "random", schedules, started);
        failure.ifPresent(ModelCheckTest::fail);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noScheduleOfASmallWorldBreaksAPromise(Kind kind) {
        Schedules schedules = kind.schedules(WorldSettings.tiny());
        long started = System.nanoTime();

        var failure = schedules.all(kind.decisions, ALL_MAX);

        report(kind, "all to " + kind.decisions + " decisions", schedules, started);
        failure.ifPresent(ModelCheckTest::fail);
    }

    @Test
    void aScheduleRepeats() {
        Choices first = Choices.seeded(7);
        Choices second = Choices.seeded(7);
        try (var one = new World(first, WorldSettings.random(), new SimulatedFiles(Mutation.NONE), true);
                var other = new World(second, WorldSettings.random(), new SimulatedFiles(Mutation.NONE), true)) {
            one.run();
            other.run();

            assertThat(other.story()).isEqualTo(one.story());
        }
    }

    private static void fail(Schedules.Failure failure) {
        throw new AssertionError(failure.toString(), failure.reason());
    }

    @SuppressWarnings("SystemOut") // The figures are for whoever runs the check.
    private static void report(Kind kind, String what, Schedules schedules, long started) {
        System.out.println("Model check of " + kind + ", " + what + ": " + schedules.count() + " schedules in "
                + (System.nanoTime() - started) / 1_000_000 + " ms");
    }
}
