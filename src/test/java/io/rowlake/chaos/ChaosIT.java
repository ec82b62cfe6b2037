package io.rowlake.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whatever fails, every record stands in every destination once, in the order of its key. {@code -Dchaos.minutes} says for
 * how long things fail, {@code -Dchaos.seed} which.
 */
final class ChaosIT {

    @Test
    @EnabledIfSystemProperty(named = "chaos.minutes", matches = "[0-9.]+")
    void faultsOfEveryKindLoseNothingDoubleNothingAndChangeNoOrder() throws Exception {
        var settings = ChaosSettings.fromSystemProperties();
        System.out.println("Chaos with seed " + settings.seed() + ", again with " + settings.command());

        Tally tally;
        try (var run = new ChaosRun(settings)) {
            tally = run.run();
            run.report(tally);
        }
        System.out.println(tally.text());

        assertThat(tally.findings()).as(tally.text()).isEmpty();
        new RunDirectory(settings.directory()).clean();
    }
}
