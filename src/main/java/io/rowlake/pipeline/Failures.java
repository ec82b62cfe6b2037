package io.rowlake.pipeline;

import io.rowlake.sink.SinkException;
import org.jspecify.annotations.Nullable;

/** What went wrong with some of several tables, while the others went on. */
final class Failures {

    private @Nullable SinkException first;

    /** Does a step, and keeps the failure if there is one. */
    void collect(Runnable step) {
        try {
            step.run();
        } catch (SinkException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws the first failure with the others as suppressed, if there was any. */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
