package io.rowlake.batch;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Lists: the elements of all of them one after the other, and where each list ends. */
final class ListBuilder implements VectorBuilder {

    private final ListType type;
    private final Validity validity;
    private final Offsets offsets;
    private final VectorBuilder elements;

    ListBuilder(ListType type, VectorBuilder elements, BoundedAllocator memory) {
        this.type = type;
        this.validity = new Validity(memory);
        this.offsets = new Offsets(memory);
        this.elements = elements;
    }

    @Override
    public ColumnType type() {
        return type;
    }

    @Override
    public void appendNull() {
        int count = validity.count();
        offsets.append(count, offsets.end(count));
        validity.appendNull();
    }

    @Override
    public void beginList() {
        // The list counts from endList on: until then its elements are behind the last end.
    }

    @Override
    public ValueAppender element() {
        return elements;
    }

    @Override
    public void endList() {
        offsets.append(validity.count(), elements.count());
        validity.appendPresent();
    }

    @Override
    public int count() {
        return validity.count();
    }

    @Override
    public void truncate(int count) {
        validity.truncate(count);
        elements.truncate(offsets.end(count));
    }

    @Override
    public void load(FieldVector target) {
        target.loadFieldBuffers(validity.node(), List.of(validity.buffer(), offsets.buffer()));
        elements.load(target.getChildrenFromFields().get(0));
    }

    @Override
    public void release() {
        validity.release();
        offsets.release();
        elements.release();
    }
}
