package io.rowlake.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.statement.select.AllColumns;

/** Calls of functions and casts, as they were written. */
final class CallSyntax {

    /** What a query may not have, by the parser's name for it. */
    private static final Map<String, String> REFUSALS = Map.of(
            "CaseExpression", "CASE is not known; write COALESCE, NULLIF, or a column of each case",
            "AnalyticExpression", "a window takes several rows together, and a query is asked of each row by itself",
            "ExistsExpression", "there is no query within a query",
            "ParenthesedSelect", "there is no query within a query",
            "JdbcParameter", "there are no parameters; write the value",
            "JdbcNamedParameter", "there are no parameters; write the value",
            "TimeKeyExpression", "the time of the query is not known to it; a query gives the same whenever it is run",
            "IsDistinctExpression", "IS DISTINCT FROM is not known; write = and IS NULL",
            "ArrayExpression", "only a column or a part of it has elements, as in embedding[0]",
            "AllColumns", "* stands alone in the list of columns");

    private final SyntaxBuilder syntax;
    private final QueryText query;

    CallSyntax(SyntaxBuilder syntax, QueryText query) {
        this.syntax = syntax;
        this.query = query;
    }

    static String refusal(Expression expression) {
        String name = expression.getClass().getSimpleName();
        return REFUSALS.getOrDefault(name, "this is not known; docs/query.md says what a query can have");
    }

    Syntax call(Function call) {
        int at = syntax.start(call);
        if (call.getParameters() != null && call.getParameters().stream().anyMatch(AllColumns.class::isInstance)) {
            // As in COUNT(*), which no function takes that there is.
            return known(new Syntax.Call(at, call.getName(), List.of()));
        }
        List<Syntax> arguments = new ArrayList<>();
        if (call.getParameters() != null) {
            arguments.addAll(syntax.all(call.getParameters()));
        }
        if (call.getNamedParameters() != null) {
            arguments.addAll(syntax.all(call.getNamedParameters()));
        }
        Syntax known = known(new Syntax.Call(at, call.getName(), List.copyOf(arguments)));
        var understood = new Function();
        understood.setName(call.getName());
        understood.setParameters(call.getParameters());
        understood.setNamedParameters(call.getNamedParameters());
        if (!understood.toString().equals(call.toString())) {
            throw query.error(at, call.getName() + " takes nothing but its arguments");
        }
        return known;
    }

    private Syntax known(Syntax.Call call) {
        Functions.requireKnown(call, query);
        return call;
    }

    Syntax trim(TrimFunction trim) {
        if (trim.getTrimSpecification() != null || trim.getFromExpression() != null) {
            throw query.error(syntax.start(trim), "TRIM takes one text, and takes blanks from both of its ends");
        }
        return new Syntax.Call(syntax.start(trim), "TRIM", List.of(syntax.build(trim.getExpression())));
    }

    /** CAST, TRY_CAST, and the literals of dates and times, which the parser takes for casts. */
    Syntax cast(CastExpression cast) {
        int at = syntax.start(cast);
        String type = String.valueOf(cast.getColDataType());
        if (cast.isImplicitCast()) {
            return literal(cast, type);
        }
        if (cast.getFormat() != null) {
            throw query.error(at, "CAST has no FORMAT; texts of dates and times are ISO 8601");
        }
        String keyword = cast.keyword == null ? "" : cast.keyword.toUpperCase(Locale.ROOT);
        boolean orNull = keyword.equals("TRY_CAST") || keyword.equals("SAFE_CAST");
        int typeAt = Math.max(
                at,
                query.sql()
                        .toLowerCase(Locale.ROOT)
                        .indexOf(cast.getColDataType().getDataType().toLowerCase(Locale.ROOT), at));
        if (Casts.target(type).isEmpty()) {
            throw query.error(typeAt, "there is no type " + type + " to CAST to, but " + Casts.known());
        }
        return new Syntax.Cast(at, syntax.build(cast.getLeftExpression()), type, typeAt, orNull);
    }

    private Syntax literal(CastExpression cast, String type) {
        int at = syntax.start(cast);
        Kind kind = type.equalsIgnoreCase("DATE") ? Kind.DATE : Kind.TIMESTAMP;
        if (!(cast.getLeftExpression() instanceof StringValue text)
                || !(type.equalsIgnoreCase("DATE")
                        || type.toUpperCase(Locale.ROOT).startsWith("TIMESTAMP"))) {
            throw query.error(at, "there are literals of DATE and TIMESTAMP only, as in DATE '2026-06-03'");
        }
        var cell = new Cells().begin(1, kind);
        if (!TextForms.read(text.getValue(), kind, cell, 0)) {
            throw query.error(at, "'" + text.getValue() + "' must be " + TextForms.expected(kind));
        }
        return kind == Kind.DATE
                ? new Syntax.DateLiteral(at, (int) cell.whole(0))
                : new Syntax.TimestampLiteral(at, cell.whole(0));
    }
}
