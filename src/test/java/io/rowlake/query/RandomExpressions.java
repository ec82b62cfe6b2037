package io.rowlake.query;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Expressions at random, each as text of a query and as what it is worth for a row of boxed values: {@code a} and {@code b}
 * are whole numbers, {@code d} a double, {@code s} and {@code t} texts, {@code f} a boolean, {@code l} a list of whole
 * numbers, and {@code n} and {@code x} the number and the text in the JSON column {@code j}.
 */
final class RandomExpressions {

    /** What an expression is worth on a row on which it fails. */
    static final Object FAILURE = "a failure, and no text";

    private static final List<String> COLUMNS = List.of("a", "b", "d", "s", "t", "f", "l", "j.n", "j.x");
    private static final List<Long> WHOLES = List.of(0L, 1L, -1L, 7L, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE);
    private static final List<Double> FRACTIONS = List.of(0.0, 0.5, -1.5, 9007199254740992.0, 1e300);
    private static final List<String> TEXTS = List.of("", "a", "ab", "A b", "\u00F6\uD83D\uDE00", "b%_", "it''s");
    private static final List<String> PATTERNS =
            List.of("%", "", "a%", "%b", "_", "__", "%\\_%", "a_", "%a%b%", "\u00F6_");

    private final Random random;

    /**
     * @param value takes the values of a row in the order of the columns
     */
    record Node(String sql, Function<@Nullable Object[], @Nullable Object> value) {}

    RandomExpressions(Random random) {
        this.random = random;
    }

    Node condition(int depth) {
        if (depth == 0) {
            return pick(
                    column("f"),
                    literal("TRUE", true),
                    literal("FALSE", false),
                    literal("CAST(NULL AS BOOLEAN)", null));
        }
        return switch (random.nextInt(11)) {
            case 0 -> and(condition(depth - 1), condition(depth - 1));
            case 1 -> or(condition(depth - 1), condition(depth - 1));
            case 2 -> apply("NOT (%s)", condition(depth - 1), value -> !(Boolean) value);
            case 3 -> compare(whole(depth - 1), whole(depth - 1));
            case 4 -> compare(whole(depth - 1), fraction(depth - 1));
            case 5 -> compare(text(depth - 1), text(depth - 1));
            case 6 -> isNull(depth);
            case 7 -> in(depth);
            case 8 -> between(depth);
            case 9 -> like(text(depth - 1));
            default ->
                random.nextBoolean()
                        ? compare(column("j.n"), whole(depth - 1))
                        : compare(column("j.x"), text(depth - 1));
        };
    }

    Node whole(int depth) {
        if (depth == 0) {
            Long value = WHOLES.get(random.nextInt(WHOLES.size()));
            return pick(column("a"), column("b"), literal(value.toString(), value), element());
        }
        return switch (random.nextInt(8)) {
            case 0 -> both("(%s + %s)", whole(depth - 1), whole(depth - 1), exact(Math::addExact));
            case 1 -> both("(%s - %s)", whole(depth - 1), whole(depth - 1), exact(Math::subtractExact));
            case 2 -> both("(%s * %s)", whole(depth - 1), whole(depth - 1), exact(Math::multiplyExact));
            case 3 -> both("(%s %% %s)", whole(depth - 1), whole(depth - 1), exact((a, b) -> a % b));
            case 4 ->
                apply(
                        "LENGTH(%s)",
                        text(depth - 1), value -> ((String) value).codePoints().count());
            case 5 -> coalesce(whole(depth - 1), whole(depth - 1));
            case 6 -> nullIf(whole(depth - 1), whole(depth - 1));
            default -> apply("TRY_CAST(%s AS BIGINT)", text(depth - 1), RandomExpressions::parsed);
        };
    }

    Node fraction(int depth) {
        if (depth == 0) {
            Double value = FRACTIONS.get(random.nextInt(FRACTIONS.size()));
            return pick(
                    column("d"), literal(new BigDecimal(value).toPlainString() + (value % 1 == 0 ? ".0" : ""), value));
        }
        return switch (random.nextInt(5)) {
            case 0 -> both("(%s + %s)", fraction(depth - 1), fraction(depth - 1), (a, b) -> (Double) a + (Double) b);
            case 1 -> both("(%s * %s)", fraction(depth - 1), fraction(depth - 1), (a, b) -> (Double) a * (Double) b);
            case 2 -> both("(%s / %s)", fraction(depth - 1), fraction(depth - 1), RandomExpressions::divided);
            case 3 -> apply("CAST(%s AS DOUBLE)", whole(depth - 1), value -> ((Long) value).doubleValue());
            default -> coalesce(fraction(depth - 1), fraction(depth - 1));
        };
    }

    Node text(int depth) {
        if (depth == 0) {
            String value = TEXTS.get(random.nextInt(TEXTS.size()));
            return pick(column("s"), column("t"), literal("'" + value + "'", value.replace("''", "'")));
        }
        return switch (random.nextInt(6)) {
            case 0 -> both("(%s || %s)", text(depth - 1), text(depth - 1), (a, b) -> (String) a + b);
            case 1 -> apply("UPPER(%s)", text(depth - 1), value -> ((String) value).toUpperCase(Locale.ROOT));
            case 2 -> apply("TRIM(%s)", text(depth - 1), value -> ((String) value).strip());
            case 3 ->
                apply(
                        "SUBSTRING(%s, 2)",
                        text(depth - 1),
                        value -> ((String) value)
                                .codePoints()
                                .skip(1)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining()));
            case 4 -> coalesce(text(depth - 1), text(depth - 1));
            default -> apply("CAST(%s AS STRING)", whole(depth - 1), String::valueOf);
        };
    }

    private Node pick(Node... nodes) {
        return nodes[random.nextInt(nodes.length)];
    }

    private static Node column(String name) {
        int index = COLUMNS.indexOf(name);
        return new Node(name, row -> row[index]);
    }

    private static Node literal(String sql, @Nullable Object value) {
        return new Node(sql, row -> value);
    }

    private Node element() {
        int index = random.nextInt(3);
        return new Node("l[" + index + "]", row -> {
            List<?> list = (List<?>) row[COLUMNS.indexOf("l")];
            return list == null || index >= list.size() ? null : list.get(index);
        });
    }

    private static Node apply(String sql, Node operand, UnaryOperator<@Nullable Object> function) {
        return new Node(sql.formatted(operand.sql()), row -> {
            Object value = operand.value().apply(row);
            return value == null || isFailure(value) ? value : function.apply(value);
        });
    }

    private static Node both(String sql, Node left, Node right, BinaryOperator<@Nullable Object> function) {
        return new Node(sql.formatted(left.sql(), right.sql()), row -> {
            Object a = left.value().apply(row);
            Object b = right.value().apply(row);
            if (isFailure(a) || isFailure(b)) {
                return FAILURE;
            }
            return a == null || b == null ? null : function.apply(a, b);
        });
    }

    private static BinaryOperator<@Nullable Object> exact(BinaryOperator<Long> operation) {
        return (a, b) -> {
            try {
                return operation.apply((Long) Objects.requireNonNull(a), (Long) Objects.requireNonNull(b));
            } catch (ArithmeticException e) {
                return FAILURE;
            }
        };
    }

    private static @Nullable Object divided(@Nullable Object a, @Nullable Object b) {
        Double divisor = (Double) Objects.requireNonNull(b);
        return divisor == 0 ? FAILURE : (Object) ((Double) Objects.requireNonNull(a) / divisor);
    }

    private static @Nullable Object parsed(@Nullable Object text) {
        try {
            return new BigDecimal(((String) Objects.requireNonNull(text)).strip()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Node coalesce(Node first, Node second) {
        return new Node("COALESCE(" + first.sql() + ", " + second.sql() + ")", row -> {
            Object value = first.value().apply(row);
            return value == null ? second.value().apply(row) : value;
        });
    }

    private static Node nullIf(Node first, Node second) {
        Node equal = both("%s = %s", first, second, (a, b) -> order(a, b) == 0);
        return new Node("NULLIF(" + first.sql() + ", " + second.sql() + ")", row -> {
            Object same = equal.value().apply(row);
            if (isFailure(same)) {
                return FAILURE;
            }
            return Boolean.TRUE.equals(same) ? null : first.value().apply(row);
        });
    }

    private static Node and(Node left, Node right) {
        return connective("(%s AND %s)", left, right, false);
    }

    private static Node or(Node left, Node right) {
        return connective("(%s OR %s)", left, right, true);
    }

    private static Node connective(String sql, Node left, Node right, Boolean deciding) {
        return new Node(sql.formatted(left.sql(), right.sql()), row -> {
            Object a = left.value().apply(row);
            Object b = right.value().apply(row);
            if (deciding.equals(a) || deciding.equals(b)) {
                return deciding;
            }
            if (isFailure(a) || isFailure(b)) {
                return FAILURE;
            }
            return a != null && b != null ? (Object) !deciding : null;
        });
    }

    private Node compare(Node left, Node right) {
        return switch (random.nextInt(4)) {
            case 0 -> both("(%s = %s)", left, right, (a, b) -> isOneKind(a, b) && order(a, b) == 0);
            case 1 -> both("(%s <> %s)", left, right, (a, b) -> !(isOneKind(a, b) && order(a, b) == 0));
            case 2 -> both("(%s < %s)", left, right, (a, b) -> isOneKind(a, b) ? order(a, b) < 0 : FAILURE);
            default -> both("(%s >= %s)", left, right, (a, b) -> isOneKind(a, b) ? order(a, b) >= 0 : FAILURE);
        };
    }

    private Node isNull(int depth) {
        Node operand = pick(whole(depth - 1), text(depth - 1), column("j.x"), column("l"), condition(depth - 1));
        boolean negated = random.nextBoolean();
        return new Node("((" + operand.sql() + ") IS " + (negated ? "NOT " : "") + "NULL)", row -> {
            Object value = operand.value().apply(row);
            return isFailure(value) ? FAILURE : (value == null) != negated;
        });
    }

    private Node in(int depth) {
        Node operand = whole(depth - 1);
        List<Node> options = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> whole(depth - 1))
                .toList();
        Node any = options.stream()
                .map(option -> both("%s = %s", operand, option, (a, b) -> order(a, b) == 0))
                .reduce(RandomExpressions::or)
                .orElseThrow();
        String list = options.stream().map(Node::sql).collect(Collectors.joining(", "));
        return new Node("(" + operand.sql() + " IN (" + list + "))", any.value());
    }

    private Node between(int depth) {
        Node operand = fraction(depth - 1);
        // The parser can't read brackets within brackets here.
        Node low = whole(0);
        Node high = fraction(0);
        Node within = and(
                both("%s >= %s", operand, low, (a, b) -> order(a, b) >= 0),
                both("%s <= %s", operand, high, (a, b) -> order(a, b) <= 0));
        return new Node("(" + operand.sql() + " BETWEEN " + low.sql() + " AND " + high.sql() + ")", within.value());
    }

    private Node like(Node operand) {
        String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
        String regex =
                pattern.equals("%\\_%") ? ".*_.*" : pattern.replace("%", ".*").replace("_", ".");
        Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
        String escape = pattern.contains("\\") ? " ESCAPE '\\'" : "";
        return apply(
                "(%s LIKE '" + pattern.replace("%", "%%") + "'" + escape + ")",
                operand,
                value -> compiled.matcher((String) value).matches());
    }

    private static boolean isFailure(@Nullable Object value) {
        return FAILURE.equals(value);
    }

    private static boolean isOneKind(@Nullable Object a, @Nullable Object b) {
        return (a instanceof Number && b instanceof Number) || (a instanceof String && b instanceof String);
    }

    private static int order(@Nullable Object a, @Nullable Object b) {
        if (a instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8),
                    ((String) Objects.requireNonNull(b)).getBytes(StandardCharsets.UTF_8));
        }
        double left = ((Number) Objects.requireNonNull(a)).doubleValue();
        double right = ((Number) Objects.requireNonNull(b)).doubleValue();
        if (!Double.isFinite(left) || !Double.isFinite(right)) {
            return Double.compare(left, right);
        }
        return exactly(a).compareTo(exactly(b));
    }

    private static BigDecimal exactly(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal((Double) number);
    }
}
