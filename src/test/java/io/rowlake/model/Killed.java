package io.rowlake.model;

/** Unwinds the call of a process that was killed. An error, since the code under test handles exceptions. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("The process was killed", null, false, false);
    }
}
