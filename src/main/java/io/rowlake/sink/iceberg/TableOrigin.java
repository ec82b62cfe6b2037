package io.rowlake.sink.iceberg;

import io.rowlake.sink.ExistingTarget;
import io.rowlake.sink.SinkException;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** Which connector made a table, as the table notes it, and what that means for a connector that finds it. */
final class TableOrigin {

    /** The table property with the name of the connector that made the table. */
    static final String CONNECTOR = "rowlake.connector";

    private TableOrigin() {}

    /**
     * Looks at a table that a sink finds for the first time.
     *
     * @throws SinkException if it is not the sink's own and must not be added to
     */
    static void requireMayWrite(String name, Table table, ExistingTarget existing) {
        String owner = existing.owner();
        @Nullable String maker = table.properties().get(CONNECTOR);
        if (!owner.isEmpty() && owner.equals(maker)) {
            return;
        }
        switch (existing.action()) {
            case APPEND -> {}
            case ERROR, REPLACE ->
                throw new SinkException("Cannot write to table '" + name + "': it exists already and was "
                        + origin(maker, owner)
                        + ": set iceberg.if.exists=append to add to it, replace to put new rows in its place, or choose"
                        + " another table");
        }
    }

    private static String origin(@Nullable String maker, String owner) {
        if (maker != null) {
            return "made by connector '" + maker + "'";
        }
        return owner.isEmpty() ? "not made by this run" : "not made by connector '" + owner + "'";
    }
}
