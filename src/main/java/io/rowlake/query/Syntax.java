package io.rowlake.query;

import java.util.List;
import java.util.Optional;

/** An expression as it was written: names are not resolved, and nothing has a type but literals. */
sealed interface Syntax {

    /** Where it begins in the query's text, in characters from 0. An operator's place is the operator's own. */
    int at();

    /** A column, and the path into its value. */
    record Name(int at, String column, List<Step> path) implements Syntax {}

    /** One step of a path into a value. */
    sealed interface Step {
        int at();
    }

    /** {@code .name}: a field of a struct, a key of a JSON object, a part of a media column. */
    record Key(int at, String name) implements Step {}

    /** {@code [index]}: an element of a list or JSON array, from 0. */
    record Index(int at, int index) implements Step {}

    record Text(int at, String value) implements Syntax {}

    record Whole(int at, long value) implements Syntax {}

    record Fraction(int at, double value) implements Syntax {}

    record Truth(int at, boolean value) implements Syntax {}

    record Null(int at) implements Syntax {}

    /** {@code DATE '…'}, in days since 1970. */
    record DateLiteral(int at, int days) implements Syntax {}

    /** {@code TIMESTAMP '…'}, in microseconds since 1970, UTC. */
    record TimestampLiteral(int at, long micros) implements Syntax {}

    record Negative(int at, Syntax value) implements Syntax {}

    enum ArithmeticOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%");

        private final String sign;

        ArithmeticOperator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    record Arithmetic(int at, ArithmeticOperator operator, Syntax left, Syntax right) implements Syntax {}

    /** {@code left || right}. */
    record Concatenation(int at, Syntax left, Syntax right) implements Syntax {}

    enum ComparisonOperator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        ComparisonOperator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    record Comparison(int at, ComparisonOperator operator, Syntax left, Syntax right) implements Syntax {}

    record And(int at, Syntax left, Syntax right) implements Syntax {}

    record Or(int at, Syntax left, Syntax right) implements Syntax {}

    record Not(int at, Syntax value) implements Syntax {}

    record In(int at, Syntax value, List<Syntax> options, boolean negated) implements Syntax {}

    record Between(int at, Syntax value, Syntax low, Syntax high, boolean negated) implements Syntax {}

    record Like(int at, Syntax value, Syntax pattern, Optional<String> escape, boolean negated) implements Syntax {}

    record IsNull(int at, Syntax value, boolean negated) implements Syntax {}

    /** {@code IS [NOT] TRUE} and {@code IS [NOT] FALSE}. */
    record IsTruth(int at, Syntax value, boolean wanted, boolean negated) implements Syntax {}

    /**
     * {@code CAST} and {@code TRY_CAST}.
     *
     * @param type as it was written, such as {@code DECIMAL(10, 2)}
     * @param typeAt where the type begins in the query's text
     */
    record Cast(int at, Syntax value, String type, int typeAt, boolean orNull) implements Syntax {}

    /** A function's name as it was written, and what it is called with. */
    record Call(int at, String function, List<Syntax> arguments) implements Syntax {}
}
