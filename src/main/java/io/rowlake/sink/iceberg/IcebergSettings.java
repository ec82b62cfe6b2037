package io.rowlake.sink.iceberg;

import io.rowlake.event.TableName;
import java.time.Duration;
import java.util.Optional;

/**
 * Which table, and how it is made and committed to.
 *
 * @param partitions of a table that has to be created
 * @param branch the branch to commit to; empty for main
 * @param formatVersion of a table that has to be created
 * @param commitTimeout how long a commit is tried again before the destination counts as out of reach
 */
public record IcebergSettings(
        TableName table,
        PartitionTransforms partitions,
        Optional<String> branch,
        int formatVersion,
        Duration commitTimeout) {

    public static final int FORMAT_VERSION_DEFAULT = 2;
    public static final Duration COMMIT_TIMEOUT_DEFAULT = Duration.ofMinutes(2);

    /** The table without partitions, with the defaults of everything else. */
    public static IcebergSettings defaults(TableName table) {
        return new IcebergSettings(
                table, PartitionTransforms.parse(""), Optional.empty(), FORMAT_VERSION_DEFAULT, COMMIT_TIMEOUT_DEFAULT);
    }
}
