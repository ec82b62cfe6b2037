package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** Text. */
record TextReader(Utf8Buffer scratch) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.TEXT) {
            throw WrongValueException.expected("text", tokens);
        }
        tokens.appendText(target, scratch);
    }
}
