package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** A text that holds JSON, as compact JSON text. */
record JsonTextReader(Utf8Buffer scratch) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.TEXT) {
            throw WrongValueException.expected("a text that holds JSON", tokens);
        }
        scratch.clear();
        tokens.writeText(scratch);
        byte[] json = scratch.toBytes();
        scratch.clear();
        try (var inner = new JsonTokens(new JsonBlock(json, 0, json.length), "its text")) {
            inner.next();
            CompactJson.write(inner, scratch);
            if (inner.next() != Token.END) {
                throw WrongValueException.expected("a text that holds one JSON value", tokens);
            }
        } catch (BadEventException problem) {
            throw new WrongValueException("must hold JSON: " + problem.getMessage());
        }
        scratch.appendTo(target);
    }
}
