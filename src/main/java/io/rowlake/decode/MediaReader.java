package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;

/** Media cells: the text of a fileurl, bytes, or an object of some of {@code fileurl}, {@code localpath}, {@code bytes}. */
record MediaReader(TextReader texts, BinaryReader bytes) implements ValueReader {

    private static final NameIndex NAMES =
            new NameIndex(MediaType.PARTS.fields().stream().map(Column::name).toList());

    MediaReader(Utf8Buffer scratch) {
        this(new TextReader(scratch), new BinaryReader());
    }

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        target.beginStruct();
        switch (tokens.token()) {
            case TEXT -> texts.read(tokens, target.field(MediaType.FILEURL));
            case BYTES -> bytes.read(tokens, target.field(MediaType.BYTES));
            case BEGIN_OBJECT -> readParts(tokens, target);
            default ->
                throw WrongValueException.expected(
                        "the URL of a file, or an object with fileurl, localpath or bytes", tokens);
        }
        target.endStruct();
    }

    private void readParts(Tokens tokens, ValueAppender target) {
        boolean anyPart = false;
        int part = NameIndex.NONE;
        while (tokens.next() == Token.NAME) {
            part = tokens.nameIn(NAMES, part + 1);
            tokens.next();
            if (part == NameIndex.NONE) {
                tokens.skip();
            } else {
                anyPart |= tokens.token() != Token.NULL;
                readPart(part, tokens, target);
            }
        }
        if (!anyPart) {
            throw new WrongValueException("must have a fileurl, a localpath or bytes but has none of them");
        }
    }

    private void readPart(int part, Tokens tokens, ValueAppender target) {
        if (target.isFieldSet(part)) {
            throw WrongValueException.repeated(NAMES.name(part));
        }
        ValueReader reader = MediaType.PARTS.fields().get(part).type() == Scalar.BINARY ? bytes : texts;
        try {
            reader.read(tokens, target.field(part));
        } catch (WrongValueException problem) {
            throw problem.atField(NAMES.name(part));
        }
    }
}
