package io.rowlake.sink.file;

import static io.rowlake.sink.file.SinkFixture.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import io.rowlake.sink.RetriableSinkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RacingReplacementTest {

    private static final int RACES = 20;
    private static final long ROWS = 6;
    private static final SourcePartition OTHER = new SourcePartition("images", 1);

    @TempDir
    Path directory;

    @Test
    void tasksThatReplaceTogetherLoseAndDoubleNothing() throws Exception {
        var start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                Path place = directory.resolve("race-" + race);
                writeAll(place, new ExistingTarget(Action.APPEND, "y", SourceOffsets.none()), OTHER);
                // The swap comes in the midst of the rows.
                SourceOffsets until = SourceOffsets.of(Map.of(IMAGES, 2L, OTHER, 4L));
                var existing = new ExistingTarget(Action.REPLACE, "x", until);
                Future<?> left = threads.submit(() -> raceTo(start, place, existing, IMAGES));
                Future<?> right = threads.submit(() -> raceTo(start, place, existing, OTHER));
                left.get();
                right.get();

                assertThat(ids(place, IMAGES)).isEqualTo(List.of(0L, 1L, 2L, 3L, 4L, 5L));
                assertThat(ids(place, OTHER)).isEqualTo(List.of(0L, 1L, 2L, 3L, 4L, 5L));
                assertThat(place.resolve(".rowlake/replace/images")).doesNotExist();
                assertThat(place.resolve(".rowlake/replaced/images")).doesNotExist();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theLockIsOneTasksAtATime() throws IOException {
        var layout = new LocalLayout(directory);

        assertThatThrownBy(() -> DirectoryLock.hold(layout, () -> DirectoryLock.hold(layout, () -> {})))
                .isInstanceOf(IOException.class)
                .hasMessage("another task is at work there and holds " + directory.resolve(".rowlake/lock"));
    }

    private static Object raceTo(CyclicBarrier start, Path place, ExistingTarget existing, SourcePartition partition)
            throws Exception {
        start.await();
        writeAll(place, existing, partition);
        return partition;
    }

    /** Writes the rows one by one, from where the destination stands, until all are there. */
    private static void writeAll(Path place, ExistingTarget existing, SourcePartition partition) {
        var settings = SinkFixture.settings(place, JsonSettings.defaults(), RollSettings.defaults(), existing);
        try (var fixture = new SinkFixture(settings);
                FileSink sink = fixture.opened(new SourcePartition[0])) {
            while (!isWritten(fixture, sink, partition)) {
                sink.discard();
            }
        }
    }

    private static boolean isWritten(SinkFixture fixture, FileSink sink, SourcePartition partition) {
        try {
            long next = sink.open(Set.of(partition)).next(partition).orElse(0);
            for (long offset = next; offset < ROWS; offset++) {
                fixture.stage(sink, partition, offset);
                sink.commitAll(SourceOffsets.of(partition, offset + 1));
            }
            return sink.open(Set.of(partition)).next(partition).orElse(0) == ROWS;
        } catch (RetriableSinkException e) {
            return false;
        }
    }

    private static List<Object> ids(Path place, SourcePartition partition) {
        var published = new PublishedFiles(place);
        return published.entries().stream()
                .filter(entry -> entry.partition().equals(partition))
                .flatMap(entry -> published.text(entry).lines())
                .<Object>map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .toList();
    }
}
