package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.StructType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.VarCharVector;

/** The JSON texts of a column as values of a type. */
final class JsonConversion implements Conversion {

    private final JsonTexts texts;
    private final Writer writer;

    /** Where the fields of a struct come from, which says what is to be thought of a key that it doesn't have. */
    enum Fields {
        /** From all values that are written: such a key has nothing of a type. */
        KNOWN,
        /** From an override: such a key doesn't fit. */
        PINNED
    }

    JsonConversion(VarCharVector texts, ColumnType target, Fields fields) {
        this.texts = new JsonTexts(texts);
        this.writer = writer(target, fields);
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (texts.isNull(row)) {
            target.appendNull();
        } else {
            texts.read(row, parser -> writer.write(parser, target));
        }
    }

    /** Appends the value that the parser is at, and goes to its end. */
    interface Writer {
        void writePresent(JsonParser parser, ValueAppender target) throws IOException;

        default void write(JsonParser parser, ValueAppender target) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                target.appendNull();
            } else {
                writePresent(parser, target);
            }
        }
    }

    private static Writer writer(ColumnType type, Fields fields) {
        if (type instanceof StructType struct) {
            return new StructOfJson(struct, fields);
        }
        if (type instanceof ListType list) {
            return new ListOfJson(writer(list.element(), fields));
        }
        return new JsonScalarWriter(type, fields);
    }

    /** Objects, whose keys are the fields. */
    private static final class StructOfJson implements Writer {

        private final Map<String, Integer> indexes = new HashMap<>();
        private final Writer[] writers;
        private final Fields fields;

        StructOfJson(StructType type, Fields fields) {
            this.writers = new Writer[type.fields().size()];
            this.fields = fields;
            for (int i = 0; i < writers.length; i++) {
                Column field = type.fields().get(i);
                indexes.put(field.name(), i);
                writers[i] = writer(field.type(), fields);
            }
        }

        @Override
        public void writePresent(JsonParser parser, ValueAppender target) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new MisfitException("must be an object but was " + JsonTexts.found(parser));
            }
            target.beginStruct();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                Integer index = indexes.get(name);
                if (index == null) {
                    passOver(name, parser);
                } else {
                    write(index, name, parser, target);
                }
            }
            target.endStruct();
        }

        private void write(int index, String name, JsonParser parser, ValueAppender target) throws IOException {
            try {
                writers[index].write(parser, target.field(index));
            } catch (MisfitException misfit) {
                throw misfit.atField(name);
            }
        }

        private void passOver(String name, JsonParser parser) throws IOException {
            if (fields == Fields.PINNED && parser.currentToken() != JsonToken.VALUE_NULL) {
                throw new MisfitException("must not have the key " + MisfitException.shown(name));
            }
            parser.skipChildren();
        }
    }

    /** Lists. */
    private record ListOfJson(Writer elements) implements Writer {

        @Override
        public void writePresent(JsonParser parser, ValueAppender target) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new MisfitException("must be a list but was " + JsonTexts.found(parser));
            }
            target.beginList();
            int index = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                try {
                    elements.write(parser, target.element());
                } catch (MisfitException misfit) {
                    throw misfit.atElement(index);
                }
                index++;
            }
            target.endList();
        }
    }
}
