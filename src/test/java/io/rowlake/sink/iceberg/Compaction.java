package io.rowlake.sink.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;

/** Rewrites the files of a table into one, as other engines do by Iceberg's API. */
final class Compaction {

    private Compaction() {}

    static void of(Table table) throws IOException {
        Set<DataFile> old = new HashSet<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> old.add(task.file().copy()));
        }
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> all = IcebergGenerics.read(table).build()) {
            all.forEach(rows::add);
        }
        OutputFile file = table.io().newOutputFile(table.location() + "/data/compacted-" + UUID.randomUUID());
        FileAppender<Record> writer = Parquet.write(file)
                .schema(table.schema())
                .createWriterFunc(GenericParquetWriter::create)
                .build();
        try (writer) {
            rows.forEach(writer::add);
        }
        DataFile compacted = DataFiles.builder(table.spec())
                .withPath(file.location())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(writer.length())
                .withMetrics(writer.metrics())
                .build();
        RewriteFiles rewrite = table.newRewrite().addFile(compacted);
        old.forEach(rewrite::deleteFile);
        rewrite.commit();
    }
}
