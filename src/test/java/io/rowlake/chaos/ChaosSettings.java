package io.rowlake.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * What the run was asked for, in the system properties {@code chaos.seed} and {@code chaos.minutes}.
 *
 * @param directory of this run alone
 */
record ChaosSettings(long seed, Duration duration, Path directory) {

    private static final long SECONDS_A_MINUTE = 60;
    private static final int SEEDS = 1_000_000;

    static ChaosSettings fromSystemProperties() {
        long seed = Long.getLong("chaos.seed", new Random().nextInt(SEEDS));
        double minutes = Double.parseDouble(System.getProperty("chaos.minutes"));
        Path directory = Path.of("target", "chaos").toAbsolutePath().resolve(Long.toString(seed));
        return new ChaosSettings(seed, Duration.ofSeconds(Math.round(minutes * SECONDS_A_MINUTE)), directory);
    }

    /** What makes the same faults come again, with the same gaps. When each meets what the workers do then is not the same. */
    String command() {
        return "mvn verify -Pchaos -Dchaos.seed=" + seed + " -Dchaos.minutes="
                + (double) duration.toSeconds() / SECONDS_A_MINUTE;
    }
}
