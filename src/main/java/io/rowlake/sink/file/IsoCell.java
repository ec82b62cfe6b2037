package io.rowlake.sink.file;

import io.rowlake.event.ColumnType.Scalar;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;

/** Appends the dates or times of one Arrow vector. */
interface IsoCell {

    void append(int row, IsoText text);

    static IsoCell of(Scalar type, FieldVector vector) {
        if (vector instanceof DateDayVector dates) {
            return (row, text) -> text.appendDate(dates.get(row));
        }
        if (vector instanceof TimeMicroVector times) {
            return (row, text) -> text.appendTime(times.get(row));
        }
        var timestamps = (TimeStampVector) vector;
        return switch (type) {
            case TIMESTAMP -> (row, text) -> text.appendTimestamp(timestamps.get(row));
            case TIMESTAMP_NANO -> (row, text) -> text.appendTimestampOfNanos(timestamps.get(row));
            case LOCAL_TIMESTAMP_NANO -> (row, text) -> text.appendLocalTimestampOfNanos(timestamps.get(row));
            case LOCAL_TIMESTAMP -> (row, text) -> text.appendLocalTimestamp(timestamps.get(row));
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, DATE, TIME, UUID, BINARY, JSON, VARIANT ->
                throw new IllegalStateException("No timestamps in a column of type " + type);
        };
    }
}
