package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import org.jspecify.annotations.Nullable;

/** Media cells, as the reference to where the media are. */
record MediaReader(Utf8Buffer scratch) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        scratch.clear();
        if (tokens.token() == Token.TEXT) {
            tokens.writeText(scratch);
        } else if (tokens.token() == Token.BEGIN_OBJECT) {
            scratch.text(reference(tokens));
        } else {
            throw WrongValueException.expected("the URL of a file, or an object with fileurl or localpath", tokens);
        }
        scratch.appendTo(target);
    }

    private static String reference(Tokens tokens) {
        @Nullable String fileurl = null;
        @Nullable String localpath = null;
        while (tokens.next() == Token.NAME) {
            String name = tokens.name();
            tokens.next();
            switch (name) {
                case "fileurl" -> fileurl = textOrNull(name, tokens);
                case "localpath" -> localpath = textOrNull(name, tokens);
                default -> tokens.skip();
            }
        }
        if (fileurl != null) {
            return fileurl;
        }
        if (localpath != null) {
            return "file://" + localpath;
        }
        throw new WrongValueException("must have a fileurl or a localpath but has neither: bytes alone cannot be"
                + " referenced, so store the media and send their fileurl");
    }

    private static @Nullable String textOrNull(String name, Tokens tokens) {
        if (tokens.token() == Token.NULL) {
            return null;
        }
        if (tokens.token() != Token.TEXT) {
            throw WrongValueException.expected("text", tokens).atField(name);
        }
        return tokens.text();
    }
}
