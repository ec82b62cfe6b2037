package io.rowlake.sink.iceberg;

import io.rowlake.sink.SinkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;

/** How a table is partitioned: columns and transforms, as in {@code days(ts), bucket(16, id), region}. */
public final class PartitionTransforms {

    private static final Pattern TERM = Pattern.compile("(\\w+)\\s*\\(\\s*(?:(\\d+)\\s*,\\s*)?([^(),]+?)\\s*\\)");
    private static final Pattern COLUMN = Pattern.compile("[^(),]+");
    private static final Pattern BETWEEN_TERMS = Pattern.compile(",(?![^(]*\\))");
    private static final String FORMS =
            "column, identity(column), year(column), month(column), day(column), hour(column),"
                    + " bucket(number, column), truncate(number, column), void(column)";

    private final List<Term> terms;

    private PartitionTransforms(List<Term> terms) {
        this.terms = terms;
    }

    /** What is done to one column. */
    private enum Transform {
        IDENTITY,
        YEAR,
        MONTH,
        DAY,
        HOUR,
        BUCKET,
        TRUNCATE,
        VOID
    }

    private record Term(Transform transform, OptionalInt argument, String column) {}

    /**
     * Reads a list of transforms. Empty text: no partitions.
     *
     * @throws IllegalArgumentException if a part is none of the known forms, or occurs twice
     */
    public static PartitionTransforms parse(String text) {
        List<Term> terms = new ArrayList<>();
        if (text.isBlank()) {
            return new PartitionTransforms(terms);
        }
        Set<Term> seen = new HashSet<>();
        for (String part : BETWEEN_TERMS.split(text, -1)) {
            Term term = term(part.strip());
            if (!seen.add(term)) {
                throw new IllegalArgumentException("Partition '" + part.strip() + "' occurs twice");
            }
            terms.add(term);
        }
        return new PartitionTransforms(terms);
    }

    /**
     * The specification for a table's columns.
     *
     * @throws SinkException if a column is missing or its type doesn't suit the transform
     */
    PartitionSpec spec(Schema schema) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        for (Term term : terms) {
            Type type = schema.findType(term.column());
            if (type == null) {
                throw new SinkException(
                        "Cannot partition by '" + term.column() + "': the table has no such column, only "
                                + String.join(
                                        ", ",
                                        schema.asStruct().fields().stream()
                                                .map(field -> field.name())
                                                .toList()));
            }
            try {
                add(builder, term);
                // Iceberg compares transforms with types only here, and names no column.
                builder.build();
            } catch (RuntimeException e) {
                throw new SinkException(
                        "Cannot partition by " + term.transform().name().toLowerCase(Locale.ROOT) + " of column '"
                                + term.column() + "', which is " + type + ": " + e.getMessage(),
                        e);
            }
        }
        return builder.build();
    }

    /** Whether a table with this specification is as wanted; no transforms want nothing. */
    boolean agreeWith(PartitionSpec spec) {
        List<String> present = spec.fields().stream()
                .map(field -> field.transform() + " " + spec.schema().findColumnName(field.sourceId()))
                .toList();
        return terms.isEmpty()
                || terms.stream().map(PartitionTransforms::asIceberg).toList().equals(present);
    }

    private static String asIceberg(Term term) {
        String argument = term.argument().isPresent() ? "[" + term.argument().getAsInt() + "]" : "";
        return term.transform().name().toLowerCase(Locale.ROOT) + argument + " " + term.column();
    }

    private static Term term(String text) {
        if (COLUMN.matcher(text).matches()) {
            return new Term(Transform.IDENTITY, OptionalInt.empty(), text);
        }
        Matcher matcher = TERM.matcher(text);
        if (!matcher.matches()) {
            throw unknown(text);
        }
        Transform transform = transform(matcher.group(1), text);
        String number = matcher.group(2);
        boolean wantsNumber = transform == Transform.BUCKET || transform == Transform.TRUNCATE;
        if (wantsNumber != (number != null)) {
            throw unknown(text);
        }
        OptionalInt argument = number == null ? OptionalInt.empty() : OptionalInt.of(positive(number, text));
        return new Term(transform, argument, matcher.group(3));
    }

    private static int positive(String number, String text) {
        try {
            int value = Integer.parseInt(number);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Number in partition '" + text + "' must be 1 to 2147483647", e);
        }
        throw new IllegalArgumentException("Number in partition '" + text + "' must be 1 to 2147483647");
    }

    private static Transform transform(String name, String text) {
        String singular = name.toUpperCase(Locale.ROOT).replaceFirst("^(YEAR|MONTH|DAY|HOUR)S$", "$1");
        for (Transform transform : Transform.values()) {
            if (transform.name().equals(singular)) {
                return transform;
            }
        }
        throw unknown(text);
    }

    private static void add(PartitionSpec.Builder builder, Term term) {
        String column = term.column();
        switch (term.transform()) {
            case IDENTITY -> builder.identity(column);
            case YEAR -> builder.year(column);
            case MONTH -> builder.month(column);
            case DAY -> builder.day(column);
            case HOUR -> builder.hour(column);
            case BUCKET -> builder.bucket(column, term.argument().orElseThrow());
            case TRUNCATE -> builder.truncate(column, term.argument().orElseThrow());
            case VOID -> builder.alwaysNull(column);
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("Partition must be one of " + FORMS + " but was '" + text + "'");
    }
}
