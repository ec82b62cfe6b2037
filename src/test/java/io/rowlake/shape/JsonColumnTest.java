package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JsonColumnTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("meta", Scalar.JSON)), List.of());

    private final BatchMemory memory = new BatchMemory();
    private final JsonColumn column = new JsonColumn("meta", Optional.empty());

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    @Test
    void aKeyTakesItsPlaceWhenAValueOfItHasAType() {
        learn("{\"b\":1,\"a\":null}");
        learn("{\"b\":1,\"a\":2}");

        assertThat(type()).isEqualTo("struct<b: long, a: long>");
    }

    @Test
    void keysComeInTheOrderOfTheirCodePoints() {
        learn("{\"𝔘\":1,\"\uFFFD\":2}");

        assertThat(type()).isEqualTo("struct<\uFFFD: long, 𝔘: long>");
    }

    @Test
    void textsNamesAndNumbersMayBeLong() {
        String name = "n".repeat(60_000);

        learn("{\"" + name + "\":\"" + "x".repeat(21_000_000) + "\",\"z\":0." + "1".repeat(1_100) + "}");

        assertThat(type()).isEqualTo("struct<" + name + ": string, z: double>");
    }

    @Test
    void aBadRowLeavesNoTrace() {
        learn("{\"a\":1}");
        learn("{\"b\":[{\"c\":1}],\"d\":0.5,\"a\":\"x\"}");

        assertThat(type()).isEqualTo("struct<a: long>");
    }

    private String type() {
        return column.type().orElseThrow().toString();
    }

    private void learn(String text) {
        try (ChangeBatch batch = Batches.of(memory, SCHEMA)
                .row(new SourcePosition(IMAGES, 0), Operation.CREATE, text)
                .build()) {
            column.learn(batch, 0, new BadRows(batch));
        }
    }
}
