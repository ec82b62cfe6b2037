package io.rowlake.query;

import io.rowlake.batch.ChangeBatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The functions that a query may call. */
final class Functions {

    private static final String TEXT = "text";
    private static final Set<String> AGGREGATES = Set.of(
            "COUNT", "SUM", "AVG", "MIN", "MAX", "STDDEV", "VARIANCE", "ARRAY_AGG", "STRING_AGG", "GROUP_CONCAT");

    /** How many arguments each takes, at least and at most. */
    private record Arity(int least, int most) {}

    private static final Map<String, Arity> ARITIES = Map.ofEntries(
            Map.entry("ABS", new Arity(1, 1)),
            Map.entry("CEIL", new Arity(1, 1)),
            Map.entry("COALESCE", new Arity(1, Integer.MAX_VALUE)),
            Map.entry("FLOOR", new Arity(1, 1)),
            Map.entry("LENGTH", new Arity(1, 1)),
            Map.entry("LOWER", new Arity(1, 1)),
            Map.entry("NULLIF", new Arity(2, 2)),
            Map.entry("ROUND", new Arity(1, 2)),
            Map.entry("SUBSTRING", new Arity(2, 3)),
            Map.entry("TRIM", new Arity(1, 1)),
            Map.entry("UPPER", new Arity(1, 1)));

    private final Expressions expressions;

    Functions(Expressions expressions) {
        this.expressions = expressions;
    }

    Evaluator call(Syntax.Call call) {
        String name = call.function().toUpperCase(Locale.ROOT);
        List<Evaluator> arguments =
                call.arguments().stream().map(expressions::evaluator).toList();
        Evaluator first = arguments.get(0);
        return switch (name) {
            case "LOWER" -> text(call, first, text -> text.toLowerCase(Locale.ROOT));
            case "UPPER" -> text(call, first, text -> text.toUpperCase(Locale.ROOT));
            case "TRIM" -> text(call, first, String::strip);
            case "LENGTH" -> length(call, first);
            case "SUBSTRING" -> substring(call, arguments);
            case "COALESCE" -> coalesce(call, arguments);
            case "NULLIF" -> nullIf(call, arguments);
            default -> number(call, name, arguments);
        };
    }

    /**
     * Looks at what doesn't depend on the columns.
     *
     * @throws QueryException if there is no such function, or it takes another number of arguments
     */
    static void requireKnown(Syntax.Call call, QueryText query) {
        String name = call.function().toUpperCase(Locale.ROOT);
        if (AGGREGATES.contains(name)) {
            throw query.error(
                    call.at(), name + " takes several rows together, and a query is asked of each row by itself");
        }
        Arity arity = ARITIES.get(name);
        if (arity == null) {
            throw query.error(
                    call.at(),
                    "there is no function " + name + ", but "
                            + Nearest.hint(
                                    name, ARITIES.keySet().stream().sorted().toList()));
        }
        int count = call.arguments().size();
        if (count < arity.least() || count > arity.most()) {
            String wanted = arity.least() == arity.most() || arity.most() == Integer.MAX_VALUE
                    ? String.valueOf(arity.least())
                    : arity.least() + " or " + arity.most();
            throw query.error(call.at(), name + " takes " + wanted + " arguments but has " + count);
        }
    }

    private Evaluator asText(Syntax.Call call, Evaluator argument) {
        return expressions.as(argument, Kind.TEXT, call.at(), call.function() + " takes " + TEXT);
    }

    private Evaluator text(Syntax.Call call, Evaluator argument, UnaryOperator<String> function) {
        return new PerRow(
                Kind.TEXT, asText(call, argument), (from, to, row) -> to.setText(row, function.apply(from.text(row))));
    }

    private Evaluator length(Syntax.Call call, Evaluator argument) {
        return new PerRow(Kind.WHOLE, asText(call, argument), (from, to, row) -> {
            byte[] array = from.array(row);
            int characters = 0;
            for (int i = from.start(row); i < from.start(row) + from.length(row); i++) {
                // Every byte but those that continue a character in UTF-8 begins one.
                characters += (array[i] & 0xC0) == 0x80 ? 0 : 1;
            }
            to.setWhole(row, characters);
        });
    }

    private Evaluator substring(Syntax.Call call, List<Evaluator> arguments) {
        String rule = "SUBSTRING counts in whole numbers";
        Evaluator begin = expressions.as(arguments.get(1), Kind.WHOLE, call.at(), rule);
        Evaluator tail = Both.values(
                Kind.TEXT,
                asText(call, arguments.get(0)),
                begin,
                (text, at, to, row) -> to.setText(row, Substrings.from(text.text(row), at.whole(row))));
        if (arguments.size() == 2) {
            return tail;
        }
        // What stands before the text counts as well: SUBSTRING('abc', 0, 2) is 'a'.
        Evaluator length = expressions.as(arguments.get(2), Kind.WHOLE, call.at(), rule);
        Evaluator shown = Both.values(Kind.WHOLE, begin, length, Substrings::shownLength);
        return Both.values(
                Kind.TEXT,
                tail,
                shown,
                (text, count, to, row) -> to.setText(row, Substrings.first(text.text(row), count.whole(row))));
    }

    private Evaluator coalesce(Syntax.Call call, List<Evaluator> arguments) {
        Kind kind = Kind.NULL;
        for (Evaluator argument : arguments) {
            kind = expressions.common(kind, argument.kind(), call.at());
        }
        Kind common = kind;
        return new Coalesce(
                common,
                arguments.stream()
                        .map(argument -> expressions.as(argument, common, call.at(), "COALESCE takes one kind"))
                        .toList());
    }

    private Evaluator nullIf(Syntax.Call call, List<Evaluator> arguments) {
        Syntax.Comparison equals = new Syntax.Comparison(
                call.at(),
                Syntax.ComparisonOperator.EQUAL,
                call.arguments().get(0),
                call.arguments().get(1));
        return new NullIf(arguments.get(0), expressions.evaluator(equals));
    }

    private Evaluator number(Syntax.Call call, String name, List<Evaluator> arguments) {
        Evaluator value = expressions.number(arguments.get(0), call.at(), name + " takes a number");
        if (value.kind() == Kind.WHOLE) {
            return name.equals("ABS") ? new PerRow(Kind.WHOLE, value, Numbers::absolute) : value;
        }
        if (arguments.size() == 2) {
            Evaluator digits =
                    expressions.as(arguments.get(1), Kind.WHOLE, call.at(), "ROUND takes the digits as a whole number");
            return Both.values(Kind.FRACTION, value, digits, (from, count, to, row) -> {
                int scale = (int) Math.max(-400, Math.min(400, count.whole(row)));
                to.setFraction(row, Numbers.round(from.fraction(row), scale));
            });
        }
        return new PerRow(Kind.FRACTION, value, (from, to, row) -> {
            double number = from.fraction(row);
            to.setFraction(
                    row,
                    switch (name) {
                        case "ABS" -> Math.abs(number);
                        case "FLOOR" -> Math.floor(number);
                        case "CEIL" -> Math.ceil(number);
                        default -> Numbers.round(number, 0);
                    });
        });
    }

    /** The first value that is there. A failure before it is one of the whole. */
    private static final class Coalesce implements Evaluator {

        private final Kind kind;
        private final List<Evaluator> arguments;
        private final Cells cells = new Cells();

        Coalesce(Kind kind, List<Evaluator> arguments) {
            this.kind = kind;
            this.arguments = arguments;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public Cells evaluate(ChangeBatch rows) {
            List<Cells> values =
                    arguments.stream().map(argument -> argument.evaluate(rows)).toList();
            cells.begin(rows.rows(), kind);
            for (int row = 0; row < rows.rows(); row++) {
                int at = 0;
                while (at < values.size() - 1 && values.get(at).isNull(row)) {
                    at++;
                }
                cells.set(row, values.get(at), kind);
            }
            return cells;
        }
    }

    /** The value, or null where it equals the other. */
    private static final class NullIf implements Evaluator {

        private final Evaluator value;
        private final Evaluator equals;
        private final Cells cells = new Cells();

        NullIf(Evaluator value, Evaluator equals) {
            this.value = value;
            this.equals = equals;
        }

        @Override
        public Kind kind() {
            return value.kind();
        }

        @Override
        public Cells evaluate(ChangeBatch rows) {
            Cells values = value.evaluate(rows);
            Cells same = equals.evaluate(rows);
            cells.begin(rows.rows(), kind());
            for (int row = 0; row < rows.rows(); row++) {
                if (same.isTrue(row)) {
                    cells.setNull(row);
                } else if (same.isBad(row)) {
                    cells.setAbsent(row, same);
                } else {
                    cells.set(row, values, kind());
                }
            }
            return cells;
        }
    }
}
