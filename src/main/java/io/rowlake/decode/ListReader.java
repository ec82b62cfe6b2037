package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.decode.ValueForm.Elements;

/** Lists, whose length is checked where the source states it. */
record ListReader(ValueReader element, int length) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.BEGIN_LIST) {
            throw WrongValueException.expected("a list", tokens);
        }
        target.beginList();
        ValueAppender elements = target.element();
        int count = 0;
        try {
            count = element.readRun(tokens, elements);
            while (tokens.next() != Token.END_LIST) {
                element.read(tokens, elements);
                count += 1 + element.readRun(tokens, elements);
            }
        } catch (WrongValueException problem) {
            throw problem.atElement(count);
        }
        if (length != Elements.FREE && count != length) {
            throw new WrongValueException("must be a list of " + length + " elements but has " + count
                    + ": its shape is fixed, so leave the dimension free in the schema if it varies");
        }
        target.endList();
    }
}
