package io.rowlake.sink.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.rowlake.sink.file.CsvSettings.Quoting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One line of CSV at a time: all fields are set, then the line is taken. */
final class CsvLine {

    private final CsvSettings settings;
    private final String[] fields;
    private final boolean[] quoted;
    private final RowBuffer buffer = new RowBuffer();
    private final CsvWriter writer;

    CsvLine(CsvSettings settings, int count) {
        this.settings = settings;
        this.fields = new String[count];
        this.quoted = new boolean[count];
        this.writer = CsvWriter.builder()
                .fieldSeparator(settings.delimiter())
                .quoteCharacter(CsvSettings.QUOTE)
                .lineDelimiter(LineDelimiter.CRLF)
                // There are no comments, and a first value that begins with '#' needs no quotes.
                .commentCharacter('\0')
                .quoteStrategy(new AsMarked())
                .build(buffer, StandardCharsets.UTF_8);
    }

    /** Whether no value has to be refused. */
    private boolean holdsAnyValue() {
        return settings.quoting() != Quoting.NONE;
    }

    /** Sets a field. Returns whether the line can hold the value: without quotes, it can not hold every one. */
    boolean setText(int index, String value) {
        boolean quotes = settings.quoting() == Quoting.ALL || settings.quoting() == Quoting.NONNUMERIC;
        return set(index, value, quotes || isTextOfNull(value));
    }

    /** As {@link #setText}, of a number or boolean. */
    boolean setBare(int index, String value) {
        return set(index, value, settings.quoting() == Quoting.ALL || isTextOfNull(value));
    }

    /** As {@link #setText}, of null. */
    boolean setNull(int index) {
        if (settings.nullText().isEmpty()) {
            return setText(index, "");
        }
        fields[index] = settings.nullText();
        quoted[index] = false;
        return true;
    }

    /** The line, with its end, good until the next one is taken. */
    RowBuffer take() {
        buffer.clear();
        try {
            writer.writeRecord(fields).flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write CSV to memory", e);
        }
        return buffer;
    }

    private boolean set(int index, String value, boolean quotes) {
        fields[index] = value;
        // An empty line would be no record at all.
        quoted[index] = quotes || (fields.length == 1 && value.isEmpty());
        return holdsAnyValue() || !(quoted[index] || CsvSettings.needsQuotes(value, settings.delimiter()));
    }

    private boolean isTextOfNull(String value) {
        return !value.isEmpty() && value.equals(settings.nullText());
    }

    /** Quotes the marked fields; those with a delimiter, a quote or a line break are quoted in any case. */
    private final class AsMarked implements QuoteStrategy {

        @Override
        public boolean quoteEmpty(int lineNumber, int index) {
            return quoted[index];
        }

        @Override
        public boolean quoteValue(int lineNumber, int index, String value) {
            return quoted[index];
        }
    }
}
