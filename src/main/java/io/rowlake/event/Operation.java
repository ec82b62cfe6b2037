package io.rowlake.event;

import java.util.Optional;

/** What a change does to its row. The letters are those of the envelope's {@code op}. */
public enum Operation {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    DELETE('d'),
    TRUNCATE('t');

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
        for (Operation operation : values()) {
            if (op.length() == 1 && op.charAt(0) == operation.letter) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
