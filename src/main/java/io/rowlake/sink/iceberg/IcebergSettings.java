package io.rowlake.sink.iceberg;

import io.rowlake.event.SourceOffsets;
import io.rowlake.event.TableName;
import io.rowlake.sink.ExistingTarget;
import java.time.Duration;
import java.util.Optional;

/**
 * Which table, and how it is made and committed to.
 *
 * @param partitions of a table that has to be created
 * @param branch the branch to commit to; empty for main
 * @param formatVersion of a table that has to be created
 * @param existing what happens to a table that is there already
 * @param commitTimeout how long a commit is tried again before the destination counts as out of reach
 */
public record IcebergSettings(
        TableName table,
        PartitionTransforms partitions,
        Optional<String> branch,
        int formatVersion,
        ExistingTarget existing,
        Duration commitTimeout) {

    public static final int FORMAT_VERSION_DEFAULT = 2;
    public static final Duration COMMIT_TIMEOUT_DEFAULT = Duration.ofMinutes(2);

    /** Checks that they go together: a whole table is replaced, never a branch of it. */
    public IcebergSettings {
        if (existing.action() == ExistingTarget.Action.REPLACE && branch.isPresent()) {
            throw new IllegalArgumentException(
                    "iceberg.if.exists must not be replace with a branch, but the branch is '" + branch.get()
                            + "': only a whole table can be replaced");
        }
    }

    /** The same for another table, or for another way with what is there. */
    IcebergSettings with(TableName other, ExistingTarget otherExisting) {
        return new IcebergSettings(other, partitions, branch, formatVersion, otherExisting, commitTimeout);
    }

    /** The table without partitions, which adds to one that is there, with the defaults of everything else. */
    public static IcebergSettings defaults(TableName table) {
        return new IcebergSettings(
                table,
                PartitionTransforms.parse(""),
                Optional.empty(),
                FORMAT_VERSION_DEFAULT,
                new ExistingTarget(ExistingTarget.Action.APPEND, "", SourceOffsets.none()),
                COMMIT_TIMEOUT_DEFAULT);
    }
}
