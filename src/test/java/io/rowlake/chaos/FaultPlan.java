package io.rowlake.chaos;

import io.rowlake.chaos.FaultKind.Victim;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Faults without end, which follow from the seed: their kinds, their victims, how long they last and the gaps between. */
final class FaultPlan {

    /** The smallest number of kinds that come before one comes again, so that short runs have many. */
    private static final int KINDS_APART = 8;

    private static final Duration GAP_SHORTEST = Duration.ofMillis(800);
    private static final Duration GAP_LONGEST = Duration.ofMillis(9_200);
    private static final Duration BURST_GAP_LONGEST = Duration.ofMillis(300);
    private static final int FAULTS_A_BURST = 5;

    private final Random random;
    private final List<FaultKind> kinds;
    private final Map<Victim, Integer> victims;
    private final Deque<FaultKind> latest = new ArrayDeque<>();
    private int number;

    /** A plan of these kinds; the others can't be done here. */
    FaultPlan(long seed, List<FaultKind> kinds, Map<Victim, Integer> victims) {
        if (kinds.size() <= KINDS_APART) {
            throw new IllegalArgumentException("kinds must be more than " + KINDS_APART + " but were " + kinds.size());
        }
        this.random = new Random(seed);
        this.kinds = List.copyOf(kinds);
        this.victims = Map.copyOf(victims);
    }

    Fault next() {
        number++;
        FaultKind kind = kind();
        // One in so many follows at once on the one before, so that they overlap.
        Duration gap = random.nextInt(FAULTS_A_BURST) == 0
                ? between(Duration.ZERO, BURST_GAP_LONGEST)
                : between(GAP_SHORTEST, GAP_LONGEST);
        int victim = random.nextInt(victims.getOrDefault(kind.victim(), 1));
        return new Fault(number, kind, gap, victim, between(kind.shortest(), kind.longest()), random.nextLong());
    }

    private FaultKind kind() {
        List<FaultKind> candidates =
                kinds.stream().filter(kind -> !latest.contains(kind)).toList();
        int ticket =
                random.nextInt(candidates.stream().mapToInt(FaultKind::weight).sum());
        FaultKind chosen = candidates.get(0);
        for (FaultKind candidate : candidates) {
            chosen = candidate;
            ticket -= candidate.weight();
            if (ticket < 0) {
                break;
            }
        }
        latest.add(chosen);
        if (latest.size() >= KINDS_APART) {
            latest.remove();
        }
        return chosen;
    }

    private Duration between(Duration shortest, Duration longest) {
        return shortest.plusMillis(random.nextLong(longest.minus(shortest).toMillis() + 1));
    }
}
