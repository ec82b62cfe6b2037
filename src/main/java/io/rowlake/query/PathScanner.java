package io.rowlake.query;

import io.rowlake.query.Syntax.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts plain words in the place of quoted names and of paths such as {@code meta.tags[0].name}, which parsers of SQL don't
 * know, and blanks in that of comments. Every character keeps its place.
 */
final class PathScanner {

    /** Letters of which no query has all; one that it doesn't have begins the words. */
    private static final String MARKS = "\u01EB\u0292\u0281\u026E\u0264";

    private static final int WORD_DIGITS = 2;

    /** How many words of three characters there are with one mark. */
    private static final int WORDS_MAX = Character.MAX_RADIX * Character.MAX_RADIX;

    private static final int NESTING_MAX = 100;

    private final QueryText query;
    private final String sql;
    private final StringBuilder plain;
    private final char mark;
    private final Map<String, Syntax.Name> names = new HashMap<>();
    private int at;
    private int nesting;

    private PathScanner(QueryText query) {
        this.query = query;
        this.sql = query.sql();
        this.plain = new StringBuilder(sql);
        this.mark = (char) MARKS.chars()
                .filter(letter -> sql.indexOf(letter) < 0)
                .findFirst()
                .orElseThrow(() -> query.error(0, "it has too many rare letters"));
    }

    /**
     * What a parser of SQL can read.
     *
     * @param text as long as the query, in one line
     * @param names what the words in it stand for
     */
    record Plain(String text, Map<String, Syntax.Name> names) {}

    static Plain scan(QueryText query) {
        var scanner = new PathScanner(query);
        while (scanner.at < scanner.sql.length()) {
            scanner.next();
        }
        return new Plain(scanner.plain.toString(), scanner.names);
    }

    private void next() {
        char letter = sql.charAt(at);
        if (letter == '\'') {
            text();
        } else if (sql.startsWith("--", at)) {
            blank(orEnd(sql.indexOf('\n', at)));
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            if (end < 0) {
                throw query.error(at, "the comment has no end");
            }
            blank(end + 2);
        } else if (isNameStart(letter) || isQuote(letter)) {
            name();
        } else if (Character.isDigit(letter)) {
            number();
        } else {
            other(letter);
        }
    }

    private void other(char letter) {
        if (letter == '(' && ++nesting > NESTING_MAX) {
            throw query.error(at, "more than " + NESTING_MAX + " brackets stand within each other");
        }
        if (letter == ')') {
            nesting--;
        }
        // Texts from web pages and documents have blanks that don't break, which SQL doesn't know.
        if (Character.isWhitespace(letter) || Character.isSpaceChar(letter)) {
            plain.setCharAt(at, ' ');
        }
        at++;
    }

    private void text() {
        int begin = at;
        do {
            int end = sql.indexOf('\'', at + 1);
            if (end < 0) {
                throw query.error(begin, "the text in quotes has no end");
            }
            at = end + 1;
        } while (at < sql.length() && sql.charAt(at) == '\'');
        // The line breaks of a text are put back by the parser from the query itself.
        for (int i = begin; i < at; i++) {
            if (Character.isWhitespace(plain.charAt(i))) {
                plain.setCharAt(i, ' ');
            }
        }
    }

    private void blank(int end) {
        for (int i = at; i < end; i++) {
            plain.setCharAt(i, ' ');
        }
        at = end;
    }

    private void number() {
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
    }

    private void name() {
        int begin = at;
        boolean isQuoted = isQuote(sql.charAt(at));
        String column = identifier();
        List<Step> path = new ArrayList<>();
        Optional<Step> step = step();
        while (step.isPresent()) {
            path.add(step.get());
            step = step();
        }
        if (isQuoted || !path.isEmpty()) {
            if (sql.startsWith("(", at)) {
                throw query.error(begin, "the name of a function is one word without quotes");
            }
            replace(begin, new Syntax.Name(begin, column, List.copyOf(path)));
        }
    }

    private Optional<Step> step() {
        if (at >= sql.length()) {
            return Optional.empty();
        }
        int begin = at;
        if (sql.charAt(at) == '.'
                && at + 1 < sql.length()
                && (isNameStart(sql.charAt(at + 1)) || isQuote(sql.charAt(at + 1)))) {
            at++;
            return Optional.of(new Syntax.Key(begin, identifier()));
        }
        return sql.charAt(at) == '[' ? Optional.of(element()) : Optional.empty();
    }

    private Step element() {
        int begin = at;
        int end = sql.indexOf(']', at);
        String index = end < 0 ? "" : sql.substring(at + 1, end).strip();
        if (index.isEmpty() || index.length() > 9 || !index.chars().allMatch(Character::isDigit)) {
            throw query.error(begin, "the place in a list must be a whole number from 0 on, as in [0]");
        }
        at = end + 1;
        return new Syntax.Index(begin, Integer.parseInt(index));
    }

    private String identifier() {
        if (isQuote(sql.charAt(at))) {
            return quoted();
        }
        int begin = at;
        while (at < sql.length() && (isNameStart(sql.charAt(at)) || Character.isDigit(sql.charAt(at)))) {
            at++;
        }
        return sql.substring(begin, at);
    }

    /** Within the quotes, two of them stand for one. */
    private String quoted() {
        int begin = at;
        char quote = sql.charAt(at);
        var name = new StringBuilder();
        at++;
        while (at < sql.length() && (sql.charAt(at) != quote || sql.startsWith(doubled(quote), at))) {
            at += sql.charAt(at) == quote ? 1 : 0;
            name.append(sql.charAt(at));
            at++;
        }
        if (at >= sql.length()) {
            throw query.error(begin, "the name in quotes has no end");
        }
        if (name.isEmpty()) {
            throw query.error(begin, "a name in quotes is empty");
        }
        at++;
        return name.toString();
    }

    private static String doubled(char quote) {
        return String.valueOf(new char[] {quote, quote});
    }

    private void replace(int begin, Syntax.Name name) {
        if (names.size() == WORDS_MAX) {
            throw query.error(begin, "it has more than " + WORDS_MAX + " paths and names in quotes");
        }
        String number = Integer.toString(names.size(), Character.MAX_RADIX);
        String word = mark + "0".repeat(WORD_DIGITS - number.length()) + number;
        String padded = word + "_".repeat(at - begin - word.length());
        plain.replace(begin, at, padded);
        names.put(padded, name);
    }

    private int orEnd(int position) {
        return position < 0 ? sql.length() : position;
    }

    private static boolean isNameStart(char letter) {
        return Character.isLetter(letter) || letter == '_' || letter == '$';
    }

    private static boolean isQuote(char letter) {
        return letter == '"' || letter == '`';
    }
}
