package io.rowlake.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rowlake.decode.Payload;
import io.rowlake.decode.RawRecord;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports the bad events of an export, each once though a rewind may bring it again. */
final class ExportBadEvents implements AutoCloseable {

    private static final int SHOWN_MAX = 20;
    private static final int BLOCK_OFFSETS = 4096;

    private final Console console;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<SourcePartition, Map<Long, BitSet>> reported = new HashMap<>();
    private int count;
    private final @Nullable Writer file;

    /** Reports to the console, and to the file if there is one. */
    ExportBadEvents(Console console, @Nullable Path file) {
        this.console = console;
        try {
            this.file = file == null ? null : Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    int count() {
        return count;
    }

    /**
     * @param place stands before the message where it is shown
     */
    void report(RawRecord record, MalformedEventException reason, String place) {
        if (!isNew(record.position())) {
            return;
        }
        String message = String.valueOf(reason.getMessage());
        if (count <= SHOWN_MAX) {
            console.line(place + message);
        } else if (count == SHOWN_MAX + 1) {
            console.line("There are more bad events, which are counted");
        }
        write(record, message);
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Bits by blocks of offsets, so that a topic of bad events only doesn't fill the memory. */
    private boolean isNew(SourcePosition position) {
        BitSet block = reported.computeIfAbsent(position.partition(), any -> new HashMap<>())
                .computeIfAbsent(position.offset() / BLOCK_OFFSETS, any -> new BitSet());
        int bit = (int) (position.offset() % BLOCK_OFFSETS);
        if (block.get(bit)) {
            return false;
        }
        block.set(bit);
        count++;
        return true;
    }

    private void write(RawRecord record, String reason) {
        if (file == null) {
            return;
        }
        SourcePosition position = record.position();
        ObjectNode entry = json.createObjectNode()
                .put("partition", position.partition().partition())
                .put("offset", position.offset())
                .put("reason", reason);
        if (record.value() instanceof Payload.JsonBytes value) {
            putValue(entry, value.bytes());
        } else {
            entry.putNull("value");
        }
        try {
            file.write(json.writeValueAsString(entry));
            file.write('\n');
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static void putValue(ObjectNode entry, byte[] bytes) {
        try {
            entry.put(
                    "value",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException binary) {
            entry.put("value_base64", bytes);
        }
    }

    private static CommandException unwritable(IOException cause) {
        return new CommandException("Cannot write the bad events: " + CommandException.reason(cause), cause);
    }
}
