package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;

/** Any value, as compact JSON text. */
record JsonReader(Utf8Buffer scratch) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        tokens.appendJson(target, scratch);
    }
}
