package io.rowlake.model;

import java.time.Duration;

/** Steps at which the world decides what happens. */
record ChosenSteps(World world, Member member) implements Steps {

    @Override
    public Fault request(String what) {
        member.thread().requireAlive();
        stop("is about to " + what);
        Fault fault = world.fault();
        world.tell("    " + member + ": " + what + (fault == Fault.NONE ? "" : " -> " + fault));
        return fault;
    }

    @Override
    public void moment(String what) {
        member.thread().requireAlive();
        world.pauseOf(Duration.ofMillis(1));
        stop("is about to " + what);
    }

    @Override
    public boolean isAlive() {
        return member.thread().isAlive();
    }

    private void stop(String where) {
        if (world.parks()) {
            world.tell("    " + member + " stops where it " + where);
            member.thread().park();
        }
    }
}
