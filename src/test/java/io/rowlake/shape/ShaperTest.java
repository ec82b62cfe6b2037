package io.rowlake.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.Batches;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.MediaType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import io.rowlake.event.MalformedEventsException;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import io.rowlake.shape.MediaSettings.Readers;
import io.rowlake.shape.ShapeSettings.FloatWidth;
import io.rowlake.shape.ShapeSettings.JsonMode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ShaperTest {

    private static final SourcePartition IMAGES = new SourcePartition("images", 0);
    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    private final BatchMemory memory = new BatchMemory();

    @AfterEach
    void nothingIsLeaked() {
        memory.close();
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                to(Scalar.LONG, "int", List.of(5L, -5L), "5, -5"),
                to(Scalar.LONG, "double", List.of(1L << 53), "9.007199254740992E15"),
                to(Scalar.INT, "long", List.of(7), "7"),
                to(Scalar.LONG, "decimal(21, 2)", List.of(Long.MIN_VALUE), "-9223372036854775808.00"),
                to(Scalar.LONG, "string", Arrays.asList(12L, null), "12, null"),
                to(Scalar.DOUBLE, "float", List.of(0.1, Double.NaN, Double.NEGATIVE_INFINITY), "0.1, NaN, -Infinity"),
                to(Scalar.DOUBLE, "long", List.of(3.0), "3"),
                to(Scalar.DOUBLE, "decimal(4, 2)", List.of(0.1), "0.10"),
                to(Scalar.FLOAT, "double", List.of(0.5f), "0.5"),
                to(new DecimalType(6, 2), "decimal(8, 3)", List.of(new BigDecimal("12.34")), "12.340"),
                to(new DecimalType(6, 2), "double", List.of(new BigDecimal("12.34")), "12.34"),
                to(new DecimalType(6, 2), "int", List.of(new BigDecimal("12.00")), "12"),
                to(new DecimalType(6, 2), "string", List.of(new BigDecimal("12.00")), "12.00"),
                to(Scalar.BOOLEAN, "string", List.of(true), "true"),
                to(Scalar.DATE, "string", List.of(-1), "1969-12-31"),
                to(Scalar.TIME, "string", List.of(1_000_000L), "00:00:01"),
                to(Scalar.TIMESTAMP, "string", List.of(-1L), "1969-12-31T23:59:59.999999Z"),
                to(Scalar.LOCAL_TIMESTAMP_NANO, "string", List.of(1L), "1970-01-01T00:00:00.000000001"),
                to(Scalar.TIMESTAMP_NANO, "string", List.of(1L), "1970-01-01T00:00:00.000000001Z"),
                to(Scalar.LOCAL_TIMESTAMP, "string", List.of(0L), "1970-01-01T00:00"),
                to(Scalar.UUID, "string", List.of(ID), ID.toString()),
                to(Scalar.STRING, "uuid", Arrays.asList(ID.toString(), null), "uuid " + ID + ", null"),
                to(Scalar.TIMESTAMP, "timestamptz_ns", List.of(-1L), "-1000"),
                to(Scalar.LOCAL_TIMESTAMP_NANO, "timestamp", List.of(-1000L), "1969-12-31T23:59:59.999999"),
                to(
                        new ListType(Scalar.DOUBLE),
                        "list<float>",
                        List.of(Arrays.asList(0.5, null), List.of()),
                        "[0.5,null], []"),
                to(
                        new StructType(List.of(new Column("x", Scalar.LONG))),
                        "struct<y: string, x: int>",
                        Arrays.asList(List.of(1L), null),
                        "{\"x\":1}, null"));
    }

    private static Arguments to(ColumnType from, String to, List<?> values, String expected) {
        return Arguments.of(from, to, values, expected);
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void anOverrideTakesValuesToItsType(ColumnType from, String to, List<?> values, String expected) {
        Shaper shaper = new Shaper(settings("c:" + to));

        assertThat(shaped(shaper, from, values)).isEqualTo(expected);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                to(
                        Scalar.LONG,
                        "int",
                        List.of(1L, 1L << 31),
                        "@1: column 'c' must be a whole number of 32 bits but was 2147483648"),
                to(
                        Scalar.LONG,
                        "double",
                        List.of((1L << 53) + 1),
                        "@0: column 'c' must be a whole number that a double holds exactly but was 9007199254740993"),
                to(Scalar.DOUBLE, "float", List.of(1e39), "@0: column 'c' must be a number of 32 bits but was 1.0E39"),
                to(Scalar.DOUBLE, "long", List.of(1.5), "@0: column 'c' must be a whole number of 64 bits but was 1.5"),
                to(
                        Scalar.DOUBLE,
                        "int",
                        List.of(Double.NaN),
                        "@0: column 'c' must be a whole number of 32 bits but was NaN"),
                to(
                        Scalar.DOUBLE,
                        "decimal(4, 1)",
                        List.of(0.25),
                        "@0: column 'c' must be a number that decimal(4, 1) holds exactly but was 0.25"),
                to(
                        Scalar.LONG,
                        "decimal(2, 0)",
                        List.of(100L),
                        "@0: column 'c' must be a number that decimal(2, 0) holds exactly but was 100"),
                to(
                        Scalar.STRING,
                        "uuid",
                        List.of("hello"),
                        "@0: column 'c' must be a UUID such as 123e4567-e89b-12d3-a456-426614174000 but was 'hello'"));
    }

    static Stream<Arguments> misfitsOfTimesAndParts() {
        return Stream.of(
                to(
                        Scalar.TIMESTAMP_NANO,
                        "timestamptz",
                        List.of(-1L),
                        "@0: column 'c' must be a time in whole microseconds but has the nanoseconds 999,"
                                + " which the column can't hold: a new table of iceberg.format.version=3 can, as"
                                + " timestamp_ns"),
                to(
                        Scalar.TIMESTAMP,
                        "timestamptz_ns",
                        List.of(Long.MAX_VALUE),
                        "@0: column 'c' must be a time from 1677 to 2262, as timestamp_ns holds, but was"
                                + " 9223372036854775807 microseconds after 1970"),
                to(
                        new ListType(new StructType(List.of(new Column("x", Scalar.LONG)))),
                        "list<struct<x: int>>",
                        List.of(List.of(List.of(1L), List.of(1L << 40))),
                        "@0: column 'c[1].x' must be a whole number of 32 bits but was 1099511627776"));
    }

    @ParameterizedTest
    @MethodSource({"misfits", "misfitsOfTimesAndParts"})
    void aValueThatDoesNotFitIsNamedWithColumnAndType(ColumnType from, String to, List<?> values, String expected) {
        Shaper shaper = new Shaper(settings("c:" + to));

        assertThatThrownBy(() -> shaped(shaper, from, values))
                .isInstanceOf(MalformedEventsException.class)
                .message()
                .startsWith(
                        "Cannot decode event at images-0" + expected + " (schema.overrides gives the column the type ");
    }

    @Test
    void allBadRowsOfABatchAreFound() {
        Shaper shaper = new Shaper(settings("c:int"));

        assertThatThrownBy(() -> shaped(shaper, Scalar.LONG, List.of(1L << 40, 1L, 1L << 41)))
                .isInstanceOfSatisfying(
                        MalformedEventsException.class,
                        bad -> assertThat(bad.events())
                                .extracting(event -> event.position().offset())
                                .containsExactly(0L, 2L));
    }

    @Test
    void aTypeThatValuesCannotBeTakenToIsRefusedBeforeThereAreAny() {
        Shaper shaper = new Shaper(settings("c:long"));

        assertThatThrownBy(() -> shaper.plan(schema(Scalar.STRING), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schema.overrides must give column 'c' a type that its values can be taken to but gives"
                        + " string the type long");
    }

    @Test
    void aColumnThatDoesNotChangeIsHandedOn() {
        ChangeBatch batch = batch(schema(Scalar.STRING), List.of("a"));
        FieldVector vector = batch.vector(0);

        try (ChangeBatch shaped =
                new Shaper(ShapeSettings.plain()).apply(batch, Optional.empty(), UnaryOperator.identity())) {
            assertThat(shaped.vector(0)).isSameAs(vector);
        }
    }

    @Test
    void doublesBecomeAsWideAsTheTableIsWhateverTheSettingsSay() {
        var floats = new ShapeSettings(JsonMode.STRING, FloatWidth.FLOAT, TypeOverrides.NONE, MediaSettings.plain());

        assertThat(new Shaper(floats).plan(schema(Scalar.DOUBLE), Optional.empty()))
                .isEqualTo(schema(Scalar.FLOAT));
        ChangeBatch batch = batch(schema(Scalar.DOUBLE), List.of(0.1));
        try (ChangeBatch shaped = new Shaper(floats).apply(batch, Optional.empty(), any -> schema(Scalar.DOUBLE))) {
            assertThat(shaped.vector(0).getObject(0)).isEqualTo(0.1);
        }
    }

    static Stream<Arguments> media() {
        String url = "s3://example-bucket/a.jpg";
        return Stream.of(
                Arguments.of("fileurl", "", part(url, "/x/a.jpg", null), url),
                Arguments.of("fileurl", "", part(null, "/x y/ä.jpg", null), "file:///x%20y/%C3%A4.jpg"),
                Arguments.of("localpath", "", part(url, "/x/a.jpg", null), "/x/a.jpg"),
                Arguments.of("localpath", "", part("file:///x%20y/a.jpg", null, null), "/x y/a.jpg"),
                Arguments.of("fileurl, c:localpath", "", part(url, "/x/a.jpg", null), "/x/a.jpg"),
                Arguments.of(
                        "fileurl",
                        "file:///mnt/ -> s3://example-bucket/",
                        part("file:///mnt/b/a.jpg", null, null),
                        "s3://example-bucket/b/a.jpg"),
                Arguments.of(
                        "fileurl",
                        "/mnt -> s3://example-bucket",
                        part("file:///mnt/a.jpg", null, null),
                        "s3://example-bucket/a.jpg"),
                Arguments.of("localpath", "/mnt->/data,/->/other", part(null, "/mnt/a.jpg", null), "/data/a.jpg"),
                Arguments.of("fileurl", "", null, "null"));
    }

    @ParameterizedTest
    @MethodSource("media")
    void mediaBecomeReferences(String reference, String rewrite, @Nullable List<?> value, String expected) {
        Shaper shaper = new Shaper(media(reference, rewrite));

        assertThat(shaped(shaper, new MediaType(), Arrays.asList((Object) value)))
                .isEqualTo(expected);
    }

    @Test
    void mediaUrlsAreTakenAsTheyAreWhereNobodyElseReadsThem() {
        assertThat(shaped(
                        new Shaper(ShapeSettings.plain()),
                        new MediaType(),
                        Arrays.asList(part("file:///a", null, null), null, part("s3://example-bucket/b", "/b", null))))
                .isEqualTo("file:///a, null, s3://example-bucket/b");
    }

    @Test
    void mediaBecomeTheirBytes() {
        Shaper shaper = new Shaper(media("inline", ""));
        byte[] bytes = {1, 2, 3};

        ChangeBatch batch = batch(schema(new MediaType()), List.of(part(null, null, bytes)));
        try (ChangeBatch shaped = shaper.apply(batch, Optional.empty(), UnaryOperator.identity())) {
            assertThat(shaped.schema()).isEqualTo(schema(Scalar.BINARY));
            assertThat(shaped.vector(0).getObject(0)).isEqualTo(bytes);
        }
    }

    @Test
    void mediaInListsBecomeReferences() {
        Shaper shaper = new Shaper(media("fileurl", ""));

        assertThat(shaped(
                        shaper,
                        new ListType(new MediaType()),
                        List.of(List.of(part("s3://example-bucket/a", null, null)))))
                .isEqualTo("[\"s3://example-bucket/a\"]");
    }

    static Stream<Arguments> badMedia() {
        return Stream.of(
                Arguments.of(
                        "fileurl",
                        part(null, null, new byte[1]),
                        "must have a fileurl or a localpath but has bytes alone, which can't be referenced: store the"
                                + " media and send their fileurl, or set media.reference=inline"),
                Arguments.of(
                        "localpath",
                        part("s3://example-bucket/a", null, null),
                        "must have a localpath for media.reference=localpath but has the fileurl 's3://example-bucket/a'"),
                Arguments.of(
                        "inline",
                        part("s3://example-bucket/a", null, null),
                        "must have bytes for media.reference=inline but has 's3://example-bucket/a' alone: send the bytes"
                                + " with the event, or set media.reference=fileurl"));
    }

    @ParameterizedTest
    @MethodSource("badMedia")
    void mediaWithoutWhatIsWantedAreBad(String reference, List<?> value, String rule) {
        Shaper shaper = new Shaper(media(reference, ""));

        assertThatThrownBy(() -> shaped(shaper, new MediaType(), List.of(value)))
                .hasMessage("Cannot decode event at images-0@0: column 'c' " + rule);
    }

    @Test
    void referencesThatOnlyOneMachineCanOpenAreCountedWhereOthersRead() {
        Shaper shaper = new Shaper(media("fileurl", "file:///shared/ -> s3://example-bucket/"));
        List<?> values = Stream.of(
                        "file:///a", "s3://example-bucket/a", "C:\\a", "file:///shared/a", "https://localhost/a")
                .map(url -> part(url, null, null))
                .toList();

        String unused = shaped(shaper, new MediaType(), values);

        assertThat(shaper.localReferences()).isEqualTo(2);
    }

    static Stream<Arguments> wrongMedia() {
        return Stream.of(
                Arguments.of(
                        "url",
                        "",
                        "must be fileurl, localpath or inline, or one for a column as in thumbnail:inline,"
                                + " but was 'url'"),
                Arguments.of(
                        "fileurl,a:b",
                        "",
                        "must be fileurl, localpath or inline, or one for a column as in"
                                + " thumbnail:inline, but was 'b'"),
                Arguments.of(
                        "fileurl",
                        "/a",
                        "must be prefix -> prefix, as in file:///mnt/media ->"
                                + " s3://example-bucket/media, but was '/a'"));
    }

    @ParameterizedTest
    @MethodSource("wrongMedia")
    void wrongSettingsOfMediaAreRefused(String reference, String rewrite, String message) {
        assertThatThrownBy(() -> MediaSettings.parse(reference, rewrite, Readers.LOCAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static List<@Nullable Object> part(
            @Nullable String fileurl, @Nullable String localpath, byte @Nullable [] bytes) {
        return Arrays.asList(fileurl, localpath, bytes);
    }

    private static ShapeSettings settings(String overrides) {
        return new ShapeSettings(
                JsonMode.STRING, FloatWidth.DOUBLE, TypeOverrides.parse(overrides), MediaSettings.plain());
    }

    private static ShapeSettings media(String reference, String rewrite) {
        return new ShapeSettings(
                JsonMode.STRING,
                FloatWidth.DOUBLE,
                TypeOverrides.NONE,
                MediaSettings.parse(reference, rewrite, Readers.SHARED));
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(new Column("c", type)), List.of());
    }

    private ChangeBatch batch(TableSchema schema, List<?> values) {
        Batches batch = Batches.of(memory, schema);
        for (int row = 0; row < values.size(); row++) {
            batch.row(new SourcePosition(IMAGES, row), Operation.CREATE, values.get(row));
        }
        return batch.build();
    }

    private String shaped(Shaper shaper, ColumnType type, List<?> values) {
        ChangeBatch batch = batch(schema(type), values);
        try (batch;
                ChangeBatch shaped = shaper.apply(batch, Optional.empty(), UnaryOperator.identity())) {
            return String.join(
                    ", ",
                    IntStream.range(0, shaped.rows())
                            .mapToObj(row -> text(shaped.vector(0).getObject(row)))
                            .toList());
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes && bytes.length == 16 ? "uuid " + uuid(bytes) : String.valueOf(value);
    }

    private static UUID uuid(byte[] bytes) {
        var buffer = java.nio.ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
