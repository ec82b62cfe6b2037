package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.TableSchema;
import io.rowlake.sink.IncompatibleSchemaException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types that not every table can have. */
class FormatRuleTest extends LakeTest {

    @ParameterizedTest
    @EnumSource(names = {"TIMESTAMP_NANO", "LOCAL_TIMESTAMP_NANO"})
    void nanosecondsNeedVersionThree(Scalar type) {
        assertThatCode(() -> FormatRule.requireTypes("t", 3, one(type))).doesNotThrowAnyException();
        assertThatThrownBy(() -> FormatRule.requireTypes("t", 2, one(type)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot write to table 't': column 'a' is " + type
                        + ", which needs iceberg.format.version=3, but the table's is 2");
    }

    @Test
    void theRuleHoldsInsideOfListsAndStructs() {
        var nested = new ListType(new StructType(List.of(new Column("at", Scalar.TIMESTAMP_NANO))));

        assertThatThrownBy(() -> FormatRule.requireTypes("t", 2, one(nested)))
                .hasMessageStartingWith("Cannot write to table 't': column 'a.element.at' is ");
    }

    @Test
    void aRefusedTypeLeavesNoTableBehind() {
        IcebergSink sink = opened(lake.sink(), IMAGES);

        assertThatThrownBy(() -> sink.reconcile(one(Scalar.VARIANT)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessage("Cannot write to table 'lake.images': column 'a' is " + Scalar.VARIANT
                        + ", which this version writes to no Iceberg table; it has to be given another type, such as"
                        + " json");
        assertThat(lake.hasTable()).isFalse();
    }

    @Test
    void aColumnThatATableOfVersionTwoCannotHaveIsNotAdded() {
        IcebergSink sink = opened(lake.sink(), IMAGES);
        commit(sink, IMAGES, 0);

        assertThatThrownBy(() -> sink.reconcile(one(Scalar.TIMESTAMP_NANO)))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageStartingWith("Cannot write to table 'lake.images': column 'a' is ")
                .hasMessageEndingWith("which needs iceberg.format.version=3, but the table's is 2");
    }

    private static TableSchema one(ColumnType type) {
        return new TableSchema(List.of(new Column("a", type)), List.of());
    }
}
