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
        if (type == Scalar.TIMESTAMP) {
            return (row, text) -> text.appendTimestamp(timestamps.get(row));
        }
        return (row, text) -> text.appendLocalTimestamp(timestamps.get(row));
    }
}
