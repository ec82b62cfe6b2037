package io.rowlake.sink.file;

import io.rowlake.event.SourceOffsets;
import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.ExistingTarget.Action;
import java.nio.file.Path;

/**
 * Where and how one table is kept as files.
 *
 * @param directory holds one directory a topic; created when the first file is
 * @param writer who writes, unique to this run of the task: {@code connector/task/uuid}
 * @param existing what becomes of files of a topic that are there already
 */
public record FileSettings(
        Path directory,
        FormatSettings format,
        BinaryEncoding binaryEncoding,
        Compression compression,
        RollSettings roll,
        String writer,
        ExistingTarget existing) {

    public FileSettings {
        if (writer.isBlank()) {
            throw new IllegalArgumentException("File writer must have a name but was blank");
        }
    }

    /** JSON lines, not compressed, without binary columns, with the default limits, added to what is there. */
    public static FileSettings defaults(Path directory, String writer) {
        return new FileSettings(
                directory,
                JsonSettings.defaults(),
                BinaryEncoding.EXCLUDE,
                Compression.NONE,
                RollSettings.defaults(),
                writer,
                new ExistingTarget(Action.APPEND, "", SourceOffsets.none()));
    }
}
