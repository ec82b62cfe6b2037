package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;

/** Structs: the i-th field of the source goes to the field of the column at {@code targets[i]}. */
final class StructReader implements ValueReader {

    private final NameIndex names;
    private final ValueReader[] readers;
    private final int[] targets;

    StructReader(NameIndex names, ValueReader[] readers, int[] targets) {
        this.names = names;
        this.readers = readers;
        this.targets = targets;
    }

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() != Token.BEGIN_OBJECT) {
            throw WrongValueException.expected("an object", tokens);
        }
        target.beginStruct();
        int field = -1;
        while (tokens.next() == Token.NAME) {
            field = tokens.nameIn(names, field + 1);
            if (field < 0) {
                throw new WrongValueException(
                        "must not have the field " + Found.quoted(tokens.name()) + ", which is not in its schema");
            }
            if (target.isFieldSet(targets[field])) {
                throw WrongValueException.repeated(names.name(field));
            }
            tokens.next();
            readField(field, tokens, target);
        }
        target.endStruct();
    }

    private void readField(int field, Tokens tokens, ValueAppender target) {
        try {
            readers[field].read(tokens, target.field(targets[field]));
        } catch (WrongValueException problem) {
            throw problem.atField(names.name(field));
        }
    }
}
