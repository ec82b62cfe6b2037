package io.rowlake.decode;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.event.TableSchema;
import java.util.Optional;

/** Where the rows of a table go. */
public interface RowTarget {

    /** The columns that the destination already has, which guide what is inferred from values. */
    Optional<TableSchema> destination();

    /**
     * The batch for rows of a source schema. Cheap if the schema is the same instance as at the last call. The batch has
     * every column of the schema by name, of its type or a wider one, and perhaps more columns.
     *
     * @throws IllegalArgumentException if no batch of this schema can be written; the reason is told of each event
     */
    BatchBuilder batch(TableSchema source, Completeness completeness);

    /** How much of a source's columns is known. */
    enum Completeness {
        /** All of them: somebody has stated the schema. */
        DECLARED,
        /** Those that had a value so far. */
        INFERRED
    }
}
