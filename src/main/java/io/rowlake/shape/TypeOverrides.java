package io.rowlake.shape;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Types that columns are given whatever their source asks for. */
public record TypeOverrides(Map<String, ColumnType> types) {

    public static final TypeOverrides NONE = new TypeOverrides(Map.of());

    public TypeOverrides {
        types = Map.copyOf(types);
    }

    /**
     * Reads {@code column:type, column:type}, where types are those of Iceberg, and {@code json} for the text of a JSON
     * value. Names may be quoted.
     *
     * @throws IllegalArgumentException if the text is anything else; the message says where
     */
    public static TypeOverrides parse(String text) {
        return text.isBlank() ? NONE : new TypeOverrides(new TypeText(text).columns());
    }

    /** The first column, by name, that is given one of the types, or a type that one is nested in. */
    public Optional<String> columnOf(Set<Scalar> wanted) {
        return types.entrySet().stream()
                .filter(entry -> has(entry.getValue(), wanted))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder());
    }

    private static boolean has(ColumnType type, Set<Scalar> wanted) {
        if (type instanceof ListType list) {
            return has(list.element(), wanted);
        }
        if (type instanceof StructType struct) {
            return struct.fields().stream().anyMatch(field -> has(field.type(), wanted));
        }
        return type instanceof Scalar scalar && wanted.contains(scalar);
    }

    Optional<ColumnType> of(String column) {
        return Optional.ofNullable(types.get(column));
    }

    /**
     * Goes on if all columns are there.
     *
     * @throws IllegalArgumentException if a column is missing
     */
    void requireColumnsOf(TableSchema schema) {
        var missing = new TreeSet<>(types.keySet());
        missing.removeIf(column -> schema.indexOf(column) >= 0);
        if (!missing.isEmpty()) {
            List<String> names =
                    schema.columns().stream().map(column -> column.name()).toList();
            throw new IllegalArgumentException("schema.overrides must name columns of the source but "
                    + missing.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                    + (missing.size() == 1 ? " is none" : " are none") + ": it has " + String.join(", ", names));
        }
    }
}
