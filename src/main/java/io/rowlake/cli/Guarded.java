package io.rowlake.cli;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs another main class for as long as the process that started it lives.
 *
 * <p>The parent holds the other end of standard input. However the parent dies, the kernel closes that end; then this
 * process shuts down in order, or by force when that takes too long. The class stands alone, because the class path of
 * the child has none of ours but this one.
 */
final class Guarded {

    private static final long ORDERLY_EXIT_NANOS = 10_000_000_000L;
    private static final int ORPHANED = 143;

    private Guarded() {}

    /** The first argument names the main class; the others are its own. */
    public static void main(String[] args) throws Throwable {
        startDaemon("parent-watch", Guarded::exitWithParent);
        // By name, as the java launcher does it: Kafka's main classes are on the class path of the child alone.
        MethodHandle main = MethodHandles.publicLookup()
                .findStatic(Class.forName(args[0]), "main", MethodType.methodType(void.class, String[].class));
        main.invokeExact(Arrays.copyOfRange(args, 1, args.length));
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; only the end of the stream has a meaning.
            }
        } catch (IOException closed) {
            System.err.println("Standard input failed, so the parent is taken for dead: " + closed.getMessage());
        }
        startDaemon("forced-exit", Guarded::haltLater);
        System.exit(ORPHANED);
    }

    private static void haltLater() {
        long deadline = System.nanoTime() + ORDERLY_EXIT_NANOS;
        while (System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
        Runtime.getRuntime().halt(ORPHANED);
    }

    private static void startDaemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
