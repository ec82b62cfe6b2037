package io.rowlake.sink.iceberg;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.iceberg.types.TypeUtil;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Decimals, in the physical type that Iceberg has for their precision: 32 bits, 64 bits, or as few bytes as needed. */
final class DecimalValues implements ValueWriter {

    private static final int DIGITS_IN_32_BITS = 9;
    private static final int DIGITS_IN_64_BITS = 18;

    private final int precision;
    private final byte[] bytes;
    private @Nullable DecimalVector vector;

    DecimalValues(int precision) {
        this.precision = precision;
        this.bytes = new byte[TypeUtil.decimalRequiredBytes(precision)];
    }

    @Override
    public void bind(FieldVector newVector) {
        vector = (DecimalVector) newVector;
    }

    @Override
    public void write(ColumnWriter column, int index, int repetitionLevel, int definitionLevel) {
        BigInteger unscaled = Objects.requireNonNull(vector).getObject(index).unscaledValue();
        if (precision <= DIGITS_IN_32_BITS) {
            column.write(unscaled.intValueExact(), repetitionLevel, definitionLevel);
        } else if (precision <= DIGITS_IN_64_BITS) {
            column.write(unscaled.longValueExact(), repetitionLevel, definitionLevel);
        } else {
            fill(unscaled.toByteArray());
            column.write(Binary.fromReusedByteArray(bytes), repetitionLevel, definitionLevel);
        }
    }

    private void fill(byte[] value) {
        int lead = bytes.length - value.length;
        Arrays.fill(bytes, 0, lead, (byte) (value[0] < 0 ? -1 : 0));
        System.arraycopy(value, 0, bytes, lead, value.length);
    }
}
