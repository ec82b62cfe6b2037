package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Structs, and media as the struct of their parts: one column a field, of as many values as there are structs. */
final class StructBuilder implements VectorBuilder {

    private final ColumnType type;
    private final Validity validity;
    private final List<VectorBuilder> fields;

    StructBuilder(ColumnType type, List<VectorBuilder> fields, BoundedAllocator memory) {
        this.type = type;
        this.validity = new Validity(memory);
        this.fields = fields;
    }

    @Override
    public ColumnType type() {
        return type;
    }

    @Override
    public void appendNull() {
        fillFields();
        validity.appendNull();
    }

    @Override
    public void beginStruct() {
        // The struct counts from endStruct on.
    }

    @Override
    public ValueAppender field(int index) {
        return fields.get(index);
    }

    @Override
    public boolean isFieldSet(int index) {
        return fields.get(index).count() > validity.count();
    }

    @Override
    public void endStruct() {
        fillFields();
        validity.appendPresent();
    }

    @Override
    public int count() {
        return validity.count();
    }

    @Override
    public void truncate(int count) {
        validity.truncate(count);
        fields.forEach(field -> field.truncate(count));
    }

    @Override
    public void load(FieldVector target) {
        target.loadFieldBuffers(validity.node(), List.of(validity.buffer()));
        List<FieldVector> children = target.getChildrenFromFields();
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).load(children.get(i));
        }
    }

    @Override
    public void release() {
        validity.release();
        fields.forEach(VectorBuilder::release);
    }

    private void fillFields() {
        for (VectorBuilder field : fields) {
            if (field.count() == validity.count()) {
                field.appendNull();
            }
        }
    }
}
