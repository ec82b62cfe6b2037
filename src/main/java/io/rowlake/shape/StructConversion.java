package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Structs, field by field; fields that only the target has are null. */
record StructConversion(FieldVector structs, List<Field> fields) implements Conversion {

    StructConversion {
        fields = List.copyOf(fields);
    }

    /**
     * A field of the source.
     *
     * @param target its position in the target
     */
    record Field(String name, int target, Conversion conversion) {}

    @Override
    public void append(int row, ValueAppender target) {
        if (structs.isNull(row)) {
            target.appendNull();
            return;
        }
        target.beginStruct();
        for (Field field : fields) {
            try {
                field.conversion().append(row, target.field(field.target()));
            } catch (MisfitException misfit) {
                throw misfit.atField(field.name());
            }
        }
        target.endStruct();
    }
}
