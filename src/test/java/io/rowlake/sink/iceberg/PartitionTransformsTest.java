package io.rowlake.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.sink.SinkException;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.BinaryType;
import org.apache.iceberg.types.Types.DateType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.StructType;
import org.apache.iceberg.types.Types.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTransformsTest {

    private static final String FORMS = "column, identity(column), year(column), month(column), day(column),"
            + " hour(column), bucket(number, column), truncate(number, column), void(column)";
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "id", LongType.get()),
            NestedField.optional(2, "name", StringType.get()),
            NestedField.optional(3, "ts", TimestampType.withZone()),
            NestedField.optional(4, "day", DateType.get()),
            NestedField.optional(5, "image", BinaryType.get()),
            NestedField.optional(6, "place", StructType.of(NestedField.optional(7, "zip", StringType.get()))),
            NestedField.optional(8, "a-b c", StringType.get()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id | id:identity",
                "identity(name) | name:identity",
                "bucket(16, id) | id_bucket:bucket[16]",
                "BUCKET ( 16 , id ) | id_bucket:bucket[16]",
                "truncate(10,name) | name_trunc:truncate[10]",
                "year(ts) | ts_year:year",
                "years(ts) | ts_year:year",
                "month(day) | day_month:month",
                "days(ts) | ts_day:day",
                "hour(ts) | ts_hour:hour",
                "void(id) | id_null:void",
                "place.zip | place.zip:identity",
                "a-b c | a-b c:identity",
                "days(ts), bucket(4, id), name | ts_day:day; id_bucket:bucket[4]; name:identity"
            })
    void transformsAreRead(String text, String fields) {
        var spec = PartitionTransforms.parse(text).spec(SCHEMA);

        assertThat(spec.fields().stream().map(PartitionTransformsTest::text).toList())
                .isEqualTo(List.of(fields.split("; ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void noTextIsNoPartition(String text) {
        assertThat(PartitionTransforms.parse(text).spec(SCHEMA).isUnpartitioned())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "week(ts)",
                "bucket(id)",
                "bucket(id, 4)",
                "day(3, ts)",
                "day(ts",
                "day()",
                "id,",
                ",",
                "day ts)",
                "day(ts) id"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> PartitionTransforms.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Partition must be one of " + FORMS + " but was '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket(0, id)", "truncate(99999999999, name)"})
    void numbersHaveARange(String text) {
        assertThatThrownBy(() -> PartitionTransforms.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Number in partition '" + text + "' must be 1 to 2147483647");
    }

    @Test
    void oneTransformIsNotGivenTwice() {
        assertThatThrownBy(() -> PartitionTransforms.parse("day(ts), id, days(ts)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Partition 'days(ts)' occurs twice");
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> PartitionTransforms.parse("day(when)").spec(SCHEMA))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot partition by 'when': the table has no such column, only id, name, ts, day, image,"
                        + " place, a-b c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"day(name)", "hour(day)", "truncate(4, ts)", "place", "bucket(4, place)", "year(id)"})
    void aTransformThatDoesNotSuitTheTypeIsRefused(String text) {
        assertThatThrownBy(() -> PartitionTransforms.parse(text).spec(SCHEMA))
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("Cannot partition by ");
    }

    @Test
    void theColumnThatDoesNotSuitIsNamed() {
        assertThatThrownBy(() -> PartitionTransforms.parse("id, day(name)").spec(SCHEMA))
                .isInstanceOf(SinkException.class)
                .hasMessage("Cannot partition by day of column 'name', which is string:"
                        + " Invalid source type string for transform: day");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "days(ts), bucket(4, id), place.zip | true",
                "bucket(4, id), days(ts), place.zip | false",
                "days(ts), bucket(8, id), place.zip | false",
                "days(ts) | false"
            })
    void whatIsWantedIsComparedWithWhatATableHas(String text, boolean agree) {
        PartitionSpec spec = PartitionSpec.builderFor(SCHEMA)
                .day("ts")
                .bucket("id", 4)
                .identity("place.zip")
                .build();

        assertThat(PartitionTransforms.parse(text).agreeWith(spec)).isEqualTo(agree);
    }

    private static String text(PartitionField field) {
        return field.name() + ":" + field.transform();
    }
}
