package io.rowlake.query;

import io.rowlake.query.PathScanner.Plain;
import io.rowlake.query.SelectList.AllColumns;
import io.rowlake.query.SelectList.Item;
import io.rowlake.query.SelectList.Selected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.Token;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;

/** Reads the text of a query. */
final class QueryParser {

    private static final int LENGTH_MAX = 65_536;

    /** The parser's second way takes a time that grows fast with the brackets. */
    private static final int NESTING_OF_SECOND_WAY = 5;

    private static final Pattern LEXICAL_COLUMN = Pattern.compile("column (\\d+)");
    private static final String ALL = "SELECT * ";
    private static final String BETWEEN_HINT =
            "; where a bound of BETWEEN has brackets within brackets, write >= and <=";
    private static final String TOO_SHORT = "it ends too early; write SELECT columns WHERE condition";

    private final QueryText query;
    private final Plain plain;

    /** By how much the parser's places are later than those in the query. */
    private final int shift;

    private QueryParser(QueryText query, Plain plain, int shift) {
        this.query = query;
        this.plain = plain;
        this.shift = shift;
    }

    static SelectList parse(QueryText query) {
        if (query.sql().length() > LENGTH_MAX) {
            throw query.error(LENGTH_MAX, "it has more than " + LENGTH_MAX + " characters");
        }
        if (query.sql().isBlank()) {
            throw query.error(0, TOO_SHORT);
        }
        Plain plain = PathScanner.scan(query);
        boolean isConditionAlone = plain.text().strip().toUpperCase(Locale.ROOT).startsWith("WHERE");
        String text = isConditionAlone ? ALL + plain.text() : plain.text();
        var parser = new QueryParser(query, plain, isConditionAlone ? ALL.length() : 0);
        try {
            return parser.selectList(parser.read(text));
        } catch (StackOverflowError e) {
            // The parser has no bound of its own, and fails long before the thread can't go on.
            throw query.error(0, "too many operators stand within each other");
        }
    }

    private PlainSelect read(String text) {
        Attempt first = attempt(text, false);
        if (first.select().isPresent()) {
            return first.select().get();
        }
        Attempt second = nesting(text) <= NESTING_OF_SECOND_WAY ? attempt(text, true) : first;
        if (second.select().isPresent()) {
            return second.select().get();
        }
        throw query.error(Math.max(0, second.stop() - shift), reason(second));
    }

    /** A select that was read to the end, or else where the parser stopped, and at what. */
    private record Attempt(Optional<PlainSelect> select, int stop, String found) {}

    private Attempt attempt(String text, boolean secondWay) {
        CCJSqlParser parser = CCJSqlParserUtil.newParser(text)
                .withSquareBracketQuotation(false)
                .withAllowComplexParsing(secondWay);
        try {
            PlainSelect select = parser.PlainSelect();
            Token next = parser.getToken(1);
            return next.kind == 0
                    ? new Attempt(Optional.of(select), text.length(), "")
                    : new Attempt(Optional.empty(), next.beginColumn - 1, next.image);
        } catch (ParseException e) {
            Token next = e.currentToken.next;
            return next.kind == 0
                    ? new Attempt(Optional.empty(), text.length(), "")
                    : new Attempt(Optional.empty(), next.beginColumn - 1, next.image);
        } catch (TokenMgrException e) {
            throw query.error(Math.max(0, lexicalStop(e) - shift), "SQL doesn't have this character");
        }
    }

    /** The parser tells the place in its message alone. */
    private static int lexicalStop(TokenMgrException e) {
        Matcher column = LEXICAL_COLUMN.matcher(String.valueOf(e.getMessage()));
        return column.find() ? Integer.parseInt(column.group(1)) - 1 : 0;
    }

    private String reason(Attempt attempt) {
        Syntax.Name name = plain.names().get(attempt.found());
        String found = name == null ? attempt.found() : name.column();
        if (found.equals(";")) {
            return "a query is one statement, without ;";
        }
        String reason = found.isEmpty()
                ? TOO_SHORT
                : "it can't be read from '" + found
                        + "' on; write SELECT columns WHERE condition, and put names that are words of SQL in double"
                        + " quotes";
        return plain.text().toUpperCase(Locale.ROOT).contains("BETWEEN") ? reason + BETWEEN_HINT : reason;
    }

    private static int nesting(String text) {
        int deepest = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private SelectList selectList(PlainSelect select) {
        refuseOtherParts(select);
        var syntax = new SyntaxBuilder(query, plain, shift);
        List<Item> items = new ArrayList<>();
        for (SelectItem<?> item : select.getSelectItems()) {
            items.add(item(item, syntax));
        }
        var list = new SelectList(
                List.copyOf(items), Optional.ofNullable(select.getWhere()).map(syntax::build));
        requireNothingElse(select);
        return list;
    }

    /** Parts that few databases know, and that would be dropped without a word. */
    private void requireNothingElse(PlainSelect select) {
        var understood = new PlainSelect();
        understood.setSelectItems(select.getSelectItems());
        understood.setWhere(select.getWhere());
        if (!understood.toString().equals(select.toString())) {
            throw query.error(0, "a query is SELECT columns WHERE condition, and has no other parts");
        }
    }

    private Item item(SelectItem<?> item, SyntaxBuilder syntax) {
        if (item.getExpression() instanceof AllTableColumns all) {
            throw query.error(syntax.start(all), "the topic is the table, and has no other name; write *");
        }
        if (item.getExpression() instanceof net.sf.jsqlparser.statement.select.AllColumns all) {
            if (item.getAlias() != null || !all.toString().equals("*")) {
                throw query.error(syntax.start(all), "* takes all columns; name those that are wanted instead");
            }
            return new AllColumns(syntax.start(all));
        }
        return new Selected(
                syntax.build(item.getExpression()),
                Optional.ofNullable(item.getAlias()).map(alias -> alias(alias, item.getExpression(), syntax)));
    }

    private String alias(Alias alias, Expression named, SyntaxBuilder syntax) {
        if (alias.getAliasColumns() != null || alias.getName().startsWith("'")) {
            throw query.error(syntax.start(named), "the name after AS is a word, or stands in double quotes");
        }
        return syntax.alias(alias.getName());
    }

    /** Every part of a SELECT that the parser knows and a row by itself has no use for. */
    private void refuseOtherParts(PlainSelect select) {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        parts.put("FROM", select.getFromItem() != null);
        parts.put("DISTINCT", select.getDistinct() != null);
        parts.put("TOP", select.getTop() != null);
        parts.put("INTO", select.getIntoTables() != null);
        parts.put("GROUP", select.getGroupBy() != null);
        parts.put("HAVING", select.getHaving() != null);
        parts.put("QUALIFY", select.getQualify() != null);
        parts.put("WINDOW", select.getWindowDefinitions() != null);
        parts.put("ORDER", select.getOrderByElements() != null);
        parts.put("LIMIT", select.getLimit() != null || select.getLimitBy() != null);
        parts.put("OFFSET", select.getOffset() != null);
        parts.put("FETCH", select.getFetch() != null);
        parts.put("FOR", select.getForMode() != null);
        parts.put("START", select.getOracleHierarchical() != null);
        parts.put("PREFERRING", select.getPreferringClause() != null);
        parts.put("FINAL", select.isUsingFinal());
        parts.forEach((word, isThere) -> {
            if (isThere) {
                throw query.error(place(select, word), refusal(word));
            }
        });
    }

    /** Where a word of SQL stands, not one within a name or a text. */
    private int place(PlainSelect select, String word) {
        Token token = select.getASTNode().jjtGetFirstToken();
        while (token != null && !token.image.equalsIgnoreCase(word)) {
            token = token.next;
        }
        return token == null ? 0 : Math.max(0, token.beginColumn - 1 - shift);
    }

    private static String refusal(String word) {
        return word.equals("FROM")
                ? "leave FROM out: the topic is the table"
                : word + " takes several rows together, and a query is asked of each row by itself";
    }
}
