package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;

/** Media cells: the text of a fileurl, bytes, or an object of some of {@code fileurl}, {@code localpath}, {@code bytes}. */
record MediaReader(TextReader texts, BinaryReader bytes) implements ValueReader {

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
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            int part = part(name);
            tokens.next();
            if (part < 0) {
                tokens.skip();
            } else {
                anyPart |= tokens.token() != Token.NULL;
                readPart(part, name, tokens, target);
            }
        }
        if (!anyPart) {
            throw new WrongValueException("must have a fileurl, a localpath or bytes but has none of them");
        }
    }

    private void readPart(int part, String name, Tokens tokens, ValueAppender target) {
        ValueReader reader = MediaType.PARTS.fields().get(part).type() == Scalar.BINARY ? bytes : texts;
        try {
            reader.read(tokens, target.field(part));
        } catch (WrongValueException problem) {
            throw problem.atField(name);
        }
    }

    private static int part(String name) {
        return switch (name) {
            case "fileurl" -> MediaType.FILEURL;
            case "localpath" -> MediaType.LOCALPATH;
            case "bytes" -> MediaType.BYTES;
            default -> -1;
        };
    }
}
