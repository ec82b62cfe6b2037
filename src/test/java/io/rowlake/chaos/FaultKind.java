package io.rowlake.chaos;

import java.time.Duration;

/** What can go wrong. The order belongs to what a seed means: a new kind goes to the end. */
enum FaultKind {
    WORKER_KILLED(Victim.WORKER, 5, 500, 4_000),
    /** Longer than the session, so that another worker takes the tasks over and this one wakes up as a zombie. */
    WORKER_SUSPENDED(Victim.WORKER, 5, 7_000, 14_000),
    /** In order, as when a cluster is made smaller, and added again. */
    WORKER_REMOVED(Victim.WORKER, 2, 1_000, 5_000),
    BROKER_KILLED(Victim.BROKER, 1, 200, 2_000),
    BROKER_RESTARTED(Victim.BROKER, 1, 200, 2_000),
    CATALOG_KILLED(Victim.CATALOG, 2, 500, 5_000),
    CATALOG_ERRORS(Victim.CATALOG, 3, 2_000, 8_000),
    CATALOG_CONFLICTS(Victim.CATALOG, 3, 2_000, 8_000),
    /** The commit is applied, and the connection breaks before the answer. */
    CATALOG_ANSWERS_LOST(Victim.CATALOG, 4, 2_000, 8_000),
    /** The commit is applied, and the answer comes after the client has given up. */
    CATALOG_ANSWERS_LATE(Victim.CATALOG, 2, 4_000, 10_000),
    STORE_KILLED(Victim.STORE, 1, 500, 4_000),
    STORE_ERRORS(Victim.STORE, 3, 2_000, 8_000),
    STORE_SLOW(Victim.STORE, 2, 3_000, 9_000),
    STORE_ANSWERS_LOST(Victim.STORE, 3, 2_000, 8_000),
    DISK_FULL(Victim.DISK, 3, 2_000, 8_000),
    CONNECTOR_CONFIGURED(Victim.CONNECTOR, 2, 0, 1_000),
    CONNECTOR_PAUSED(Victim.CONNECTOR, 2, 1_000, 5_000),
    TASK_RESTARTED(Victim.CONNECTOR, 3, 0, 1_000);

    private final Victim victim;
    private final int weight;
    private final Duration shortest;
    private final Duration longest;

    FaultKind(Victim victim, int weight, long shortestMillis, long longestMillis) {
        this.victim = victim;
        this.weight = weight;
        this.shortest = Duration.ofMillis(shortestMillis);
        this.longest = Duration.ofMillis(longestMillis);
    }

    /** What it happens to. There may be several of a sort; one has one fault at a time. */
    enum Victim {
        WORKER,
        BROKER,
        CATALOG,
        STORE,
        DISK,
        CONNECTOR
    }

    Victim victim() {
        return victim;
    }

    /** How often it is chosen, in proportion to the others. */
    int weight() {
        return weight;
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}
