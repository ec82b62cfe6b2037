package io.rowlake.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rowlake.batch.BatchBuilder;
import io.rowlake.batch.BatchMemory;
import io.rowlake.batch.ChangeBatch;
import io.rowlake.decode.SourceSchema.SourceColumn;
import io.rowlake.decode.ValueForm.Atom;
import io.rowlake.decode.ValueForm.Encoding;
import io.rowlake.decode.ValueForm.Members;
import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.Operation;
import io.rowlake.event.SourcePartition;
import io.rowlake.event.SourcePosition;
import io.rowlake.event.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What JSON can't say, or what only converters' schemas ask for; the rest is in envelopes/values.json. */
final class ValueReadersTest {

    private static final DecimalType DECIMAL = new DecimalType(5, 2);
    private static final Date NOON = Date.from(Instant.ofEpochSecond(-43_200));
    private static final String NO_NUMBERS = "JSON, which has neither NaN nor infinities, but has ";
    private static final String INSTEAD = ": send null or a text in its place";
    private static final Members POINT = new Members(List.of(
            new SourceColumn("x", new Atom(Scalar.DOUBLE, Encoding.PLAIN)),
            new SourceColumn("name", new Atom(Scalar.STRING, Encoding.PLAIN))));

    static Stream<Arguments> acceptedTimes() {
        return Stream.of(
                value(Scalar.TIMESTAMP, Encoding.EPOCH_MILLIS, -5L, "-5000"),
                value(Scalar.TIMESTAMP, Encoding.EPOCH_MILLIS, NOON, "-43200000000"),
                value(Scalar.LOCAL_TIMESTAMP, Encoding.EPOCH_MICROS, 5, "5"),
                value(Scalar.TIMESTAMP, Encoding.EPOCH_NANOS, -5000L, "-5"),
                value(Scalar.DATE, Encoding.EPOCH_DAYS, 20_000, "20000"),
                value(Scalar.DATE, Encoding.EPOCH_DAYS, NOON, "-1"),
                value(Scalar.TIME, Encoding.MILLIS_OF_DAY, 86_399_999, "86399999000"),
                value(Scalar.TIME, Encoding.MILLIS_OF_DAY, NOON, "43200000000"),
                value(Scalar.TIME, Encoding.MICROS_OF_DAY, 0L, "0"),
                value(Scalar.TIME, Encoding.NANOS_OF_DAY, 7000L, "7"),
                value(Scalar.TIMESTAMP, Encoding.PLAIN, NOON, "-43200000000"),
                value(Scalar.TIMESTAMP, Encoding.PLAIN, "1970-01-01 00:00:01+00", "1000000"),
                value(Scalar.LOCAL_TIMESTAMP, Encoding.PLAIN, "1970-01-01T00:00:01.5", "1500000"),
                value(Scalar.TIME, Encoding.PLAIN, "00:00:00.000001", "1"),
                value(Scalar.LOCAL_TIMESTAMP, Encoding.ISO_UTC, "1970-01-01T00:00:01.5Z", "1500000"),
                value(Scalar.LOCAL_TIMESTAMP, Encoding.ISO_UTC, "1970-01-01T00:00:01.5", "1500000"),
                value(Scalar.DATE, Encoding.ISO_UTC, "1970-01-02Z", "1"),
                value(Scalar.TIME, Encoding.ISO_UTC, "00:00:00.000007Z", "7"),
                value(Scalar.TIMESTAMP_NANO, Encoding.PLAIN, "1677-09-21T00:12:43.145224192Z", "-9223372036854775808"),
                value(Scalar.TIMESTAMP_NANO, Encoding.PLAIN, "2262-04-12T01:47:16.854775807+02", "9223372036854775807"),
                value(Scalar.TIMESTAMP_NANO, Encoding.PLAIN, NOON, "-43200000000000"),
                value(Scalar.TIMESTAMP_NANO, Encoding.EPOCH_NANOS, Long.MIN_VALUE, "-9223372036854775808"),
                value(Scalar.LOCAL_TIMESTAMP_NANO, Encoding.PLAIN, "1969-12-31T23:59:59.999999999", "-1"),
                value(Scalar.LOCAL_TIMESTAMP_NANO, Encoding.EPOCH_NANOS, Long.MAX_VALUE, "9223372036854775807"));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                value(DECIMAL, Encoding.PLAIN, "-1.5", "\"-1.50\""),
                value(DECIMAL, Encoding.PLAIN, 999, "\"999.00\""),
                value(DECIMAL, Encoding.PLAIN, 0.1, "\"0.10\""),
                value(DECIMAL, Encoding.PLAIN, new BigDecimal("0E+999999999"), "\"0.00\""),
                value(DECIMAL, Encoding.UNSCALED_BYTES, new byte[] {1, 0}, "\"2.56\""),
                value(DECIMAL, Encoding.UNSCALED_BYTES, "AQA=", "\"2.56\""),
                value(DECIMAL, Encoding.UNSCALED_BYTES, new BigDecimal("2.56"), "\"2.56\""),
                value(Scalar.STRING, Encoding.VARIABLE_SCALE, Map.of("scale", 3, "value", new byte[] {5}), "\"0.005\""),
                value(Scalar.JSON, Encoding.JSON_TEXT, " { \"a\" : 1 } ", "\"{\\\"a\\\":1}\""),
                value(
                        Scalar.JSON,
                        Encoding.PLAIN,
                        Map.of("b", ByteBuffer.wrap(new byte[] {0})),
                        "\"{\\\"b\\\":\\\"AA==\\\"}\""),
                value(Scalar.JSON, Encoding.PLAIN, NOON, "\"\\\"1969-12-31T12:00:00Z\\\"\""),
                value(Scalar.JSON, Encoding.PLAIN, Map.of(1, 1.5f), "\"{\\\"1\\\":1.5}\""),
                value(Scalar.LONG, Encoding.PLAIN, new BigDecimal("7.0"), "7"),
                value(Scalar.LONG, Encoding.PLAIN, (byte) 7, "7"),
                value(Scalar.FLOAT, Encoding.PLAIN, Float.NEGATIVE_INFINITY, "\"-Infinity\""),
                value(Scalar.DOUBLE, Encoding.PLAIN, BigInteger.TEN, "10.0"),
                value(Scalar.UUID, Encoding.PLAIN, new byte[16], "\"00000000-0000-0000-0000-000000000000\""),
                value(Scalar.BINARY, Encoding.PLAIN, ByteBuffer.wrap(new byte[] {1, 2}, 1, 1), "\"Ag==\""),
                Arguments.of(POINT, POINT.type(), Map.of("name", "a"), "{\"x\":null,\"name\":\"a\"}"));
    }

    static Stream<Arguments> refusedCounts() {
        return Stream.of(
                value(
                        Scalar.TIMESTAMP,
                        Encoding.EPOCH_MILLIS,
                        Long.MAX_VALUE,
                        "milliseconds since 1970 but was 9223372036854775807"),
                value(Scalar.TIMESTAMP, Encoding.EPOCH_MICROS, "x", "microseconds since 1970 but was 'x'"),
                value(
                        Scalar.TIMESTAMP,
                        Encoding.EPOCH_NANOS,
                        5,
                        "nanoseconds since 1970, in whole microseconds, but was 5"),
                value(Scalar.DATE, Encoding.EPOCH_DAYS, 1L << 31, "days since 1970, in 32 bits, but was 2147483648"),
                value(
                        Scalar.TIME,
                        Encoding.MILLIS_OF_DAY,
                        86_400_000,
                        "milliseconds since midnight, less than a day, but was 86400000"),
                value(
                        Scalar.TIME,
                        Encoding.MICROS_OF_DAY,
                        -1,
                        "microseconds since midnight, less than a day, but was -1"),
                value(
                        Scalar.TIME,
                        Encoding.NANOS_OF_DAY,
                        1,
                        "nanoseconds since midnight, in whole microseconds and less than a day, but was 1"));
    }

    static Stream<Arguments> refusedTimes() {
        return Stream.of(
                value(
                        Scalar.TIMESTAMP,
                        Encoding.PLAIN,
                        Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
                        "ISO 8601 with an offset and at most 6 digits of a second, as 2026-01-31T12:00:00.000001Z, but was +292278994-08-17T07:12:55.807Z"),
                value(
                        Scalar.LOCAL_TIMESTAMP,
                        Encoding.PLAIN,
                        "x",
                        "ISO 8601 without an offset and at most 6 digits of a second, as 2026-01-31T12:00:00, but was 'x'"),
                value(
                        Scalar.LOCAL_TIMESTAMP,
                        Encoding.ISO_UTC,
                        "2011-01-11T16:40:30.123456789Z",
                        "ISO 8601 without an offset and at most 6 digits of a second, as 2026-01-31T12:00:00, but was '2011-01-11T16:40:30.123456789Z'"),
                value(
                        Scalar.TIMESTAMP_NANO,
                        Encoding.PLAIN,
                        "2262-04-11T23:47:16.854775808Z",
                        "ISO 8601 with an offset, from 1677 to 2262, as 2026-01-31T12:00:00.000000001Z, but was '2262-04-11T23:47:16.854775808Z'"),
                value(
                        Scalar.LOCAL_TIMESTAMP_NANO,
                        Encoding.PLAIN,
                        "1677-09-21T00:12:43.145224191",
                        "ISO 8601 without an offset, from 1677 to 2262, as 2026-01-31T12:00:00.000000001, but was '1677-09-21T00:12:43.145224191'"),
                value(
                        Scalar.TIME,
                        Encoding.PLAIN,
                        "24:00:00",
                        "an ISO 8601 time with at most 6 digits of a second, as 12:00:00.000001, but was '24:00:00'"));
    }

    static Stream<Arguments> refusedDecimals() {
        String rule = "a decimal of at most 3 digits before and 2 after the point but was ";
        return Stream.of(
                value(DECIMAL, Encoding.PLAIN, 1000, rule + "1000"),
                value(DECIMAL, Encoding.PLAIN, new BigDecimal("1E+999999999"), rule + "1E+999999999"),
                value(DECIMAL, Encoding.PLAIN, "0.005", rule + "'0.005'"),
                value(DECIMAL, Encoding.PLAIN, "x", rule + "'x'"),
                value(DECIMAL, Encoding.PLAIN, true, rule + "true"),
                value(DECIMAL, Encoding.UNSCALED_BYTES, new byte[0], rule + "0 bytes"),
                value(
                        Scalar.STRING,
                        Encoding.VARIABLE_SCALE,
                        Map.of("scale", 3),
                        "an object of value and scale, the scale a whole number from -10000 to 10000, but one of them is missing or out of its range"),
                value(Scalar.STRING, Encoding.VARIABLE_SCALE, 5, "an object of scale and value but was 5"));
    }

    static Stream<Arguments> refusedValues() {
        return Stream.of(
                value(Scalar.JSON, Encoding.JSON_TEXT, "1 2", "a text that holds one JSON value but was '1 2'"),
                value(Scalar.JSON, Encoding.JSON_TEXT, 5, "a text that holds JSON but was 5"),
                value(Scalar.JSON, Encoding.PLAIN, Double.NaN, NO_NUMBERS + "NaN" + INSTEAD),
                value(
                        Scalar.JSON,
                        Encoding.PLAIN,
                        Map.of("a", List.of(1, Float.NEGATIVE_INFINITY)),
                        NO_NUMBERS + "-Infinity" + INSTEAD),
                value(Scalar.JSON, Encoding.JSON_TEXT, "[Infinity]", NO_NUMBERS + "Infinity" + INSTEAD),
                value(Scalar.STRING, Encoding.PLAIN, "a\uDC00", "Unicode text but has the unpaired surrogate U+DC00"),
                value(
                        Scalar.DOUBLE,
                        Encoding.PLAIN,
                        BigInteger.TWO.pow(70),
                        "a number of 64 bits, which holds whole numbers exactly up to 9007199254740992, but was 1180591620717411303424: write it with a point or an exponent if it may be rounded"),
                Arguments.of(POINT, POINT.type(), 5, "an object but was 5"));
    }

    @ParameterizedTest
    @MethodSource({"acceptedTimes", "accepted"})
    void valuesAreTakenAsTheyAreMeant(ValueForm form, ColumnType type, Object value, String expected) {
        assertThat(read(form, type, value)).isEqualTo("{\"op\":\"c\",\"ts\":0,\"row\":{\"v\":" + expected + "}}");
    }

    @ParameterizedTest
    @MethodSource({"refusedCounts", "refusedTimes", "refusedDecimals", "refusedValues"})
    void valuesThatDoNotFitAreRefused(ValueForm form, ColumnType type, Object value, String expected) {
        assertThatThrownBy(() -> read(form, type, value))
                .isInstanceOf(WrongValueException.class)
                .hasMessage(" must be " + expected);
    }

    @Test
    void textThatHoldsNoJsonIsRefused() {
        assertThatThrownBy(() -> read(new Atom(Scalar.JSON, Encoding.JSON_TEXT), Scalar.JSON, "{"))
                .isInstanceOf(WrongValueException.class)
                .hasMessage(" must hold JSON: its text must be complete JSON but ends too early,"
                        + " at byte 1 (line 1, column 2)");
    }

    @Test
    void fieldsThatAStructDoesNotHaveAreRefused() {
        assertThatThrownBy(() -> read(POINT, POINT.type(), Map.of("y", 5)))
                .isInstanceOf(WrongValueException.class)
                .hasMessage(" must not have the field 'y', which is not in its schema");
    }

    private static String read(ValueForm form, ColumnType type, Object value) {
        try (var memory = new BatchMemory();
                var builder = new BatchBuilder(
                        memory, new TableSchema(List.of(new Column("v", type)), List.of()), Long.MAX_VALUE);
                Tokens tokens = new TreeTokens(value)) {
            tokens.next();
            new ValueReaders().reader(form, type).read(tokens, builder.column(0));
            builder.endRow(Operation.CREATE, new SourcePosition(new SourcePartition("images", 0), 17), 0);
            try (ChangeBatch batch = builder.build()) {
                return RowText.of(batch, 0);
            }
        }
    }

    private static Arguments value(ColumnType type, Encoding encoding, Object value, String expected) {
        return Arguments.of(new Atom(type, encoding), type, value, expected);
    }
}
