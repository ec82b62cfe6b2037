package io.rowlake.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The decisions of one schedule, drawn or given, and noted as they are made. Zero is always the harmless one, so that a
 * schedule is simpler the more of it is zero or missing.
 */
public final class Choices {

    private static final int RARELY = 6;

    private final List<Integer> given;
    private final Optional<Random> random;
    private final List<Choice> made = new ArrayList<>();

    /** One decision: the way that was taken, and how many there were. */
    record Choice(int value, int bound) {}

    private Choices(List<Integer> given, Optional<Random> random) {
        this.given = given;
        this.random = random;
    }

    static Choices seeded(long seed) {
        return new Choices(List.of(), Optional.of(new Random(seed)));
    }

    /** The given decisions, and then the harmless ones. */
    static Choices given(List<Integer> given) {
        return new Choices(given, Optional.empty());
    }

    /** One of so many ways. */
    public int of(int bound) {
        int drawn = random.isPresent() ? random.get().nextInt(bound) : given(bound);
        return made(drawn, bound);
    }

    /** One of so many ways, the first of them most of the time. */
    public int rarely(int bound) {
        int drawn = given(bound);
        if (random.isPresent()) {
            Random dice = random.get();
            drawn = dice.nextInt(RARELY) == 0 ? dice.nextInt(bound) : 0;
        }
        return made(drawn, bound);
    }

    /** What was decided so far. */
    List<Choice> made() {
        return List.copyOf(made);
    }

    private int given(int bound) {
        int index = made.size();
        return index < given.size() ? Math.min(given.get(index), bound - 1) : 0;
    }

    private int made(int value, int bound) {
        made.add(new Choice(value, bound));
        return value;
    }
}
