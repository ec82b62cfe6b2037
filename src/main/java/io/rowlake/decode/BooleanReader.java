package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** True and false. */
record BooleanReader() implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.BOOLEAN) {
            throw WrongValueException.expected("true or false", tokens);
        }
        target.appendBoolean(tokens.booleanValue());
    }
}
