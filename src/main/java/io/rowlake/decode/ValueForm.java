package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a value stands in the source, and the type of the column it becomes. */
public sealed interface ValueForm {

    ColumnType type();

    /** Of a list with a fixed length in any dimension: its shape, as in {@code shape [3, null]}. */
    default Optional<String> shape() {
        return Optional.empty();
    }

    /** A value without parts, or one that is taken whole, as JSON is. */
    record Atom(ColumnType type, Encoding encoding) implements ValueForm {}

    /**
     * A list.
     *
     * @param length how many elements every value must have, or {@link #FREE}
     */
    record Elements(ValueForm element, int length) implements ValueForm {

        public static final int FREE = -1;

        @Override
        public ColumnType type() {
            return new ListType(element.type());
        }

        @Override
        public Optional<String> shape() {
            List<String> lengths = new ArrayList<>();
            boolean anyFixed = false;
            for (ValueForm form = this; form instanceof Elements elements; form = elements.element()) {
                anyFixed |= elements.length() != FREE;
                lengths.add(elements.length() == FREE ? "null" : String.valueOf(elements.length()));
            }
            return anyFixed ? Optional.of("shape " + lengths) : Optional.empty();
        }
    }

    /** A struct. */
    record Members(List<SourceColumn> fields) implements ValueForm {

        public Members {
            fields = List.copyOf(fields);
        }

        @Override
        public ColumnType type() {
            return new StructType(fields.stream()
                    .map(field -> new Column(field.name(), field.form().type()))
                    .toList());
        }
    }

    /** How an atom is written in the source. */
    enum Encoding {
        /**
         * As one would write it: text, a number, true or false; for {@code TIMESTAMP} ISO 8601 with an offset, for
         * {@code LOCAL_TIMESTAMP}, {@code DATE} and {@code TIME} ISO 8601, or a {@link java.util.Date}; for {@code UUID}
         * the canonical text; for {@code BINARY} bytes, or base64 in JSON; for a decimal a number or its text; for
         * {@code JSON} any value.
         */
        PLAIN,
        EPOCH_MILLIS,
        EPOCH_MICROS,
        EPOCH_NANOS,
        EPOCH_DAYS,
        MILLIS_OF_DAY,
        MICROS_OF_DAY,
        NANOS_OF_DAY,
        /** A decimal: the unscaled number as big-endian bytes, or their base64 in JSON. Scale is the column's. */
        UNSCALED_BYTES,
        /** ISO 8601 of a date or time without a zone, that an idle {@code Z} may follow. */
        ISO_UTC,
        /** Debezium's struct of {@code scale} and {@code value}, which becomes a text. */
        VARIABLE_SCALE,
        /** A text that holds JSON. */
        JSON_TEXT,
        /** A media cell: the text of its fileurl, or an object of {@code fileurl}, {@code localpath}, {@code bytes}. */
        MEDIA
    }
}
