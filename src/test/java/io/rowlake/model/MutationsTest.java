package io.rowlake.model;

import static io.rowlake.model.Destination.Mutation.IGNORES_COMPARISON;
import static io.rowlake.model.Destination.Mutation.NONE;
import static io.rowlake.model.Destination.Mutation.OFFSETS_FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.sink.file.SimulatedFiles;
import io.rowlake.sink.iceberg.SimulatedIceberg;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check finds what is broken on purpose. */
final class MutationsTest {

    private static final long SCHEDULES_MAX = 2_000;

    /** What is broken. */
    private record Broken(String name, Supplier<Destination> destinations, boolean rewinding) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Broken> mutations() {
        return Stream.of(
                new Broken("files that replace what is there", () -> new SimulatedFiles(IGNORES_COMPARISON), true),
                new Broken("files whose offsets come before the rows", () -> new SimulatedFiles(OFFSETS_FIRST), true),
                new Broken("files, and a consumer that doesn't rewind", () -> new SimulatedFiles(NONE), false),
                new Broken(
                        "a catalog that replaces what is there",
                        () -> new SimulatedIceberg(Broker.TOPIC, IGNORES_COMPARISON),
                        true),
                new Broken(
                        "a catalog, and a consumer that doesn't rewind",
                        () -> new SimulatedIceberg(Broker.TOPIC, NONE),
                        false));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    @SuppressWarnings("SystemOut") // The figures are for whoever runs the check.
    void whatIsBrokenIsFound(Broken broken) {
        var schedules = new Schedules(WorldSettings.quarrel(), broken.destinations, broken.rewinding);

        Optional<Schedules.Failure> failure = schedules.random(1, SCHEDULES_MAX);

        System.out.println(broken + ": found in schedule " + schedules.count() + ", "
                + failure.map(found -> found.reason() + ", in " + found.story().size() + " lines")
                        .orElse("never"));
        assertThat(failure).isPresent();
    }
}
