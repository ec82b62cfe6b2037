package io.rowlake.decode;

import io.rowlake.batch.ValueAppender;
import io.rowlake.decode.Tokens.Token;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.IsoTimes;
import java.time.DateTimeException;

/**
 * Times in ISO 8601, or as dates.
 *
 * @param idle what may stand at the end of a text and says nothing, perhaps empty
 */
record IsoTimeReader(Scalar type, String idle) implements ValueReader {

    @Override
    public void readPresent(Tokens tokens, ValueAppender target) {
        if (tokens.token() == Token.DATE) {
            target.appendLong(Times.ofDate(tokens, type));
            return;
        }
        if (tokens.token() != Token.TEXT) {
            throw wrong(tokens);
        }
        try {
            target.appendLong(IsoTimes.count(withoutIdle(tokens.text()), type));
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(tokens);
        }
    }

    private String withoutIdle(String text) {
        return text.endsWith(idle) ? text.substring(0, text.length() - idle.length()) : text;
    }

    private WrongValueException wrong(Tokens tokens) {
        return WrongValueException.expected(Times.expected(type), tokens);
    }
}
