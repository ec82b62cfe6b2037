package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NumberConversionTest {

    private static final int EXACT_MAX = 1 << 24;

    private final BatchMemory memory = new BatchMemory();
    private final ChangeBatch batch = Batches.of(
                    memory, new TableSchema(List.of(new Column("n", Scalar.INT)), List.of()))
            .row(new SourcePosition(new SourcePartition("images", 0), 0), Operation.CREATE, EXACT_MAX)
            .row(new SourcePosition(new SourcePartition("images", 0), 1), Operation.CREATE, EXACT_MAX + 1)
            .build();

    @AfterEach
    void nothingIsLeaked() {
        batch.close();
        memory.close();
    }

    @Test
    void aWholeNumberLosesNoDigitInAFloat() {
        var target = batch.newColumn(new Column("n", Scalar.FLOAT));
        var conversion = new NumberConversion(batch.vector(0), Scalar.FLOAT);

        conversion.append(0, target.values());

        assertThat(target.count()).isEqualTo(1);
        assertThatThrownBy(() -> conversion.append(1, target.values()))
                .hasMessage(" must be a whole number that a float holds exactly but was 16777217");
    }
}
