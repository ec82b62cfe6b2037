package io.rowlake.connect;

import io.rowlake.decode.Fields;
import io.rowlake.decode.SourceType;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A struct of Connect. A value is converted when it is asked for: structs in it become {@code StructFields}, and maps get
 * keys of text. Connect's logical values stay {@link java.util.Date} and {@link java.math.BigDecimal}; a value that is
 * absent is the default of its schema, if it has one.
 */
final class StructFields implements Fields {

    private final Struct struct;
    private final SourceType type;

    /**
     * Wraps a struct, which is not copied and must not change.
     *
     * @param type of the schema of the struct
     */
    StructFields(Struct struct, SourceType type) {
        this.struct = struct;
        this.type = type;
    }

    @Override
    public Optional<SourceType> type() {
        return Optional.of(type);
    }

    @Override
    public List<String> names() {
        return new Names(type.fields());
    }

    @Override
    public @Nullable Object value(int index) {
        Object value = struct.get(struct.schema().fields().get(index));
        return ConnectValues.neutral(value, type.fields().get(index).type());
    }

    @Override
    public int indexOf(String name) {
        Field field = struct.schema().field(name);
        return field == null ? -1 : field.index();
    }

    /** A view, so that asking for the names of a struct copies nothing. */
    private static final class Names extends AbstractList<String> implements RandomAccess {

        private final List<SourceType.Field> fields;

        Names(List<SourceType.Field> fields) {
            this.fields = fields;
        }

        @Override
        public String get(int index) {
            return fields.get(index).name();
        }

        @Override
        public int size() {
            return fields.size();
        }
    }
}
