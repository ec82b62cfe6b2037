package io.rowlake.shape;

import io.rowlake.batch.ValueAppender;
import org.apache.arrow.vector.VarCharVector;

/** JSON texts as the texts of variants, which are the same but can't all be had. */
final class VariantConversion implements Conversion {

    private final JsonTexts texts;
    private final Conversion copy;

    VariantConversion(VarCharVector texts) {
        this.texts = new JsonTexts(texts);
        this.copy = ValueCopy.of(texts);
    }

    @Override
    public void append(int row, ValueAppender target) {
        if (!texts.isNull(row)) {
            texts.read(row, VariantRule::require);
        }
        copy.append(row, target);
    }
}
