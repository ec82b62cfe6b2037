package io.rowlake.chaos;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param number the first is 1
 * @param gap from the beginning of the one before to the beginning of this one, at least
 * @param victim which one of its kind's victims, counted from 0
 * @param hold how long it lasts, without the time that mending takes
 * @param detail for what a kind has to choose
 */
record Fault(int number, FaultKind kind, Duration gap, int victim, Duration hold, long detail) {

    /** What can have but one fault at a time. */
    String exclusive() {
        return kind.victim() + "-" + victim;
    }

    @Override
    public String toString() {
        return "#" + number + " " + kind + " of " + exclusive() + " for " + hold.toMillis() + " ms";
    }
}
