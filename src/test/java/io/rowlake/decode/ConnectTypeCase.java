package io.rowlake.decode;

import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.SourceType.Field;
import io.rowlake.decode.SourceType.Kind;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Elements;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** A schema of Connect, the type it is to be translated to from whatever carrier, and the form of its values. */
public record ConnectTypeCase(Schema schema, SourceType type, ValueForm form) {

    private static final Atom JSON = new Atom(Scalar.JSON, Encoding.PLAIN);

    /** Every kind and every logical name that is known, and some that are not. */
    public static List<ConnectTypeCase> all() {
        var cases = new ArrayList<ConnectTypeCase>();
        cases.addAll(kinds());
        cases.addAll(nested());
        cases.addAll(connect());
        cases.addAll(pixeltable());
        cases.addAll(debezium());
        cases.addAll(debeziumTimes());
        return cases;
    }

    @Override
    public String toString() {
        return schema.type() + (schema.name() == null ? "" : " " + schema.name()) + " " + form;
    }

    private static List<ConnectTypeCase> kinds() {
        return List.of(
                plain(SchemaBuilder.int8(), Scalar.INT),
                plain(SchemaBuilder.int16(), Scalar.INT),
                plain(SchemaBuilder.int32().optional(), Scalar.INT),
                plain(SchemaBuilder.int64().doc("64 bits").version(3), Scalar.LONG),
                plain(SchemaBuilder.float32(), Scalar.FLOAT),
                plain(SchemaBuilder.float64(), Scalar.DOUBLE),
                plain(SchemaBuilder.bool().defaultValue(true), Scalar.BOOLEAN),
                plain(SchemaBuilder.string(), Scalar.STRING),
                plain(SchemaBuilder.bytes(), Scalar.BINARY),
                plain(SchemaBuilder.string().name("com.example.Name").parameter("length", "20"), Scalar.STRING));
    }

    private static List<ConnectTypeCase> nested() {
        Schema array = SchemaBuilder.array(
                        SchemaBuilder.array(Schema.FLOAT32_SCHEMA).build())
                .build();
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        Schema struct = SchemaBuilder.struct()
                .name("com.example.Box")
                .field("x", Schema.INT32_SCHEMA)
                .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .build();
        SourceType strings =
                new SourceType(Kind.ARRAY, Optional.empty(), Map.of(), List.of(), Optional.of(type(Kind.STRING)));
        return List.of(
                new ConnectTypeCase(array, arrayOf(arrayOf(type(Kind.FLOAT32))), free(free(atom(Scalar.FLOAT)))),
                new ConnectTypeCase(
                        map,
                        new SourceType(Kind.MAP, Optional.empty(), Map.of(), List.of(), Optional.of(type(Kind.INT64))),
                        JSON),
                new ConnectTypeCase(
                        struct,
                        new SourceType(
                                Kind.STRUCT,
                                Optional.of("com.example.Box"),
                                Map.of(),
                                List.of(new Field("x", type(Kind.INT32)), new Field("tags", strings)),
                                Optional.empty()),
                        new Members(List.of(
                                new SourceColumn("x", atom(Scalar.INT)),
                                new SourceColumn("tags", free(atom(Scalar.STRING)))))),
                new ConnectTypeCase(SchemaBuilder.struct().build(), type(Kind.STRUCT), JSON));
    }

    private static List<ConnectTypeCase> connect() {
        Schema priced =
                Decimal.builder(2).parameter("connect.decimal.precision", "10").build();
        // Oracle's NUMBER(2, 5) has digits after the point only.
        Schema fraction =
                Decimal.builder(5).parameter("connect.decimal.precision", "2").build();
        Schema wide =
                Decimal.builder(30).parameter("connect.decimal.precision", "65").build();
        return List.of(
                logical(Decimal.schema(4), new DecimalType(38, 4), Encoding.UNSCALED_BYTES),
                logical(priced, new DecimalType(10, 2), Encoding.UNSCALED_BYTES),
                logical(fraction, new DecimalType(5, 5), Encoding.UNSCALED_BYTES),
                logical(wide, new DecimalType(38, 30), Encoding.UNSCALED_BYTES),
                logical(Timestamp.SCHEMA, Scalar.TIMESTAMP, Encoding.EPOCH_MILLIS),
                logical(Date.SCHEMA, Scalar.DATE, Encoding.EPOCH_DAYS),
                logical(Time.SCHEMA, Scalar.TIME, Encoding.MILLIS_OF_DAY),
                named(SchemaBuilder.string(), Decimal.LOGICAL_NAME, Scalar.STRING, Encoding.PLAIN));
    }

    private static List<ConnectTypeCase> pixeltable() {
        return List.of(
                named(SchemaBuilder.string(), "pixeltable.Json", Scalar.JSON, Encoding.JSON_TEXT),
                named(SchemaBuilder.int64(), "pixeltable.Json", Scalar.JSON, Encoding.PLAIN),
                named(SchemaBuilder.struct(), "pixeltable.Json", Scalar.JSON, Encoding.PLAIN),
                media(SchemaBuilder.string(), "pixeltable.Image"),
                media(SchemaBuilder.struct(), "pixeltable.Video"),
                media(SchemaBuilder.string(), "pixeltable.Audio"),
                media(SchemaBuilder.string(), "pixeltable.Document"),
                named(SchemaBuilder.bytes(), "pixeltable.Image", Scalar.BINARY, Encoding.PLAIN),
                named(SchemaBuilder.string(), "pixeltable.UUID", Scalar.UUID, Encoding.PLAIN),
                named(SchemaBuilder.bytes(), "pixeltable.Array", Scalar.BINARY, Encoding.PLAIN),
                element(SchemaBuilder.float64(), "float32", Scalar.FLOAT),
                element(SchemaBuilder.string(), "str", Scalar.STRING),
                array("[4]", "float32", new Elements(atom(Scalar.FLOAT), 4)),
                array("[null]", "uint64", free(atom(new DecimalType(20, 0)))),
                array("null", "int8", free(atom(Scalar.INT))));
    }

    private static List<ConnectTypeCase> debezium() {
        Schema variable = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        SourceType variableType = new SourceType(
                Kind.STRUCT,
                Optional.of("io.debezium.data.VariableScaleDecimal"),
                Map.of(),
                List.of(new Field("scale", type(Kind.INT32)), new Field("value", type(Kind.BYTES))),
                Optional.empty());
        return List.of(
                named(SchemaBuilder.string(), "io.debezium.data.Json", Scalar.JSON, Encoding.JSON_TEXT),
                named(SchemaBuilder.string(), "io.debezium.data.Uuid", Scalar.UUID, Encoding.PLAIN),
                named(SchemaBuilder.string(), "io.debezium.data.Enum", Scalar.STRING, Encoding.PLAIN),
                named(SchemaBuilder.string(), "io.debezium.data.EnumSet", Scalar.STRING, Encoding.PLAIN),
                named(SchemaBuilder.string(), "io.debezium.data.Xml", Scalar.STRING, Encoding.PLAIN),
                named(SchemaBuilder.bytes(), "io.debezium.data.Bits", Scalar.BINARY, Encoding.PLAIN),
                vector("io.debezium.data.FloatVector", Schema.FLOAT32_SCHEMA, Kind.FLOAT32, Scalar.FLOAT),
                vector("io.debezium.data.DoubleVector", Schema.FLOAT64_SCHEMA, Kind.FLOAT64, Scalar.DOUBLE),
                new ConnectTypeCase(variable, variableType, new Atom(Scalar.STRING, Encoding.VARIABLE_SCALE)));
    }

    private static List<ConnectTypeCase> debeziumTimes() {
        return List.of(
                time(SchemaBuilder.int64(), "Timestamp", Scalar.LOCAL_TIMESTAMP, Encoding.EPOCH_MILLIS),
                time(SchemaBuilder.int64(), "MicroTimestamp", Scalar.LOCAL_TIMESTAMP, Encoding.EPOCH_MICROS),
                time(SchemaBuilder.int64(), "NanoTimestamp", Scalar.LOCAL_TIMESTAMP_NANO, Encoding.EPOCH_NANOS),
                time(SchemaBuilder.string(), "IsoTimestamp", Scalar.LOCAL_TIMESTAMP, Encoding.ISO_UTC),
                time(SchemaBuilder.string(), "ZonedTimestamp", Scalar.TIMESTAMP, Encoding.PLAIN),
                time(SchemaBuilder.int32(), "Date", Scalar.DATE, Encoding.EPOCH_DAYS),
                time(SchemaBuilder.string(), "IsoDate", Scalar.DATE, Encoding.ISO_UTC),
                time(SchemaBuilder.int32(), "Time", Scalar.TIME, Encoding.MILLIS_OF_DAY),
                time(SchemaBuilder.int64(), "MicroTime", Scalar.TIME, Encoding.MICROS_OF_DAY),
                time(SchemaBuilder.int64(), "NanoTime", Scalar.TIME, Encoding.NANOS_OF_DAY),
                time(SchemaBuilder.string(), "IsoTime", Scalar.TIME, Encoding.ISO_UTC),
                time(SchemaBuilder.string(), "ZonedTime", Scalar.STRING, Encoding.PLAIN),
                time(SchemaBuilder.string(), "Interval", Scalar.STRING, Encoding.PLAIN),
                time(SchemaBuilder.int64(), "MicroDuration", Scalar.LONG, Encoding.PLAIN),
                time(SchemaBuilder.int32(), "Year", Scalar.INT, Encoding.PLAIN));
    }

    private static ConnectTypeCase time(SchemaBuilder schema, String name, ColumnType column, Encoding encoding) {
        return named(schema, "io.debezium.time." + name, column, encoding);
    }

    private static ConnectTypeCase plain(SchemaBuilder schema, ColumnType column) {
        return logical(schema.build(), column, Encoding.PLAIN);
    }

    private static ConnectTypeCase named(SchemaBuilder schema, String name, ColumnType column, Encoding encoding) {
        return logical(schema.name(name).version(1).build(), column, encoding);
    }

    private static ConnectTypeCase media(SchemaBuilder schema, String name) {
        return logical(schema.name(name).version(1).build(), new MediaType(), Encoding.MEDIA);
    }

    private static ConnectTypeCase logical(Schema schema, ColumnType column, Encoding encoding) {
        SourceType type = new SourceType(
                Kind.valueOf(schema.type().name()),
                Optional.ofNullable(schema.name()),
                schema.parameters() == null ? Map.of() : schema.parameters(),
                List.of(),
                Optional.empty());
        return new ConnectTypeCase(schema, type, new Atom(column, encoding));
    }

    private static ConnectTypeCase array(String shape, String dtype, ValueForm form) {
        Schema schema = SchemaBuilder.array(Schema.INT64_SCHEMA)
                .name("pixeltable.Array")
                .parameter("shape", shape)
                .parameter("numpy_dtype", dtype)
                .build();
        SourceType type = new SourceType(
                Kind.ARRAY,
                Optional.of("pixeltable.Array"),
                Map.of("shape", shape, "numpy_dtype", dtype),
                List.of(),
                Optional.of(type(Kind.INT64)));
        return new ConnectTypeCase(schema, type, form);
    }

    /** An array without dimensions. */
    private static ConnectTypeCase element(SchemaBuilder schema, String dtype, ColumnType column) {
        return logical(
                schema.name("pixeltable.Array")
                        .parameter("shape", "[]")
                        .parameter("numpy_dtype", dtype)
                        .build(),
                column,
                Encoding.PLAIN);
    }

    private static ConnectTypeCase vector(String name, Schema element, Kind kind, ColumnType column) {
        SourceType type = new SourceType(Kind.ARRAY, Optional.of(name), Map.of(), List.of(), Optional.of(type(kind)));
        return new ConnectTypeCase(
                SchemaBuilder.array(element).name(name).version(1).build(), type, free(atom(column)));
    }

    private static SourceType arrayOf(SourceType element) {
        return new SourceType(Kind.ARRAY, Optional.empty(), Map.of(), List.of(), Optional.of(element));
    }

    private static SourceType type(Kind kind) {
        return new SourceType(kind, Optional.empty(), Map.of(), List.of(), Optional.empty());
    }

    private static ValueForm free(ValueForm element) {
        return new Elements(element, Elements.FREE);
    }

    private static Atom atom(ColumnType type) {
        return new Atom(type, Encoding.PLAIN);
    }
}
