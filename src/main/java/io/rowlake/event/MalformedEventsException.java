package io.rowlake.event;

import java.util.List;

/** Some events of a batch can't be taken to the destination; the others can. */
public final class MalformedEventsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<MalformedEventException> events;

    /**
     * One of an event each.
     *
     * @throws IllegalArgumentException if there is none
     */
    public MalformedEventsException(List<MalformedEventException> events) {
        super(message(events));
        this.events = List.copyOf(events);
    }

    /** One or more, each of another event. */
    public List<MalformedEventException> events() {
        return events;
    }

    private static String message(List<MalformedEventException> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events must not be empty");
        }
        String first = String.valueOf(events.get(0).getMessage());
        return events.size() == 1 ? first : first + " (and " + (events.size() - 1) + " more)";
    }
}
