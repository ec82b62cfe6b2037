package io.rowlake.pipeline;

import io.rowlake.event.MalformedEventException;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.SourceOffsets;
import io.rowlake.event.SourcePosition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events that turned out bad only when their batch was complete, and their records were gone. They are rejected when their
 * records come again.
 */
final class Rejections {

    private final Map<SourcePosition, MalformedEventException> reasons = new HashMap<>();

    void add(MalformedEventsException found) {
        found.events().forEach(event -> reasons.put(event.position(), event));
    }

    /** Why the record at a position is bad, null if nothing is known against it. */
    @Nullable
    MalformedEventException reason(SourcePosition position) {
        return reasons.isEmpty() ? null : reasons.get(position);
    }

    /** Records before these offsets won't come again. */
    void forgetBefore(SourceOffsets committed) {
        if (!reasons.isEmpty()) {
            reasons.keySet()
                    .removeIf(position -> position.offset()
                            < committed.next(position.partition()).orElse(0));
        }
    }
}
