package io.rowlake.sink.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.rowlake.event.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.vector.FieldVector;

/** Rows or structs as JSON objects: names encoded once, columns that are left out are not here. */
record JsonFields(SerializedString[] names, JsonCell[] cells) {

    static JsonFields of(List<Column> columns, IntFunction<FieldVector> vectors, JsonCells.Rules rules) {
        List<SerializedString> names = new ArrayList<>();
        List<JsonCell> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!rules.binary().leavesOut(column.type())) {
                names.add(new SerializedString(column.name()));
                cells.add(JsonCells.nullable(column.type(), vectors.apply(i), rules));
            }
        }
        return new JsonFields(names.toArray(SerializedString[]::new), cells.toArray(JsonCell[]::new));
    }

    void writeObject(int row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < cells.length; i++) {
            json.writeFieldName(names[i]);
            cells[i].write(row, json);
        }
        json.writeEndObject();
    }
}
