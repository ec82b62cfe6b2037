package io.rowlake.sink.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** Files written by Iceberg's own writer of generic records, to compare with. */
final class GenericFile {

    private GenericFile() {}

    static DataFile write(Table table, List<Record> records, Path file) {
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile("file:" + file))
                    .forTable(table)
                    .createWriterFunc(message -> GenericParquetWriter.create(table.schema(), message))
                    .overwrite()
                    .build();
            try (writer) {
                records.forEach(writer::write);
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
