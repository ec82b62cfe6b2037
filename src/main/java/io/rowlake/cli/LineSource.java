package io.rowlake.cli;

import io.rowlake.decode.RawRecord;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The lines of a file as records of partition 0 of a topic. They stand behind what the destination knows of that
 * partition, so that a second run adds its rows to those of the first.
 */
final class LineSource implements ExportSource {

    private static final int LINES_A_POLL = 500;

    private final Path file;
    private final String name;
    private final SourcePartition partition;
    private final long timestampMillis;
    private final long bytes;
    private LineReader reader;
    private long base;
    private boolean begun;
    private boolean atEnd;
    private boolean paused;
    private long rewindTo = -1;

    /**
     * @param name what messages call the file
     */
    LineSource(Path file, String name, String topic, long timestampMillis) {
        this.file = file;
        this.name = name;
        this.partition = new SourcePartition(topic, 0);
        this.timestampMillis = timestampMillis;
        try {
            this.bytes = Files.size(file);
            this.reader = new LineReader(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<SourcePartition> partitions() {
        return List.of(partition);
    }

    @Override
    public List<RawRecord> poll() {
        try {
            rewindNow();
            return paused ? List.of() : read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public boolean isAtEnd() {
        return atEnd && rewindTo < 0;
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public double progress() {
        return bytes == 0 ? 1 : (double) reader.bytesRead() / bytes;
    }

    @Override
    public String place(SourcePosition position) {
        return name + " line " + (position.offset() - base + 1) + ": ";
    }

    @Override
    public Map<SourcePartition, Long> ends() {
        long end = 0;
        try (var lines = new LineReader(file)) {
            for (byte[] text = lines.next(); text != null; text = lines.next()) {
                // A blank line is no event, so that nothing ever comes behind the last of them.
                end = isBlank(text) ? end : base + lines.line();
            }
            return Map.of(partition, end);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Map<SourcePartition, Long> begins() {
        return Map.of(partition, base);
    }

    @Override
    public String reach(SourceOffsets committed) {
        OptionalLong next = committed.next(partition);
        return next.isEmpty() ? "" : ", up to line " + Console.number(next.getAsLong() - base) + " of " + name;
    }

    /** The first rewind is the destination's answer to how far it is: the file goes on behind that. */
    @Override
    public void rewind(SourcePartition rewound, long offset) {
        if (begun) {
            rewindTo = offset;
        } else {
            base = offset;
        }
    }

    @Override
    public void pause(Set<SourcePartition> partitions) {
        paused = true;
    }

    @Override
    public void resume(Set<SourcePartition> partitions) {
        paused = false;
    }

    @Override
    public void requestCommit() {
        // Nobody but the destination keeps offsets of a file.
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewindNow() throws IOException {
        if (rewindTo < 0) {
            return;
        }
        reader.close();
        reader = new LineReader(file);
        reader.skip(rewindTo - base);
        rewindTo = -1;
        atEnd = false;
    }

    private List<RawRecord> read() throws IOException {
        begun = true;
        List<RawRecord> records = new ArrayList<>(LINES_A_POLL);
        while (records.size() < LINES_A_POLL) {
            long line = reader.line();
            byte[] text = reader.next();
            if (text == null) {
                atEnd = true;
                return records;
            }
            if (!isBlank(text)) {
                records.add(EventLine.record(text, new SourcePosition(partition, base + line), timestampMillis));
            }
        }
        return records;
    }

    private CommandException unreadable(IOException cause) {
        return new CommandException("Cannot read the events in " + name + ": " + CommandException.reason(cause), cause);
    }

    private static boolean isBlank(byte[] text) {
        for (byte each : text) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
