package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** Takes values of one form to a column of one type. Has no state of a value, so that it serves all rows. */
interface ValueReader {

    /** Appends the current value, which is not null, and goes to its end. Appends nothing, or a part, if it throws. */
    void readPresent(Tokens tokens, ValueAppender target);

    /**
     * Appends as many of the elements that come next in the current list as it can take at once, perhaps none.
     *
     * @return how many were appended
     */
    default int readRun(Tokens tokens, ValueAppender target) {
        return 0;
    }

    /**
     * Appends the current value, and goes to its end.
     *
     * @throws WrongValueException if the value doesn't fit the column
     */
    default void read(Tokens tokens, ValueAppender target) {
        if (tokens.token() == Token.NULL) {
            target.appendNull();
        } else {
            readPresent(tokens, target);
        }
    }
}
