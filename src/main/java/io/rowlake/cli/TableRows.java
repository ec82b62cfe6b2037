package io.rowlake.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The rows of an Iceberg table, read as any engine would: with its deletes applied.
 *
 * @param count how many there are
 * @param first the first of them, each in the order of the columns
 */
record TableRows(long count, List<List<Object>> first) {

    TableRows {
        first = List.copyOf(first);
    }

    /** Reads the whole table and keeps the first rows. */
    static TableRows read(Table table, int keep) {
        var first = new ArrayList<List<Object>>();
        long count = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record row : records) {
                if (count < keep) {
                    first.add(cells(row));
                }
                count++;
            }
        } catch (IOException | RuntimeException e) {
            throw new CommandException("Cannot read table " + table.name() + ": " + CommandException.reason(e), e);
        }
        return new TableRows(count, first);
    }

    private static List<Object> cells(Record row) {
        var cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            cells.add(CellText.of(row.get(column)));
        }
        return cells;
    }
}
