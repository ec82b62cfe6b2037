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
final class JsonFields {

    private final JsonField[] fields;

    private JsonFields(List<JsonField> fields) {
        this.fields = fields.toArray(JsonField[]::new);
    }

    private record JsonField(SerializedString name, JsonCell cell) {}

    static JsonFields of(List<Column> columns, IntFunction<FieldVector> vectors, JsonCells.Rules rules) {
        List<JsonField> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (!rules.binary().leavesOut(column.type())) {
                JsonCell cell = JsonCells.nullable(column.type(), vectors.apply(i), rules);
                fields.add(new JsonField(new SerializedString(column.name()), cell));
            }
        }
        return new JsonFields(fields);
    }

    void writeObject(int row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (JsonField field : fields) {
            json.writeFieldName(field.name());
            field.cell().write(row, json);
        }
        json.writeEndObject();
    }
}
