package io.rowlake.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.pipeline.Takeovers;
import io.rowlake.pipeline.Takeovers.Takeover;
import io.rowlake.sink.CallPoints;
import io.rowlake.sink.CallPoints.Waking;
import io.rowlake.sink.TableSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task sleeps past its session at each point where it talks to its files, and wakes. */
class ZombieFilesTest {

    private static final int IN_A_COMMIT = 8;

    @TempDir
    private Path directory;

    @Test
    void allPhasesHavePoints() {
        List<String> points = new Takeovers(FileSets::new, IN_A_COMMIT).points();

        assertThat(points)
                .contains(
                        "before delete staged",
                        "after find newest",
                        "before new file",
                        "after new file",
                        "before write",
                        "after write",
                        "before seal",
                        "after seal",
                        "before publish",
                        "after publish");
    }

    @ParameterizedTest
    @CsvSource({
        "OF_ALL, SOUND",
        "OF_ALL, CONNECTION_LOST",
        "OF_A_PART, SOUND",
        "OF_A_PART, CONNECTION_LOST",
        "OF_ONE_PARTITION, SOUND",
        "OF_ONE_PARTITION, CONNECTION_LOST",
        "AND_BACK, SOUND",
        "AND_BACK, CONNECTION_LOST"
    })
    void aTaskThatWasReplacedPublishesNothingTwice(Takeover takeover, Waking waking, TestReporter reporter) {
        int points = new Takeovers(FileSets::new, IN_A_COMMIT).run(takeover, waking);

        reporter.publishEntry("points of takeover", String.valueOf(points));
        assertThat(points).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12, 16, 20})
    void twoTasksThatWereReplacedPublishNothingTwice(int secondPoint, TestReporter reporter) {
        int points = new Takeovers(FileSets::new, secondPoint).run(Takeover.BY_TWO, Waking.SOUND);

        reporter.publishEntry("points of takeover", String.valueOf(points));
        assertThat(points).isPositive();
    }

    /** A directory of its own. */
    private final class FileSets implements Takeovers.Destination {

        private final Path own = directory.resolve(UUID.randomUUID().toString());

        @Override
        public TableSink sink(CallPoints points) {
            FileSettings settings = SinkFixture.rolling(
                    own, JsonSettings.defaults(), new RollSettings(1 << 20, Duration.ofDays(1), 1_000));
            return new FileSink(settings, InstantSource.system(), new WatchedStore(new LocalFileStore(own), points));
        }

        @Override
        public SourceOffsets ledger() {
            Map<SourcePartition, Long> ends = new TreeMap<>();
            if (Files.exists(own)) {
                new PublishedFiles(own)
                        .entries()
                        .forEach(entry -> ends.merge(entry.partition(), entry.end(), Math::max));
            }
            return SourceOffsets.of(ends);
        }

        @Override
        public List<Long> ids() {
            return Files.exists(own)
                    ? new PublishedFiles(own)
                            .jsonRows().stream()
                                    .map(row -> (Long) row.get("id"))
                                    .toList()
                    : List.of();
        }
    }
}
