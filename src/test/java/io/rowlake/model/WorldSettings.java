package io.rowlake.model;

/**
 * How large a modelled world is.
 *
 * @param workers processes that can be killed
 * @param tasks of each worker
 * @param partitions of the topic
 * @param records of each partition when the world begins
 * @param growth whether more records come
 * @param actions so many are taken before the faults cease
 */
record WorldSettings(int workers, int tasks, int partitions, int records, boolean growth, int actions) {

    /** Two workers, one of them with two tasks. */
    static WorldSettings random() {
        return new WorldSettings(2, 2, 2, 3, true, 30);
    }

    /** Two tasks in two workers that quarrel about one partition for long. */
    static WorldSettings quarrel() {
        return new WorldSettings(2, 1, 1, 3, true, 60);
    }

    /** Two tasks in two workers, one partition, three records. */
    static WorldSettings tiny() {
        return new WorldSettings(2, 1, 1, 3, false, 6);
    }
}
