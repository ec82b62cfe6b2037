package io.rowlake.shape;

import java.util.ArrayDeque;
import java.util.Deque;

/** What learning the types of one JSON column has changed because of the current row, and its limits. */
final class JsonLearning {

    private static final int FIELDS_MAX = 1_000;
    private static final int DEPTH_MAX = 100;

    private final Deque<Runnable> undoing = new ArrayDeque<>();
    private int fields;

    void undoBy(Runnable step) {
        undoing.push(step);
    }

    /** The row was good: what it has changed stays. */
    void keep() {
        undoing.clear();
    }

    /** The row was bad: it leaves no trace. */
    void undo() {
        while (!undoing.isEmpty()) {
            undoing.pop().run();
        }
    }

    void requireRoomForField() {
        if (fields == FIELDS_MAX) {
            throw new MisfitException(
                    "must have at most " + FIELDS_MAX
                            + " different keys in all its values but has more: where keys are data, set json.mode=variant or string");
        }
        fields++;
    }

    void fieldIsGone() {
        fields--;
    }

    void requireDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw new MisfitException("must be nested at most " + DEPTH_MAX + " deep: set json.mode=variant or string");
        }
    }
}
