package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.TableName;
import io.rowlake.sink.CommitResult;
import io.rowlake.sink.RetriableSinkException;
import io.rowlake.sink.iceberg.FaultyCatalog.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitFaultsTest extends LakeTest {

    @Test
    void aCommitWhoseAnswerIsLostIsMadeOnce() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofSeconds(30)), IMAGES);

        catalog.failNextCommits(Fault.APPLIED_AND_UNKNOWN);
        CommitResult result = commit(sink, IMAGES, 0);

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L);
        assertThat(catalog.commits()).isEqualTo(1);
    }

    @Test
    void aCommitThatIsLostIsTriedAgain() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofSeconds(30)), IMAGES);

        catalog.failNextCommits(Fault.LOST_AND_UNKNOWN, Fault.UNREACHABLE);
        CommitResult result = commit(sink, IMAGES, 0);

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L);
        assertThat(catalog.commits()).isEqualTo(3);
    }

    @Test
    void aCommitThatIsRefusedIsTriedAgain() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofSeconds(30)), IMAGES);

        catalog.failNextCommits(Fault.REFUSED, Fault.REFUSED);
        commit(sink, IMAGES, 0);
        commit(sink, IMAGES, 1);

        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L);
        assertThat(ledger().next(IMAGES)).hasValue(2);
    }

    @Test
    void aCommitThatIsNotThroughInTimeCanBeTriedAgainWithTheSameFiles() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ZERO), IMAGES);
        stage(sink, IMAGES, 0);

        catalog.failNextCommits(Fault.UNREACHABLE);
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot commit to table 'lake.images' in time: catalog is down");
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L);
    }

    @Test
    void filesOfACommitOfUnknownOutcomeStay() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ZERO), IMAGES);
        stage(sink, IMAGES, 0);

        catalog.failNextCommits(Fault.APPLIED_AND_UNKNOWN);
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class);
        sink.discard();
        SourceOffsets known = sink.open(Set.of(IMAGES));

        assertThat(known).isEqualTo(SourceOffsets.of(IMAGES, 1));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L);
    }

    @Test
    void aCommitCountsThoughTheCatalogGoesDownRightAfterIt() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofSeconds(30)), IMAGES);

        catalog.goDownAfterNextCommit();
        CommitResult result = commit(sink, IMAGES, 0);

        assertThat(result).isEqualTo(CommitResult.complete(SourceOffsets.of(IMAGES, 1), 1));
        assertThat(sink.open(Set.of(IMAGES))).isEqualTo(SourceOffsets.of(IMAGES, 1));
        commit(sink, IMAGES, 1);
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L, 1L);
    }

    @Test
    void aCommitOfAnotherWorkerThatComesBetweenTwoLooksKeepsItsOffsets() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofSeconds(60)), IMAGES);
        IcebergSink other = opened(lake.sink(), OTHERS);
        stage(sink, IMAGES, 0);

        catalog.beforeNextRefresh(() -> commit(other, OTHERS, 101));
        sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(ledger()).isEqualTo(SourceOffsets.of(Map.of(IMAGES, 1L, OTHERS, 102L)));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 101L, 0L);
    }

    @Test
    void aCommitOfAWorkerThatShutsDownIsNotTriedAgain() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ofHours(1)), IMAGES);
        stage(sink, IMAGES, 0);

        catalog.failNextCommits(Fault.SHUT_DOWN);

        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot commit to table 'lake.images': the worker is shutting down");
        assertThat(catalog.commits()).isEqualTo(1);
        assertThat(lake.column("id")).containsExactly(100L);
    }

    @Test
    void aSecondCommitAfterALostAnswerIsOvertakenByTheFirst() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ZERO), IMAGES);
        stage(sink, IMAGES, 0);

        catalog.failNextCommits(Fault.APPLIED_AND_UNKNOWN);
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class);
        CommitResult result = sink.commitAll(SourceOffsets.of(IMAGES, 1));

        assertThat(result).isEqualTo(new CommitResult(SourceOffsets.of(IMAGES, 1), Set.of(IMAGES), 0));
        assertThat(lake.column("id")).containsExactlyInAnyOrder(100L, 0L);
    }

    @Test
    void filesOfACommitThatSurelyFailedAreRemoved() {
        FaultyCatalog catalog = catalogWithTable();
        IcebergSink sink = opened(sink(catalog, Duration.ZERO), IMAGES);
        stage(sink, IMAGES, 0);

        // The transaction itself tries four times before it gives up.
        catalog.failNextCommits(Fault.REFUSED, Fault.REFUSED, Fault.REFUSED, Fault.REFUSED, Fault.REFUSED);
        assertThatThrownBy(() -> sink.commitAll(SourceOffsets.of(IMAGES, 1)))
                .isInstanceOf(RetriableSinkException.class)
                .hasMessage("Cannot commit to table 'lake.images' in time: somebody else was faster");
        sink.discard();

        assertThat(lake.column("id")).containsExactly(100L);
        assertThat(lake.parquetFilesOnDisk()).hasSize(1);
    }

    private FaultyCatalog catalogWithTable() {
        commit(opened(lake.sink(), OTHERS), OTHERS, 100);
        return new FaultyCatalog(lake.catalog());
    }

    private static IcebergSink sink(FaultyCatalog catalog, Duration commitTimeout) {
        return new IcebergSink(
                () -> catalog,
                new IcebergSettings(
                        TableName.parse(Lake.TABLE),
                        PartitionTransforms.parse(""),
                        Optional.empty(),
                        IcebergSettings.FORMAT_VERSION_DEFAULT,
                        Lake.APPEND,
                        commitTimeout),
                InstantSource.system());
    }
}
