package io.rowlake.query;

import io.rowlake.query.PathScanner.Plain;
import io.rowlake.query.Syntax.ArithmeticOperator;
import io.rowlake.query.Syntax.ComparisonOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.Between;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.parser.SimpleNode;
import net.sf.jsqlparser.schema.Column;

/** Makes expressions of what the parser has read, and refuses those that a query may not have. */
final class SyntaxBuilder {

    private static final int DEPTH_MAX = 500;

    private final QueryText query;
    private final Plain plain;
    private final int shift;
    private final Map<Class<?>, Function<Expression, Syntax>> rules = new HashMap<>();
    private int depth;

    SyntaxBuilder(QueryText query, Plain plain, int shift) {
        this.query = query;
        this.plain = plain;
        this.shift = shift;
        literals();
        arithmetic();
        conditions();
        var calls = new CallSyntax(this, query);
        rule(Column.class, this::column);
        rule(ParenthesedExpressionList.class, list -> build(single(list)));
        rule(CastExpression.class, calls::cast);
        rule(TrimFunction.class, calls::trim);
        rule(net.sf.jsqlparser.expression.Function.class, calls::call);
    }

    private <E extends Expression> void rule(Class<E> type, Function<E, Syntax> rule) {
        rules.put(type, expression -> rule.apply(type.cast(expression)));
    }

    private void literals() {
        rule(StringValue.class, this::text);
        rule(LongValue.class, this::whole);
        rule(DoubleValue.class, this::fraction);
        rule(BooleanValue.class, truth -> new Syntax.Truth(start(truth), truth.getValue()));
        rule(NullValue.class, nothing -> new Syntax.Null(start(nothing)));
    }

    private void arithmetic() {
        rule(SignedExpression.class, this::signed);
        rule(Addition.class, both -> arithmetic(both, ArithmeticOperator.ADD));
        rule(Subtraction.class, both -> arithmetic(both, ArithmeticOperator.SUBTRACT));
        rule(Multiplication.class, both -> arithmetic(both, ArithmeticOperator.MULTIPLY));
        rule(Division.class, both -> arithmetic(both, ArithmeticOperator.DIVIDE));
        rule(Modulo.class, both -> arithmetic(both, ArithmeticOperator.REMAINDER));
        rule(
                Concat.class,
                both -> new Syntax.Concatenation(
                        operator(both, "||"), build(both.getLeftExpression()), build(both.getRightExpression())));
    }

    private void conditions() {
        rule(EqualsTo.class, both -> comparison(both, ComparisonOperator.EQUAL));
        rule(NotEqualsTo.class, both -> comparison(both, ComparisonOperator.NOT_EQUAL));
        rule(MinorThan.class, both -> comparison(both, ComparisonOperator.LESS));
        rule(MinorThanEquals.class, both -> comparison(both, ComparisonOperator.LESS_OR_EQUAL));
        rule(GreaterThan.class, both -> comparison(both, ComparisonOperator.GREATER));
        rule(GreaterThanEquals.class, both -> comparison(both, ComparisonOperator.GREATER_OR_EQUAL));
        rule(
                AndExpression.class,
                and -> new Syntax.And(start(and), build(and.getLeftExpression()), build(and.getRightExpression())));
        rule(
                OrExpression.class,
                or -> new Syntax.Or(start(or), build(or.getLeftExpression()), build(or.getRightExpression())));
        rule(NotExpression.class, not -> new Syntax.Not(start(not), build(not.getExpression())));
        rule(InExpression.class, this::in);
        rule(
                Between.class,
                between -> new Syntax.Between(
                        start(between),
                        build(between.getLeftExpression()),
                        build(between.getBetweenExpressionStart()),
                        build(between.getBetweenExpressionEnd()),
                        between.isNot()));
        rule(LikeExpression.class, this::like);
        rule(
                IsNullExpression.class,
                is -> new Syntax.IsNull(start(is), build(is.getLeftExpression()), is.isNot() || is.isUseNotNull()));
        rule(
                IsBooleanExpression.class,
                is -> new Syntax.IsTruth(start(is), build(is.getLeftExpression()), is.isTrue(), is.isNot()));
    }

    Syntax build(Expression expression) {
        Function<Expression, Syntax> rule = rules.get(expression.getClass());
        if (rule == null) {
            throw query.error(start(expression), CallSyntax.refusal(expression));
        }
        depth++;
        if (depth > DEPTH_MAX) {
            throw query.error(start(expression), "more than " + DEPTH_MAX + " operators stand within each other");
        }
        Syntax built = rule.apply(expression);
        depth--;
        return built;
    }

    List<Syntax> all(Iterable<? extends Expression> expressions) {
        List<Syntax> all = new ArrayList<>();
        expressions.forEach(expression -> all.add(build(expression)));
        return List.copyOf(all);
    }

    /** Where an expression begins in the query. */
    int start(Expression whole) {
        Expression expression = whole;
        while (expression.getASTNode() == null && expression instanceof BinaryExpression both) {
            expression = both.getLeftExpression();
        }
        SimpleNode node = expression.getASTNode();
        if (node != null) {
            return Math.max(0, node.jjtGetFirstToken().beginColumn - 1 - shift);
        }
        if (expression instanceof ParenthesedExpressionList<?> list && !list.isEmpty()) {
            return start(list.get(0));
        }
        if (expression instanceof NotExpression not) {
            return start(not.getExpression());
        }
        if (expression instanceof IsNullExpression is) {
            return start(is.getLeftExpression());
        }
        if (expression instanceof IsBooleanExpression is) {
            return start(is.getLeftExpression());
        }
        return expression instanceof Between between ? start(between.getLeftExpression()) : 0;
    }

    /** The name that the query gives to an output column. */
    String alias(String word) {
        Syntax.Name name = plain.names().get(word);
        if (name == null) {
            return word;
        }
        if (!name.path().isEmpty()) {
            throw query.error(name.at(), "the name of a column has no path; put it in double quotes");
        }
        return name.column();
    }

    private Syntax column(Column column) {
        String word = column.getFullyQualifiedName();
        Syntax.Name name = plain.names().get(word);
        if (name != null) {
            return name;
        }
        if (word.indexOf('.') >= 0 || word.indexOf('[') >= 0) {
            throw query.error(start(column), "a path has no blanks, as in box.name and embedding[0]");
        }
        return new Syntax.Name(start(column), word, List.of());
    }

    private Expression single(ParenthesedExpressionList<?> list) {
        if (list.size() != 1) {
            throw query.error(start(list), "one value stands in brackets, but here are " + list.size());
        }
        return list.get(0);
    }

    /** The query itself has the line breaks, which the parser has not seen. */
    private Syntax text(StringValue text) {
        int begin = start(text);
        if (text.getPrefix() != null || query.sql().charAt(begin) != '\'') {
            throw query.error(begin, "a text stands in single quotes, as in 'cat'");
        }
        int end = begin + 1;
        var value = new StringBuilder();
        while (query.sql().charAt(end) != '\'' || query.sql().startsWith("''", end)) {
            value.append(query.sql().charAt(end));
            end += query.sql().charAt(end) == '\'' ? 2 : 1;
        }
        return new Syntax.Text(begin, value.toString());
    }

    private Syntax whole(LongValue whole) {
        return wholeOf(start(whole), whole.getStringValue());
    }

    private Syntax wholeOf(int at, String digits) {
        try {
            return new Syntax.Whole(at, Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw query.error(at, "a whole number has 64 bits, but this is " + digits + "; write it with a point");
        }
    }

    private Syntax fraction(DoubleValue fraction) {
        if (!Double.isFinite(fraction.getValue())) {
            throw query.error(start(fraction), "the number is greater than any double");
        }
        return new Syntax.Fraction(start(fraction), fraction.getValue());
    }

    private Syntax signed(SignedExpression signed) {
        Expression value = signed.getExpression();
        int at = start(signed);
        return switch (signed.getSign()) {
            case '+' -> build(value);
            // The least of the numbers of 64 bits has no positive one beside it.
            case '-' ->
                value instanceof LongValue whole
                        ? wholeOf(at, "-" + whole.getStringValue())
                        : new Syntax.Negative(at, build(value));
            default -> throw query.error(at, "there is no operator " + signed.getSign());
        };
    }

    private Syntax arithmetic(BinaryExpression both, ArithmeticOperator operator) {
        return new Syntax.Arithmetic(
                operator(both, operator.sign()),
                operator,
                build(both.getLeftExpression()),
                build(both.getRightExpression()));
    }

    private Syntax comparison(BinaryExpression both, ComparisonOperator operator) {
        return new Syntax.Comparison(
                operator(both, operator == ComparisonOperator.NOT_EQUAL ? both.getStringExpression() : operator.sign()),
                operator,
                build(both.getLeftExpression()),
                build(both.getRightExpression()));
    }

    /** The place of a sign, which stands before the right operand. */
    private int operator(BinaryExpression both, String sign) {
        return Math.max(start(both), query.sql().lastIndexOf(sign, Math.max(0, start(both.getRightExpression()) - 1)));
    }

    private Syntax in(InExpression in) {
        if (!(in.getRightExpression() instanceof ExpressionList<?> list) || list.isEmpty()) {
            throw query.error(start(in), "IN takes a list of values, as in IN ('cat', 'dog')");
        }
        return new Syntax.In(start(in), build(in.getLeftExpression()), all(list), in.isNot());
    }

    private Syntax like(LikeExpression like) {
        if (like.getLikeKeyWord() != LikeExpression.KeyWord.LIKE) {
            throw query.error(
                    start(like), like.getLikeKeyWord() + " is not known; write LOWER(text) LIKE 'c%' or the like");
        }
        if (like.isUseBinary()) {
            throw query.error(start(like), "LIKE compares bytes as it is; leave BINARY out");
        }
        Optional<String> escape = Optional.ofNullable(like.getEscape()).map(expression -> {
            if (expression instanceof StringValue text) {
                return text.getNotExcapedValue();
            }
            throw query.error(start(like), "ESCAPE takes one character in quotes, as in ESCAPE '!'");
        });
        return new Syntax.Like(
                start(like), build(like.getLeftExpression()), build(like.getRightExpression()), escape, like.isNot());
    }
}
