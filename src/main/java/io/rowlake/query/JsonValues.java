package io.rowlake.query;

import com.fasterxml.jackson.core.JsonParser;
import io.rowlake.batch.ChangeBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** JSON values as values of another kind. One that is of no such kind is marked so. */
final class JsonValues implements Evaluator {

    private static final int SHOWN_MAX = 40;

    private final Evaluator json;
    private final Kind kind;
    private final Cells cells = new Cells();

    /**
     * @param kind a number, a boolean, text, or a kind that has a form in text
     */
    JsonValues(Evaluator json, Kind kind) {
        this.json = json;
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Cells evaluate(ChangeBatch rows) {
        Cells texts = json.evaluate(rows);
        cells.begin(rows.rows(), kind);
        for (int row = 0; row < rows.rows(); row++) {
            if (texts.isValue(row)) {
                convert(row, texts);
            } else {
                cells.setAbsent(row, texts);
            }
        }
        return cells;
    }

    private void convert(int row, Cells texts) {
        byte first = texts.array(row)[texts.start(row)];
        if (first == 'n') {
            cells.setNull(row);
            return;
        }
        boolean fits = switch (kind) {
            case BOOLEAN -> (first == 't' || first == 'f') && truth(row, first == 't');
            case WHOLE, FRACTION, DECIMAL -> isDigit(first) && number(row, texts.text(row));
            case TEXT, DATE, TIME, TIMESTAMP, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, UUID ->
                first == '"' && text(row, texts);
            case BINARY, JSON, NULL -> false;
        };
        if (!fits) {
            cells.setOtherKind(row, "a JSON value must be " + expected() + " but was " + shown(texts.text(row)));
        }
    }

    private boolean truth(int row, boolean value) {
        cells.setTruth(row, value);
        return true;
    }

    private boolean number(int row, String digits) {
        try {
            switch (kind) {
                case WHOLE -> cells.setWhole(row, new BigDecimal(digits).longValueExact());
                case DECIMAL -> cells.setDecimal(row, new BigDecimal(digits));
                default -> cells.setFraction(row, Double.parseDouble(digits));
            }
            return true;
        } catch (ArithmeticException | NumberFormatException e) {
            // Too great for the kind, or with an exponent that no number of the JDK has.
            return false;
        }
    }

    private boolean text(int row, Cells texts) {
        byte[] array = texts.array(row);
        int start = texts.start(row) + 1;
        int length = texts.length(row) - 2;
        for (int i = start; i < start + length; i++) {
            if (array[i] == '\\') {
                return read(row, unescaped(texts, row));
            }
        }
        if (kind == Kind.TEXT) {
            cells.setBytes(row, array, start, length);
            return true;
        }
        return read(row, new String(array, start, length, StandardCharsets.UTF_8));
    }

    private boolean read(int row, String text) {
        if (kind == Kind.TEXT) {
            cells.setText(row, text);
            return true;
        }
        return TextForms.read(text, kind, cells, row);
    }

    /** The text that a JSON string stands for. */
    static String unescaped(Cells texts, int row) {
        try (JsonParser parser = JsonPath.JSON.createParser(texts.array(row), texts.start(row), texts.length(row))) {
            parser.nextToken();
            return parser.getText();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the JSON of a batch, though it is in memory", e);
        }
    }

    private static boolean isDigit(byte first) {
        return first == '-' || (first >= '0' && first <= '9');
    }

    private String expected() {
        return switch (kind) {
            case BOOLEAN -> "true or false";
            case WHOLE -> "a whole number of 64 bits";
            case FRACTION, DECIMAL -> "a number";
            case TEXT -> "text";
            default -> TextForms.expected(kind);
        };
    }

    private static String shown(String json) {
        return json.length() <= SHOWN_MAX ? json : json.substring(0, SHOWN_MAX) + "…";
    }
}
