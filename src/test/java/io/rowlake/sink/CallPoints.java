package io.rowlake.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * The points at which a task talks to the outside: before and after each call. At one of them the task stands still while
 * something else happens, and goes on as if nothing had, or finds its connection dead.
 */
public final class CallPoints {

    private final int chosen;
    private final Waking waking;
    private final Runnable event;
    private final List<String> passed = new ArrayList<>();
    private boolean asleep;

    /** How a task goes on. */
    public enum Waking {
        /** The call goes on. */
        SOUND,
        /** The call fails, done or not. */
        CONNECTION_LOST
    }

    /** How calls fail at a point. */
    public interface Loss<E extends Exception> {
        E exception();
    }

    /** A call. */
    public interface Call<T, E extends Exception> {
        T make() throws E;
    }

    /** Something happens at the point of this number, counted from zero. */
    public CallPoints(int chosen, Waking waking, Runnable event) {
        this.chosen = chosen;
        this.waking = waking;
        this.event = event;
    }

    /** All points are passed. */
    public static CallPoints counted() {
        return new CallPoints(-1, Waking.SOUND, () -> {});
    }

    /** The names of the points so far, in order. */
    public List<String> passed() {
        return List.copyOf(passed);
    }

    /** Makes a call, between two points. */
    public <T, E extends Exception> T around(String name, Loss<E> loss, Call<T, E> call) throws E {
        reach("before " + name, loss);
        T answer = call.make();
        reach("after " + name, loss);
        return answer;
    }

    private <E extends Exception> void reach(String name, Loss<E> loss) throws E {
        if (asleep) {
            return;
        }
        passed.add(name);
        if (passed.size() - 1 != chosen) {
            return;
        }
        asleep = true;
        event.run();
        asleep = false;
        if (waking == Waking.CONNECTION_LOST) {
            throw loss.exception();
        }
    }
}
