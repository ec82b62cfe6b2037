package io.rowlake.sink.iceberg;

import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Looks for nulls where the table requires values, which tables of others may do, before a row of a batch is written. */
final class RequiredValues {

    /** The others of the batch are found when it comes again. */
    private static final int REPORTED_MAX = 1_000;

    private final List<Place> columns = new ArrayList<>();

    private RequiredValues(Schema schema, ChangeBatch batch) {
        for (int i = 0; i < batch.schema().columns().size(); i++) {
            String name = batch.schema().columns().get(i).name();
            Types.NestedField field = schema.asStruct().field(name);
            if (field != null && isStrict(field)) {
                columns.add(new Place(field, name, batch.vector(i)));
            }
        }
    }

    /** A field, and the values that are to be written to it. */
    private record Place(Types.NestedField field, String path, FieldVector values) {}

    /**
     * Goes on if every value is there.
     *
     * @throws MalformedEventsException if rows have nulls where the table takes none
     */
    static void require(Schema schema, ChangeBatch batch) {
        var required = new RequiredValues(schema, batch);
        if (required.columns.isEmpty()) {
            return;
        }
        List<MalformedEventException> bad = new ArrayList<>();
        for (int row = 0; row < batch.rows() && bad.size() < REPORTED_MAX; row++) {
            if (batch.operation(row).hasAfterImage()) {
                Optional<String> missing = required.missing(row);
                if (missing.isPresent()) {
                    bad.add(new MalformedEventException(batch.position(row), reason(missing.get())));
                }
            }
        }
        if (!bad.isEmpty()) {
            throw new MalformedEventsException(bad);
        }
    }

    private static String reason(String path) {
        return "column '" + path
                + "' must have a value, since the table requires one, but was null (to take nulls, make"
                + " it optional in the table)";
    }

    private static boolean isStrict(Types.NestedField field) {
        return field.isRequired()
                || (field.type().isNestedType()
                        && field.type().asNestedType().fields().stream().anyMatch(RequiredValues::isStrict));
    }

    private Optional<String> missing(int row) {
        return columns.stream().flatMap(column -> missing(column, row).stream()).findFirst();
    }

    /** The path at which a value is missing, if one is. */
    private static Optional<String> missing(Place place, int index) {
        if (place.values().isNull(index)) {
            return place.field().isRequired() ? Optional.of(place.path()) : Optional.empty();
        }
        if (place.values() instanceof ListVector list) {
            return missingInList(place, list, index);
        }
        return place.values() instanceof StructVector struct ? missingInStruct(place, struct, index) : Optional.empty();
    }

    private static Optional<String> missingInList(Place place, ListVector list, int index) {
        var elements = new Place(
                place.field().type().asListType().fields().get(0), place.path() + ".element", list.getDataVector());
        Optional<String> missing = Optional.empty();
        for (int i = list.getElementStartIndex(index); i < list.getElementEndIndex(index) && missing.isEmpty(); i++) {
            missing = missing(elements, i);
        }
        return missing;
    }

    private static Optional<String> missingInStruct(Place place, StructVector struct, int index) {
        Optional<String> missing = Optional.empty();
        for (FieldVector child : struct.getChildrenFromFields()) {
            Types.NestedField field = place.field().type().asStructType().field(child.getName());
            if (field != null && missing.isEmpty()) {
                missing = missing(new Place(field, place.path() + "." + child.getName(), child), index);
            }
        }
        return missing;
    }
}
