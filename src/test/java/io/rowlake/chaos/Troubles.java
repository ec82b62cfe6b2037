package io.rowlake.chaos;

import io.rowlake.chaos.Trouble.Way;
import java.time.Duration;
import java.util.List;

/** What goes wrong between the workers and the catalog or the store. Half of the requests pass, so that some work is done. */
final class Troubles {

    private static final String ALL = "";
    private static final String COMMITS = "^POST /v1/(namespaces/[^/]+/tables/[^/ ]+|transactions/commit) ";
    private static final String WRITES = "^(PUT|POST) ";
    private static final int HALF = 50;
    private static final List<Integer> STATUSES = List.of(500, 502, 503, 504);

    /** Longer than the clients wait: see {@link ChaosConnectors}. */
    private static final Duration TOO_LATE = Duration.ofSeconds(4);

    private static final Duration SLOW = Duration.ofMillis(1_500);

    private Troubles() {}

    /** Before the catalog has done what was asked, or after it: a client can't tell. */
    static Trouble catalogErrors(Fault fault) {
        Way way = isOdd(fault) ? Way.REFUSED : Way.ANSWER_WRONG;
        int status = STATUSES.get(Math.floorMod(fault.detail() >> 1, STATUSES.size()));
        return Trouble.of(ALL, way).percent(HALF).answering(catalogError(status, "ServiceFailureException"));
    }

    static Trouble catalogConflicts() {
        return Trouble.of(COMMITS, Way.REFUSED).percent(HALF).answering(catalogError(409, "CommitFailedException"));
    }

    static Trouble catalogAnswersLost() {
        return Trouble.of(COMMITS, Way.ANSWER_LOST).percent(HALF);
    }

    static Trouble catalogAnswersLate() {
        return Trouble.of(COMMITS, Way.ANSWER_LATE).percent(HALF).after(TOO_LATE);
    }

    static Trouble storeErrors(Fault fault) {
        HttpMessage error = isOdd(fault) ? storeError(503, "SlowDown") : storeError(500, "InternalError");
        return Trouble.of(ALL, Way.REFUSED).percent(HALF).answering(error);
    }

    static Trouble storeSlow() {
        return Trouble.of(WRITES, Way.SLOW).after(SLOW);
    }

    static Trouble storeAnswersLost() {
        return Trouble.of(WRITES, Way.ANSWER_LOST).percent(HALF);
    }

    private static boolean isOdd(Fault fault) {
        return (fault.detail() & 1) == 1;
    }

    private static HttpMessage catalogError(int status, String type) {
        return HttpMessage.answer(
                status,
                "application/json",
                "{\"error\":{\"message\":\"Fault\",\"type\":\"" + type + "\",\"code\":" + status + "}}");
    }

    private static HttpMessage storeError(int status, String code) {
        return HttpMessage.answer(
                status, "application/xml", "<Error><Code>" + code + "</Code><Message>Fault</Message></Error>");
    }
}
