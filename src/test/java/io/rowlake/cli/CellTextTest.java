package io.rowlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.variants.ShreddedObject;
import org.apache.iceberg.variants.ValueArray;
import org.apache.iceberg.variants.Variant;
import org.apache.iceberg.variants.VariantMetadata;
import org.apache.iceberg.variants.Variants;
import org.junit.jupiter.api.Test;

final class CellTextTest {

    @Test
    void aVariantIsShownAsItsParts() {
        VariantMetadata keys = Variants.metadata(List.of("a", "b", "c"));
        ValueArray list = Variants.array();
        IntStream.range(0, 6).forEach(number -> list.add(Variants.of((byte) number)));
        ShreddedObject object = Variants.object(keys);
        object.put("a", list);
        object.put("b", Variants.ofNull());
        object.put("c", Variants.of("x"));

        assertThat(CellText.of(Variant.of(keys, object))).isEqualTo("{a: [0, 1, 2, 3, …6], b: -, c: x}");
    }
}
