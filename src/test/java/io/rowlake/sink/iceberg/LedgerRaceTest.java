package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.SinkException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table changes while a commit is on its way to the catalog, which Iceberg would put on top of any change. */
final class LedgerRaceTest extends LakeTest {

    @Test
    void offsetsOfWhichTheSnapshotsExpireDuringTheCommitAreCarriedForward() {
        commit(opened(lake.sink(), OTHERS), OTHERS, 100);
        keepOnlyAForeignSnapshot();
        var catalog = new FaultyCatalog(lake.catalog());
        IcebergSink sink = opened(sink(catalog), IMAGES);
        stage(sink, IMAGES, 0);
        catalog.beforeNextCommit(() -> {
            commit(opened(lake.sink(), OTHERS), OTHERS, 101);
            keepOnlyAForeignSnapshot();
        });

        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 1L, OTHERS, 102L)));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 101L, 0L);
    }

    @Test
    void aTaskThatWasOvertakenPublishesNothingThoughTheSnapshotsOfTheOtherExpire() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        keepOnlyAForeignSnapshot();
        var catalog = new FaultyCatalog(lake.catalog());
        IcebergSink sink = opened(sink(catalog), IMAGES);
        stage(sink, IMAGES, 1);
        catalog.beforeNextCommit(() -> {
            commit(opened(lake.sink(), IMAGES), IMAGES, 1);
            keepOnlyAForeignSnapshot();
        });

        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 2));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 2), Set.of(IMAGES), 0));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void theFloorBelongsToTheCommitThoughAnotherOneComesBeforeIt() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        var catalog = new FaultyCatalog(lake.catalog());
        IcebergSink sink = opened(sink(catalog), IMAGES);
        stage(sink, IMAGES, 1);
        catalog.beforeNextCommit(lake::foreignCommit);
        sink.commitAll(SourceOffsets.of(IMAGES, 2));
        long foreign = lake.table().currentSnapshot().parentId();

        lake.table().manageSnapshots().rollbackTo(foreign).commit();
        expireAllButTheNewest();

        assertThatThrownBy(this::ledger)
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("it was rolled back to before its latest offsets were recorded");
    }

    @Test
    void offsetsThatAPersonChangesAreRefusedIfACommitWhoseSnapshotExpiresComesBetween() {
        commit(opened(lake.sink(), IMAGES), IMAGES, 0);
        keepOnlyAForeignSnapshot();
        var catalog = new FaultyCatalog(lake.catalog());
        var edit = new LedgerEdit(new TableAccess(() -> catalog, Lake.settings("")), Optional.empty());
        catalog.beforeNextCommit(() -> {
            commit(opened(lake.sink(), IMAGES), IMAGES, 1);
            keepOnlyAForeignSnapshot();
        });

        assertThatThrownBy(() -> edit.change(SourceOffsets.of(IMAGES, 1), SourceOffsets.of(IMAGES, 0)))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("another commit came at the same time");
        assertThat(ledger()).isEqualTo(SourceOffsets.of(IMAGES, 2));
    }

    private static IcebergSink sink(FaultyCatalog catalog) {
        return new IcebergSink(() -> catalog, Lake.settings(""), InstantSource.system());
    }

    private void keepOnlyAForeignSnapshot() {
        lake.foreignCommit();
        expireAllButTheNewest();
    }

    private void expireAllButTheNewest() {
        lake.table()
                .expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .commit();
    }
}
