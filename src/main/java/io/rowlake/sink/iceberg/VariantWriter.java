package io.rowlake.sink.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.ReusableByteArray;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.variants.Variant;
import org.apache.iceberg.variants.VariantMetadata;
import org.apache.iceberg.variants.VariantValue;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes JSON texts as variants: the keys that occur in one column of bytes, the value in another. */
final class VariantWriter implements ColumnVectorWriter {

    private static final int BUFFER_BYTES_MIN = 1024;

    private final ColumnDescriptor metadata;
    private final ColumnDescriptor value;
    private final int presentLevel;
    private final Types.NestedField field;
    private final VariantEncoding encoding = new VariantEncoding();
    private final ReusableByteArray text = new ReusableByteArray();
    private byte[] bytes = new byte[BUFFER_BYTES_MIN];
    private ByteBuffer buffer = littleEndian(bytes);
    private @Nullable ColumnWriter metadataColumn;
    private @Nullable ColumnWriter valueColumn;
    private @Nullable VarCharVector vector;

    VariantWriter(ColumnDescriptor metadata, ColumnDescriptor value, Types.NestedField field) {
        this.metadata = metadata;
        this.value = value;
        this.presentLevel = metadata.getMaxDefinitionLevel();
        this.field = field;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        metadataColumn = store.getColumnWriter(metadata);
        valueColumn = store.getColumnWriter(value);
    }

    @Override
    public void bind(FieldVector newVector) {
        vector = (VarCharVector) newVector;
    }

    @Override
    public void write(int index, int repetitionLevel) {
        VarCharVector texts = Objects.requireNonNull(vector);
        if (texts.isNull(index)) {
            ColumnVectorWriter.requireOptional(field);
            writeMissing(repetitionLevel, presentLevel - 1);
            return;
        }
        texts.read(index, text);
        Variant variant = variant(Math.toIntExact(text.getLength()));
        Objects.requireNonNull(metadataColumn).write(bytes(variant.metadata()), repetitionLevel, presentLevel);
        Objects.requireNonNull(valueColumn).write(bytes(variant.value()), repetitionLevel, presentLevel);
    }

    @Override
    public void writeMissing(int repetitionLevel, int definitionLevel) {
        Objects.requireNonNull(metadataColumn).writeNull(repetitionLevel, definitionLevel);
        Objects.requireNonNull(valueColumn).writeNull(repetitionLevel, definitionLevel);
    }

    private Variant variant(int length) {
        try {
            return encoding.of(text.getBuffer(), length);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the JSON of a batch, though it is in memory", e);
        }
    }

    private Binary bytes(VariantMetadata keys) {
        makeRoom(keys.sizeInBytes());
        return Binary.fromReusedByteArray(bytes, 0, keys.writeTo(buffer, 0));
    }

    private Binary bytes(VariantValue encoded) {
        makeRoom(encoded.sizeInBytes());
        return Binary.fromReusedByteArray(bytes, 0, encoded.writeTo(buffer, 0));
    }

    private void makeRoom(int needed) {
        if (bytes.length < needed) {
            bytes = new byte[Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE / 2))];
            buffer = littleEndian(bytes);
        }
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
