package io.rowlake.query;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;

/**
 * The way from a column into its values, through structs and lists.
 *
 * @param column position in the source's schema
 * @param turns at each struct the position of the field, at each list that of the element
 * @param type what is at the end
 * @param rest the steps that go on in JSON, where the end is JSON
 */
record ColumnPath(int column, List<Turn> turns, ColumnType type, List<Syntax.Step> rest) {

    record Turn(boolean isElement, int index) {}

    /**
     * Follows the steps of a name through the type of its column.
     *
     * @throws QueryException if they lead nowhere
     */
    static ColumnPath of(Syntax.Name name, int column, ColumnType type, QueryText query) {
        List<Turn> turns = new ArrayList<>();
        ColumnType here = type;
        for (int i = 0; i < name.path().size(); i++) {
            if (here == Scalar.JSON || here == Scalar.VARIANT) {
                List<Syntax.Step> rest = name.path().subList(i, name.path().size());
                return new ColumnPath(column, turns, Scalar.JSON, rest);
            }
            Syntax.Step step = name.path().get(i);
            Turn turn = turn(step, here, query);
            turns.add(turn);
            here = next(here, turn);
        }
        return new ColumnPath(column, turns, here, List.of());
    }

    private static Turn turn(Syntax.Step step, ColumnType here, QueryText query) {
        if (step instanceof Syntax.Index index) {
            if (!(here instanceof ListType)) {
                throw query.error(step.at(), "only a list or JSON has elements, but this is " + here);
            }
            return new Turn(true, index.index());
        }
        String key = ((Syntax.Key) step).name();
        StructType fields = here instanceof MediaType ? MediaType.PARTS : asStruct(here, step, query);
        List<String> names = fields.fields().stream().map(Column::name).toList();
        int field = names.indexOf(key);
        if (field < 0) {
            throw query.error(step.at(), "there is no '" + key + "' in it: it has " + Nearest.hint(key, names));
        }
        return new Turn(false, field);
    }

    private static StructType asStruct(ColumnType type, Syntax.Step step, QueryText query) {
        if (type instanceof StructType struct) {
            return struct;
        }
        throw query.error(step.at(), "only a struct, JSON or media has parts, but this is " + type);
    }

    private static ColumnType next(ColumnType type, Turn turn) {
        if (type instanceof ListType list) {
            return list.element();
        }
        StructType fields = type instanceof MediaType ? MediaType.PARTS : (StructType) type;
        return fields.fields().get(turn.index()).type();
    }

    /** The vector at the end, which has more or fewer values than the batch has rows where the way leads through lists. */
    FieldVector end(FieldVector root) {
        FieldVector here = root;
        for (Turn turn : turns) {
            here = turn.isElement()
                    ? ((ListVector) here).getDataVector()
                    : here.getChildrenFromFields().get(turn.index());
        }
        return here;
    }

    /** For each row the position of its value in {@link #end}, or -1 where it is null or there is none. */
    int[] positions(FieldVector root, int rows) {
        int[] positions = new int[rows];
        for (int row = 0; row < rows; row++) {
            positions[row] = row;
        }
        FieldVector here = root;
        for (Turn turn : turns) {
            dropNulls(here, positions);
            if (turn.isElement()) {
                var lists = (ListVector) here;
                toElements(lists, turn.index(), positions);
                here = lists.getDataVector();
            } else {
                here = here.getChildrenFromFields().get(turn.index());
            }
        }
        dropNulls(here, positions);
        return positions;
    }

    private static void dropNulls(FieldVector vector, int[] positions) {
        for (int row = 0; row < positions.length; row++) {
            if (positions[row] >= 0 && vector.isNull(positions[row])) {
                positions[row] = -1;
            }
        }
    }

    private static void toElements(ListVector lists, int index, int[] positions) {
        for (int row = 0; row < positions.length; row++) {
            if (positions[row] >= 0) {
                int start = lists.getElementStartIndex(positions[row]);
                int length = lists.getElementEndIndex(positions[row]) - start;
                positions[row] = index < length ? start + index : -1;
            }
        }
    }
}
