package io.rowlake.shape;

import com.fasterxml.jackson.core.JsonParser;
import io.rowlake.batch.ValueAppender;
import io.rowlake.event.ColumnType.Scalar;
import java.io.IOException;

/** Texts that are JSON, as the values that they hold. */
record ParsedJsonConversion(JsonTexts texts, Scalar to) implements Conversion {

    @Override
    public void append(int row, ValueAppender target) {
        if (texts.isNull(row)) {
            target.appendNull();
        } else {
            texts.read(row, value -> appendCompact(value, target));
        }
    }

    /** White space would break the lines of files. */
    private void appendCompact(JsonParser value, ValueAppender target) throws IOException {
        if (value.currentToken() == null) {
            throw new MisfitException("must be JSON but was an empty text");
        }
        byte[] compact = JsonTexts.copy(value);
        if (value.nextToken() != null) {
            throw new MisfitException("must be one JSON value but goes on with " + JsonTexts.found(value));
        }
        VariantRule.append(compact, to, target);
    }
}
