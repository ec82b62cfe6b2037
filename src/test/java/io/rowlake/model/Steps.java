package io.rowlake.model;

/** The way of one process through a store: at each step others may run first, or something may befall it. */
public interface Steps {

    /** What befalls a request to the store. */
    enum Fault {
        NONE,
        /** It is applied, and the answer is lost. */
        ANSWER_LOST,
        /** It doesn't arrive. */
        REQUEST_LOST,
        /** The store says that somebody else was faster, though nobody was. */
        REFUSED
    }

    /** Comes to a request that asks or changes the store. Doesn't return if the process is killed there. */
    Fault request(String what);

    /** Comes to a moment between two requests. Doesn't return if the process is killed there. */
    void moment(String what);

    /** Whether what the process does still has an effect. */
    boolean isAlive();
}
