package io.rowlake.model;

import io.rowlake.model.Choices.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Runs worlds over many schedules, and makes those that fail shorter. */
final class Schedules {

    private static final int SHRINKING_RUNS_MAX = 150;

    private static final int AT_A_TIME = 64;
    private static final ExecutorService SIDE_BY_SIDE = Executors.newFixedThreadPool(8, task -> {
        var thread = new Thread(task, "schedules");
        thread.setDaemon(true);
        return thread;
    });

    private final WorldSettings settings;
    private final Supplier<Destination> destinations;
    private final boolean rewinding;
    private long count;

    /** @param rewinding false breaks the consumers on purpose */
    Schedules(WorldSettings settings, Supplier<Destination> destinations, boolean rewinding) {
        this.settings = settings;
        this.destinations = destinations;
        this.rewinding = rewinding;
    }

    /** A schedule that broke a promise. */
    record Failure(String title, List<Integer> choices, List<String> story, Throwable reason) {

        @Override
        public String toString() {
            return title + ": " + reason + "\nThe shortest way there that was found, choices " + choices + ":\n  "
                    + String.join("\n  ", story);
        }
    }

    private record Run(List<Choice> made, List<String> story, Optional<Throwable> reason) {}

    /** How many schedules were run. */
    long count() {
        return count;
    }

    /** The first failure among so many schedules from the seed on. They run side by side, since Iceberg sleeps a lot. */
    Optional<Failure> random(long firstSeed, long schedules) {
        for (long seed = firstSeed; seed < firstSeed + schedules; seed += AT_A_TIME) {
            long end = Math.min(seed + AT_A_TIME, firstSeed + schedules);
            List<CompletableFuture<Run>> runs = LongStream.range(seed, end)
                    .mapToObj(each -> CompletableFuture.supplyAsync(() -> run(Choices.seeded(each)), SIDE_BY_SIDE))
                    .toList();
            for (CompletableFuture<Run> each : runs) {
                Run run = each.join();
                count++;
                if (run.reason().isPresent()) {
                    return Optional.of(shortened("Seed " + (firstSeed + count - 1), run));
                }
            }
        }
        return Optional.empty();
    }

    /** The first failure among all ways to take the first decisions; those after them are the harmless ones. */
    Optional<Failure> all(int decisions, long schedulesMax) {
        List<Integer> next = List.of();
        while (count < schedulesMax) {
            count++;
            Run run = run(Choices.given(next));
            if (run.reason().isPresent()) {
                return Optional.of(shortened("Schedule " + count, run));
            }
            List<Integer> successor = successor(run.made(), decisions);
            if (successor.isEmpty()) {
                return Optional.empty();
            }
            next = successor;
        }
        throw new IllegalStateException("There are more than " + schedulesMax + " schedules");
    }

    /** The next in the order of decisions, the last one counting fastest; empty after the last. */
    private static List<Integer> successor(List<Choice> made, int decisions) {
        int index = Math.min(decisions, made.size()) - 1;
        while (index >= 0 && made.get(index).value() + 1 >= made.get(index).bound()) {
            index--;
        }
        if (index < 0) {
            return List.of();
        }
        List<Integer> next = new ArrayList<>(values(made.subList(0, index)));
        next.add(made.get(index).value() + 1);
        return next;
    }

    private Run run(Choices choices) {
        World world = new World(choices, settings, destinations.get(), rewinding);
        Optional<Throwable> reason = Optional.empty();
        try (world) {
            world.run();
        } catch (RuntimeException | Error e) {
            reason = Optional.of(e);
        }
        return new Run(choices.made(), List.copyOf(world.story()), reason);
    }

    private Failure shortened(String title, Run failing) {
        Run shortest = new Shortening(failing).run();
        return new Failure(
                title,
                values(shortest.made()),
                shortest.story(),
                shortest.reason().orElseThrow());
    }

    /** Drops decisions, and makes them harmless, as long as the schedule still fails. */
    private final class Shortening {

        private Run shortest;
        private int runs;

        Shortening(Run failing) {
            this.shortest = failing;
        }

        Run run() {
            for (int size = shortest.made().size(); size > 0; size /= 2) {
                int from = 0;
                while (from < shortest.made().size()) {
                    from += triesWithout(from, size) ? 0 : size;
                }
            }
            for (int index = 0; index < shortest.made().size(); index++) {
                triesHarmless(index);
            }
            return shortest;
        }

        private boolean triesWithout(int from, int size) {
            List<Integer> values = values(shortest.made());
            values.subList(from, Math.min(values.size(), from + size)).clear();
            return tries(values);
        }

        private void triesHarmless(int index) {
            List<Integer> values = values(shortest.made());
            if (values.set(index, 0) != 0) {
                tries(values);
            }
        }

        private boolean tries(List<Integer> values) {
            if (runs >= SHRINKING_RUNS_MAX) {
                return false;
            }
            runs++;
            Run candidate = Schedules.this.run(Choices.given(values));
            boolean better = candidate.reason().isPresent() && isSimpler(candidate, shortest);
            shortest = better ? candidate : shortest;
            return better;
        }
    }

    private static boolean isSimpler(Run run, Run than) {
        return weight(run) < weight(than)
                || (weight(run) == weight(than)
                        && run.made().size() < than.made().size());
    }

    private static long weight(Run run) {
        return run.made().stream().filter(choice -> choice.value() != 0).count();
    }

    private static List<Integer> values(List<Choice> made) {
        List<Integer> values = new ArrayList<>();
        made.forEach(choice -> values.add(choice.value()));
        return values;
    }
}
