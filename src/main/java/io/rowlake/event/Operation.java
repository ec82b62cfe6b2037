package io.rowlake.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change does to its row. The letters are those of the envelope's {@code op}. */
public enum Operation {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    DELETE('d'),
    TRUNCATE('t');

    private static final Map<Character, Operation> BY_LETTER =
            Arrays.stream(values()).collect(Collectors.toMap(Operation::letter, operation -> operation));

    private final char letter;

    Operation(char letter) {
        this.letter = letter;
    }

    public char letter() {
        return letter;
    }

    /** Whether the change carries the row as it is after it. */
    public boolean hasAfterImage() {
        return switch (this) {
            case CREATE, READ, UPDATE -> true;
            case DELETE, TRUNCATE -> false;
        };
    }

    /** The operation of an envelope's {@code op}, empty if the text is none of the five letters. */
    public static Optional<Operation> of(String op) {
        return op.length() == 1 ? of(op.charAt(0)) : Optional.empty();
    }

    /** The operation of a letter, empty if it is none of the five. */
    public static Optional<Operation> of(char letter) {
        return Optional.ofNullable(BY_LETTER.get(letter));
    }
}
