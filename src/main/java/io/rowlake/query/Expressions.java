package io.rowlake.query;

import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.query.Syntax.ArithmeticOperator;
import io.rowlake.query.Syntax.ComparisonOperator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Gives the expressions of a query their types, and the means to compute them. */
final class Expressions {

    private static final String CAST_HINT = "; CAST one of them";

    private final SourceColumns columns;
    private final QueryText query;
    private final Functions functions;
    private final Map<Class<?>, Function<Syntax, Evaluator>> rules = new HashMap<>();

    Expressions(SourceColumns columns, QueryText query) {
        this.columns = columns;
        this.query = query;
        this.functions = new Functions(this);
        literals();
        rule(Syntax.Name.class, this::name);
        rule(Syntax.Negative.class, this::negative);
        rule(Syntax.Arithmetic.class, this::arithmetic);
        rule(Syntax.Concatenation.class, this::concatenation);
        rule(Syntax.Comparison.class, this::comparison);
        rule(Syntax.And.class, and -> connective(false, and.left(), and.right()));
        rule(Syntax.Or.class, or -> connective(true, or.left(), or.right()));
        rule(Syntax.Not.class, not -> not(truth(not.value())));
        rule(Syntax.In.class, this::in);
        rule(Syntax.Between.class, this::between);
        rule(Syntax.Like.class, this::like);
        rule(Syntax.IsNull.class, this::isNull);
        rule(Syntax.IsTruth.class, this::isTruth);
        rule(Syntax.Cast.class, this::cast);
        rule(Syntax.Call.class, functions::call);
    }

    private void literals() {
        rule(Syntax.Text.class, text -> Constant.text(text.value()));
        rule(Syntax.Whole.class, whole -> new Constant(Kind.WHOLE, (cells, row) -> cells.setWhole(row, whole.value())));
        rule(
                Syntax.Fraction.class,
                fraction -> new Constant(Kind.FRACTION, (cells, row) -> cells.setFraction(row, fraction.value())));
        rule(
                Syntax.Truth.class,
                truth -> new Constant(Kind.BOOLEAN, (cells, row) -> cells.setTruth(row, truth.value())));
        rule(Syntax.Null.class, nothing -> nulls());
        rule(
                Syntax.DateLiteral.class,
                date -> new Constant(Kind.DATE, (cells, row) -> cells.setWhole(row, date.days())));
        rule(
                Syntax.TimestampLiteral.class,
                time -> new Constant(Kind.TIMESTAMP, (cells, row) -> cells.setWhole(row, time.micros())));
    }

    private <S extends Syntax> void rule(Class<S> type, Function<S, Evaluator> rule) {
        rules.put(type, syntax -> rule.apply(type.cast(syntax)));
    }

    /**
     * What is selected: a column or a part of it as it is, or something computed.
     *
     * @return empty where it is nothing but nulls of no type, for want of the columns
     * @throws QueryException if it has no type, or its parts don't go together
     */
    Optional<Expression> bind(Syntax syntax) {
        if (syntax instanceof Syntax.Name name) {
            int column = columns.find(name);
            if (column < 0) {
                return Optional.empty();
            }
            ColumnPath path = path(name, column);
            if (path.rest().isEmpty()) {
                return Optional.of(new Taken(path));
            }
        }
        Evaluator evaluator = evaluator(syntax);
        if (evaluator.kind() == Kind.NULL && columns.hasUnknown()) {
            return Optional.empty();
        }
        Scalar type = evaluator
                .kind()
                .type()
                .orElseThrow(() -> query.error(
                        syntax.at(),
                        evaluator.kind() == Kind.NULL
                                ? "NULL has no type here; write CAST(NULL AS BIGINT) or another type"
                                : "a decimal can't be computed; CAST it AS DOUBLE"));
        return Optional.of(new Computed(evaluator, type));
    }

    /** What rows are asked for: true, false or null. */
    Computed condition(Syntax syntax) {
        return new Computed(truth(syntax), Scalar.BOOLEAN);
    }

    /** The means to compute a part of a query. */
    Evaluator evaluator(Syntax syntax) {
        return Objects.requireNonNull(rules.get(syntax.getClass())).apply(syntax);
    }

    /** The values as another kind, where that is without doubt; {@code rule} says what they are asked to be. */
    Evaluator as(Evaluator from, Kind kind, int at, String rule) {
        if (from.kind() == kind) {
            return from;
        }
        if (from.kind() == Kind.NULL) {
            return new PerRow(kind, from, (a, b, row) -> b.setNull(row));
        }
        if (from.kind() == Kind.JSON) {
            return new JsonValues(from, kind);
        }
        if (from.kind() == Kind.WHOLE && kind == Kind.FRACTION) {
            return new PerRow(kind, from, Numbers::toExactFraction);
        }
        throw query.error(at, rule + " but this is " + from.kind().text() + "; CAST it AS " + name(kind));
    }

    /** A whole number or a double; JSON counts as a double. */
    Evaluator number(Evaluator from, int at, String rule) {
        return from.kind() == Kind.WHOLE ? from : as(from, Kind.FRACTION, at, rule);
    }

    /** The kind that values of two kinds become where one place has to hold both. */
    Kind common(Kind left, Kind right, int at) {
        if (left == right || right == Kind.NULL) {
            return left;
        }
        if (left == Kind.NULL || left == Kind.JSON) {
            return right;
        }
        if (right == Kind.JSON) {
            return left;
        }
        if (EnumSet.of(left, right).equals(EnumSet.of(Kind.WHOLE, Kind.FRACTION))) {
            return Kind.FRACTION;
        }
        throw query.error(at, left.text() + " and " + right.text() + " don't go together" + CAST_HINT);
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case WHOLE -> "BIGINT";
            case TEXT -> "STRING";
            default -> kind.text().toUpperCase(Locale.ROOT);
        };
    }

    private static Evaluator nulls() {
        return new Constant(Kind.NULL, Cells::setNull);
    }

    private ColumnPath path(Syntax.Name name, int column) {
        ColumnType type = columns.schema().columns().get(column).type();
        return ColumnPath.of(name, column, type, query);
    }

    private Evaluator name(Syntax.Name name) {
        int column = columns.find(name);
        if (column < 0) {
            return nulls();
        }
        ColumnPath path = path(name, column);
        Kind kind = Kind.of(path.type())
                .orElseThrow(() -> query.error(
                        name.at(),
                        "nothing can be computed of '" + name.column() + "', which is " + path.type()
                                + " here; name a part of it, or ask IS NULL"));
        Evaluator values = new PathEvaluator(path, kind);
        return kind == Kind.JSON && !path.rest().isEmpty() ? new JsonPath(values, path.rest()) : values;
    }

    private Evaluator negative(Syntax.Negative negative) {
        Evaluator value = number(evaluator(negative.value()), negative.at(), "- takes a number");
        return value.kind() == Kind.WHOLE
                ? new PerRow(Kind.WHOLE, value, Numbers::negate)
                : new PerRow(Kind.FRACTION, value, (from, to, row) -> to.setFraction(row, -from.fraction(row)));
    }

    private Evaluator arithmetic(Syntax.Arithmetic arithmetic) {
        ArithmeticOperator operator = arithmetic.operator();
        String rule = operator.sign() + " takes numbers";
        Evaluator left = number(evaluator(arithmetic.left()), arithmetic.at(), rule);
        Evaluator right = number(evaluator(arithmetic.right()), arithmetic.at(), rule);
        if (left.kind() == Kind.WHOLE && right.kind() == Kind.WHOLE && operator != ArithmeticOperator.DIVIDE) {
            return Both.values(Kind.WHOLE, left, right, (a, b, to, row) -> Numbers.whole(operator, a, b, to, row));
        }
        return Both.values(
                Kind.FRACTION,
                as(left, Kind.FRACTION, arithmetic.at(), rule),
                as(right, Kind.FRACTION, arithmetic.at(), rule),
                (a, b, to, row) -> Numbers.fraction(operator, a, b, to, row));
    }

    private Evaluator concatenation(Syntax.Concatenation concatenation) {
        String rule = "|| takes texts";
        return Both.values(
                Kind.TEXT,
                as(evaluator(concatenation.left()), Kind.TEXT, concatenation.at(), rule),
                as(evaluator(concatenation.right()), Kind.TEXT, concatenation.at(), rule),
                (a, b, to, row) -> {
                    byte[] joined = new byte[a.length(row) + b.length(row)];
                    System.arraycopy(a.array(row), a.start(row), joined, 0, a.length(row));
                    System.arraycopy(b.array(row), b.start(row), joined, a.length(row), b.length(row));
                    to.setBytes(row, joined, 0, joined.length);
                });
    }

    private Evaluator comparison(Syntax.Comparison comparison) {
        Evaluator left = evaluator(comparison.left());
        Evaluator right = evaluator(comparison.right());
        return compare(
                comparison.operator(),
                literal(comparison.left(), left, right.kind()),
                literal(comparison.right(), right, left.kind()),
                comparison.at());
    }

    /** A text in the query that stands against a time or a UUID is read as one. */
    private Evaluator literal(Syntax syntax, Evaluator bound, Kind other) {
        if (!(syntax instanceof Syntax.Text text) || !(Kind.TIMES.contains(other) || other == Kind.UUID)) {
            return bound;
        }
        var cell = new Cells().begin(1, other);
        if (!TextForms.read(text.value(), other, cell, 0)) {
            throw query.error(text.at(), "'" + text.value() + "' must be " + TextForms.expected(other));
        }
        return new Constant(other, (cells, row) -> TextForms.read(text.value(), other, cells, row));
    }

    private Evaluator compare(ComparisonOperator operator, Evaluator left, Evaluator right, int at) {
        Evaluator a = jsonAs(left, right.kind());
        Evaluator b = jsonAs(right, left.kind());
        CellOrder order = CellOrder.of(a.kind(), b.kind())
                .orElseThrow(() -> query.error(
                        at,
                        a.kind() == Kind.JSON
                                ? "two JSON values don't compare" + CAST_HINT
                                : a.kind().text() + " and " + b.kind().text() + " don't compare" + CAST_HINT));
        return new Both(Kind.BOOLEAN, a, b, new Comparison(operator, order));
    }

    /** JSON as what it stands against, numbers with all their digits. */
    private static Evaluator jsonAs(Evaluator value, Kind other) {
        if (value.kind() != Kind.JSON || other == Kind.JSON || other == Kind.NULL || other == Kind.BINARY) {
            return value;
        }
        return new JsonValues(value, Kind.NUMBERS.contains(other) ? Kind.DECIMAL : other);
    }

    private Evaluator truth(Syntax syntax) {
        return as(evaluator(syntax), Kind.BOOLEAN, syntax.at(), "a condition is true or false");
    }

    private Evaluator connective(boolean deciding, Syntax left, Syntax right) {
        return new Both(Kind.BOOLEAN, truth(left), truth(right), new Connective(deciding));
    }

    private static Evaluator not(Evaluator truth) {
        return new PerRow(Kind.BOOLEAN, truth, (from, to, row) -> to.setTruth(row, from.isFalse(row)));
    }

    private Evaluator in(Syntax.In in) {
        Evaluator value = new Shared(evaluator(in.value()));
        List<Evaluator> comparisons = in.options().stream()
                .map(option -> compare(
                        ComparisonOperator.EQUAL, value, literal(option, evaluator(option), value.kind()), option.at()))
                .toList();
        Evaluator any = new AnyOf(comparisons);
        return in.negated() ? not(any) : any;
    }

    private Evaluator between(Syntax.Between between) {
        Evaluator value = new Shared(evaluator(between.value()));
        Evaluator low = literal(between.low(), evaluator(between.low()), value.kind());
        Evaluator high = literal(between.high(), evaluator(between.high()), value.kind());
        Evaluator isAbove = compare(
                ComparisonOperator.GREATER_OR_EQUAL, value, low, between.low().at());
        Evaluator isBelow = compare(
                ComparisonOperator.LESS_OR_EQUAL, value, high, between.high().at());
        Evaluator within = new Both(Kind.BOOLEAN, isAbove, isBelow, new Connective(false));
        return between.negated() ? not(within) : within;
    }

    private Evaluator like(Syntax.Like like) {
        Evaluator value = as(evaluator(like.value()), Kind.TEXT, like.at(), "LIKE takes text");
        if (!(like.pattern() instanceof Syntax.Text pattern)) {
            throw query.error(like.pattern().at(), "the pattern of LIKE must be a text in quotes, as in 'c%'");
        }
        LikePattern compiled = pattern(like, pattern);
        return new PerRow(
                Kind.BOOLEAN,
                value,
                (from, to, row) -> to.setTruth(
                        row, compiled.matches(from.array(row), from.start(row), from.length(row)) != like.negated()));
    }

    private LikePattern pattern(Syntax.Like like, Syntax.Text pattern) {
        Optional<Integer> escape = like.escape().map(text -> {
            if (text.codePointCount(0, text.length()) != 1) {
                throw query.error(like.at(), "ESCAPE must be one character but was '" + text + "'");
            }
            return text.codePointAt(0);
        });
        try {
            return LikePattern.of(pattern.value(), escape);
        } catch (IllegalArgumentException e) {
            throw query.error(pattern.at(), String.valueOf(e.getMessage()));
        }
    }

    private Evaluator isNull(Syntax.IsNull isNull) {
        return new TruthTest(presence(isNull.value()), (cells, row) -> cells.isNull(row) != isNull.negated());
    }

    /** Any column can be asked for null, also one of which nothing is computed. */
    private Evaluator presence(Syntax syntax) {
        if (syntax instanceof Syntax.Name name && columns.find(name) >= 0) {
            ColumnPath path = path(name, columns.find(name));
            if (Kind.of(path.type()).isEmpty()) {
                return new Presence(path);
            }
        }
        return evaluator(syntax);
    }

    private Evaluator isTruth(Syntax.IsTruth is) {
        return new TruthTest(
                truth(is.value()),
                (cells, row) -> (is.wanted() ? cells.isTrue(row) : cells.isFalse(row)) != is.negated());
    }

    private Evaluator cast(Syntax.Cast cast) {
        Kind kind = Casts.target(cast.type()).orElseThrow();
        Evaluator value = cast.orNull() ? new Shared(evaluator(cast.value())) : evaluator(cast.value());
        Evaluator done = Casts.cast(value, kind)
                .orElseThrow(() -> query.error(cast.at(), value.kind().text() + " can't be CAST AS " + cast.type()));
        return cast.orNull() ? new Casts.OrNull(value, done) : done;
    }
}
