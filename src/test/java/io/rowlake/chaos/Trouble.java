package io.rowlake.chaos;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a {@link FaultProxy} does to the requests whose first line fits.
 *
 * @param percent of those requests; the others pass
 * @param delay for the ways that are late
 * @param error for the ways that answer
 */
record Trouble(Pattern requests, int percent, Way way, Duration delay, HttpMessage error) {

    /** No request is spoilt. */
    static final Trouble NONE = of("(?!)", Way.ANSWER_LOST);

    /** How a request goes wrong. */
    enum Way {
        /** The server does not see it, the client gets the error. */
        REFUSED,
        /** The server sees it late. */
        SLOW,
        /** The server has done it when the connection breaks. */
        ANSWER_LOST,
        /** The server has done it, and its answer is late. */
        ANSWER_LATE,
        /** The server has done it, and the client gets the error. */
        ANSWER_WRONG
    }

    /** Of every request that fits. */
    static Trouble of(String requests, Way way) {
        return new Trouble(
                Pattern.compile(requests), 100, way, Duration.ZERO, HttpMessage.answer(500, "text/plain", "Fault"));
    }

    Trouble percent(int share) {
        return new Trouble(requests, share, way, delay, error);
    }

    Trouble after(Duration time) {
        return new Trouble(requests, percent, way, time, error);
    }

    Trouble answering(HttpMessage message) {
        return new Trouble(requests, percent, way, delay, message);
    }

    boolean hits(HttpMessage request, int ticket) {
        return ticket < percent && requests.matcher(request.firstLine()).find();
    }
}
