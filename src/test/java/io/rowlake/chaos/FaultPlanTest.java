package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.chaos.FaultKind.Victim;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {

    private static final Map<Victim, Integer> VICTIMS = Map.of(Victim.WORKER, 3, Victim.CONNECTOR, 3);

    @Test
    void aSeedRepeatsItsFaults() {
        assertThat(faults(42, 300)).isEqualTo(faults(42, 300)).isNotEqualTo(faults(43, 300));
    }

    @Test
    void everyKindComesAndTheFirstEightDiffer() {
        List<Fault> faults = faults(7, 300);

        assertThat(faults.stream().map(Fault::kind)).containsAll(EnumSet.allOf(FaultKind.class));
        assertThat(faults.stream().limit(8).map(Fault::kind)).doesNotHaveDuplicates();
    }

    @Test
    void halfAnHourHasRoomForTwoHundred() {
        Duration gaps = faults(7, 200).stream().map(Fault::gap).reduce(Duration.ZERO, Duration::plus);

        assertThat(gaps).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(20));
    }

    private static List<Fault> faults(long seed, int count) {
        var plan = new FaultPlan(seed, List.of(FaultKind.values()), VICTIMS);
        return Stream.generate(plan::next).limit(count).toList();
    }
}
