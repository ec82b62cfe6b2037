package io.rowlake.sink.file;

import io.rowlake.event.TableSchema;
import java.util.List;

/**
 * The rows of one batch, as they go into the files of one partition.
 *
 * @param schema the columns they have
 * @param columns those that a file must have been begun with to take them
 */
record PartitionRows(TableSchema schema, List<String> columns, RowFormat.EncodedRows encoded) {}
