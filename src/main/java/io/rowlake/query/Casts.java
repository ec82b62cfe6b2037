package io.rowlake.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.rowlake.batch.ChangeBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CAST and TRY_CAST. A value is taken to the other kind exactly, or fails; numbers become the nearest double. */
final class Casts {

    /** The types by the names that a query may use. */
    private static final Map<String, Kind> TYPES = Map.ofEntries(
            Map.entry("boolean", Kind.BOOLEAN),
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("int", Kind.WHOLE),
            Map.entry("integer", Kind.WHOLE),
            Map.entry("bigint", Kind.WHOLE),
            Map.entry("long", Kind.WHOLE),
            Map.entry("float", Kind.FRACTION),
            Map.entry("double", Kind.FRACTION),
            Map.entry("double precision", Kind.FRACTION),
            Map.entry("string", Kind.TEXT),
            Map.entry("varchar", Kind.TEXT),
            Map.entry("text", Kind.TEXT),
            Map.entry("date", Kind.DATE),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("timestamptz", Kind.TIMESTAMP),
            Map.entry("uuid", Kind.UUID),
            Map.entry("json", Kind.JSON));

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int SHOWN_MAX = 40;

    private Casts() {}

    static Optional<Kind> target(String type) {
        return Optional.ofNullable(
                TYPES.get(type.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ")));
    }

    static String known() {
        return "BOOLEAN, BIGINT, DOUBLE, STRING, DATE, TIMESTAMP, UUID, JSON";
    }

    /** Empty if there is no way from the one kind to the other. */
    static Optional<Evaluator> cast(Evaluator from, Kind to) {
        if (from.kind() == to || from.kind() == Kind.NULL) {
            return Optional.of(from.kind() == to ? from : new PerRow(to, from, (a, b, row) -> b.setNull(row)));
        }
        if (from.kind() == Kind.JSON && to != Kind.TEXT) {
            return Optional.of(new JsonValues(from, to));
        }
        return step(from.kind(), to).map(step -> new PerRow(to, from, step));
    }

    private static Optional<PerRow.Step> step(Kind from, Kind to) {
        return switch (to) {
            case TEXT ->
                from == Kind.BINARY
                        ? Optional.empty()
                        : Optional.of((cells, target, row) -> target.setText(row, text(cells, row, from)));
            case JSON -> toJson(from);
            case FRACTION -> toFraction(from);
            case WHOLE -> toWhole(from);
            case DATE, TIMESTAMP -> toTime(from, to);
            case BOOLEAN, UUID -> from == Kind.TEXT ? Optional.of(parse(to)) : Optional.empty();
            case DECIMAL, TIME, LOCAL_TIMESTAMP, TIMESTAMP_NANO, LOCAL_TIMESTAMP_NANO, BINARY, NULL -> Optional.empty();
        };
    }

    /** A JSON text is the text itself, and other JSON its JSON. */
    private static String text(Cells cells, int row, Kind kind) {
        String text = TextForms.text(cells, row, kind);
        return kind == Kind.JSON && text.startsWith("\"") ? JsonValues.unescaped(cells, row) : text;
    }

    private static PerRow.Step parse(Kind to) {
        return (cells, target, row) -> {
            String text = cells.text(row);
            if (!TextForms.read(text, to, target, row)) {
                target.setBad(row, misfit(TextForms.expected(to), "'" + shown(text) + "'"));
            }
        };
    }

    private static Optional<PerRow.Step> toFraction(Kind from) {
        return switch (from) {
            case TEXT -> Optional.of(parse(Kind.FRACTION));
            case WHOLE -> Optional.of(Numbers::toFraction);
            case DECIMAL ->
                Optional.of((cells, target, row) ->
                        target.setFraction(row, cells.decimal(row).doubleValue()));
            default -> Optional.empty();
        };
    }

    private static Optional<PerRow.Step> toWhole(Kind from) {
        return switch (from) {
            case TEXT -> Optional.of(parse(Kind.WHOLE));
            case FRACTION ->
                Optional.of((cells, target, row) -> {
                    double value = cells.fraction(row);
                    if (value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63) {
                        target.setWhole(row, (long) value);
                    } else {
                        target.setBad(row, misfit("a whole number of 64 bits", value + ": write ROUND, FLOOR or CEIL"));
                    }
                });
            case DECIMAL -> Optional.of((cells, target, row) -> wholeDecimal(cells.decimal(row), target, row));
            default -> Optional.empty();
        };
    }

    private static void wholeDecimal(BigDecimal value, Cells target, int row) {
        try {
            target.setWhole(row, value.longValueExact());
        } catch (ArithmeticException e) {
            target.setBad(row, misfit("a whole number of 64 bits", value.toPlainString()));
        }
    }

    private static Optional<PerRow.Step> toTime(Kind from, Kind to) {
        if (from == Kind.TEXT) {
            return Optional.of(parse(to));
        }
        if (to == Kind.DATE) {
            return from == Kind.TIMESTAMP || from == Kind.LOCAL_TIMESTAMP
                    ? Optional.of((cells, target, row) ->
                            target.setWhole(row, Math.floorDiv(cells.whole(row), MICROS_PER_DAY)))
                    : Optional.empty();
        }
        return switch (from) {
            case DATE -> Optional.of(Casts::midnight);
            case LOCAL_TIMESTAMP -> Optional.of((cells, target, row) -> target.setWhole(row, cells.whole(row)));
            default -> Optional.empty();
        };
    }

    private static void midnight(Cells cells, Cells target, int row) {
        try {
            target.setWhole(row, Math.multiplyExact(cells.whole(row), MICROS_PER_DAY));
        } catch (ArithmeticException e) {
            target.setBad(row, misfit("a date that a timestamp reaches", TextForms.text(cells, row, Kind.DATE)));
        }
    }

    private static Optional<PerRow.Step> toJson(Kind from) {
        return switch (from) {
            case TEXT -> Optional.of(Casts::parseJson);
            case BOOLEAN, WHOLE, DECIMAL ->
                Optional.of((cells, target, row) -> target.setText(row, TextForms.text(cells, row, from)));
            case FRACTION ->
                Optional.of((cells, target, row) -> {
                    double value = cells.fraction(row);
                    if (Double.isFinite(value)) {
                        target.setText(row, Double.toString(value));
                    } else {
                        target.setBad(row, misfit("a number that JSON has a form for", String.valueOf(value)));
                    }
                });
            default -> Optional.empty();
        };
    }

    private static void parseJson(Cells cells, Cells target, int row) {
        var compact = new ByteArrayOutputStream();
        try (JsonParser parser = JsonPath.JSON.createParser(cells.array(row), cells.start(row), cells.length(row));
                JsonGenerator generator = JsonPath.JSON.createGenerator(compact)) {
            if (parser.nextToken() != null) {
                generator.copyCurrentStructureExact(parser);
            }
            generator.flush();
            if (compact.size() > 0 && parser.nextToken() == null) {
                target.setBytes(row, compact.toByteArray(), 0, compact.size());
                return;
            }
        } catch (IOException | NumberFormatException e) {
            // Falls through: it is no JSON, or has an exponent that no number of the JDK has.
        }
        target.setBad(row, misfit("JSON", "'" + shown(cells.text(row)) + "'"));
    }

    private static String misfit(String expected, String found) {
        return "a value that is CAST must be " + expected + " but was " + found;
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }

    /** What fails is null. */
    static final class OrNull implements Evaluator {

        private final Evaluator original;
        private final Evaluator cast;
        private final Cells cells = new Cells();

        /**
         * @param original what is cast, whose own failures stay
         */
        OrNull(Evaluator original, Evaluator cast) {
            this.original = original;
            this.cast = cast;
        }

        @Override
        public Kind kind() {
            return cast.kind();
        }

        @Override
        public Cells evaluate(ChangeBatch rows) {
            Cells before = original.evaluate(rows);
            Cells after = cast.evaluate(rows);
            cells.begin(rows.rows(), kind());
            for (int row = 0; row < rows.rows(); row++) {
                if (after.isBad(row) && !before.isBad(row)) {
                    cells.setNull(row);
                } else {
                    cells.set(row, after, kind());
                }
            }
            return cells;
        }
    }
}
