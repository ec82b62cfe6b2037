package io.rowlake.sink.iceberg;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ColumnWriteStore;
import org.jspecify.annotations.Nullable;

/** Writes structs. Fields that the table has and the batch doesn't are missing in every one. */
final class StructWriter implements ColumnVectorWriter {

    private final List<Field> fields;
    private final Types.NestedField self;
    private final int presentLevel;
    private @Nullable FieldVector vector;

    /** The level is the definition level at which the struct is there. */
    StructWriter(List<Field> fields, Types.NestedField self, int presentLevel) {
        this.fields = fields;
        this.self = self;
        this.presentLevel = presentLevel;
    }

    /** A field of the table, and whether the batch has it. */
    record Field(String name, ColumnVectorWriter writer, boolean inBatch) {}

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        fields.forEach(field -> field.writer().setColumnStore(store));
    }

    @Override
    public void bind(FieldVector newVector) {
        vector = newVector;
        for (Field field : fields) {
            if (field.inBatch()) {
                field.writer().bind(((StructVector) newVector).getChild(field.name()));
            }
        }
    }

    @Override
    public void write(int index, int repetitionLevel) {
        if (Objects.requireNonNull(vector).isNull(index)) {
            ColumnVectorWriter.requireOptional(self);
            writeMissing(repetitionLevel, presentLevel - 1);
            return;
        }
        for (Field field : fields) {
            if (field.inBatch()) {
                field.writer().write(index, repetitionLevel);
            } else {
                field.writer().writeMissing(repetitionLevel, presentLevel);
            }
        }
    }

    @Override
    public void writeMissing(int repetitionLevel, int definitionLevel) {
        fields.forEach(field -> field.writer().writeMissing(repetitionLevel, definitionLevel));
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
        return fields.stream().flatMap(field -> field.writer().metrics());
    }
}
