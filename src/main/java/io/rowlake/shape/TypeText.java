package io.rowlake.shape;

import io.rowlake.event.Column;
import io.rowlake.event.ColumnType;
import io.rowlake.event.ColumnType.DecimalType;
import io.rowlake.event.ColumnType.ListType;
import io.rowlake.event.ColumnType.Scalar;
import io.rowlake.event.ColumnType.StructType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads types as Iceberg writes them, and lists of columns with their types. */
final class TypeText {

    private static final SortedMap<String, Scalar> SCALARS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.ofEntries(
                    Map.entry("boolean", Scalar.BOOLEAN),
                    Map.entry("int", Scalar.INT),
                    Map.entry("long", Scalar.LONG),
                    Map.entry("float", Scalar.FLOAT),
                    Map.entry("double", Scalar.DOUBLE),
                    Map.entry("date", Scalar.DATE),
                    Map.entry("time", Scalar.TIME),
                    Map.entry("timestamp", Scalar.LOCAL_TIMESTAMP),
                    Map.entry("timestamptz", Scalar.TIMESTAMP),
                    Map.entry("timestamp_ns", Scalar.LOCAL_TIMESTAMP_NANO),
                    Map.entry("timestamptz_ns", Scalar.TIMESTAMP_NANO),
                    Map.entry("string", Scalar.STRING),
                    Map.entry("uuid", Scalar.UUID),
                    Map.entry("binary", Scalar.BINARY),
                    Map.entry("variant", Scalar.VARIANT),
                    Map.entry("json", Scalar.JSON))));

    private static final int DEPTH_MAX = 50;

    private final String text;
    private int at;
    private int depth;

    TypeText(String text) {
        this.text = text;
    }

    /** The type of a scalar as it is written here. */
    static String of(ColumnType type) {
        return SCALARS.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(type::toString);
    }

    /**
     * {@code name: type, name: type}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    Map<String, ColumnType> columns() {
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        do {
            int start = at;
            Column column = column();
            if (columns.put(column.name(), column.type()) != null) {
                at = start;
                throw wrong("a column that is not there yet", "'" + column.name() + "' again");
            }
        } while (taken(','));
        skipBlanks();
        if (at < text.length()) {
            throw wrong("a comma or the end");
        }
        return columns;
    }

    private Column column() {
        String name = name();
        require(':');
        return new Column(name, type());
    }

    private ColumnType type() {
        depth++;
        if (depth > DEPTH_MAX) {
            throw wrong("nested at most " + DEPTH_MAX + " deep");
        }
        skipBlanks();
        int start = at;
        String word = word();
        ColumnType type = switch (word) {
            case "list" -> {
                require('<');
                var list = new ListType(type());
                require('>');
                yield list;
            }
            case "struct" -> struct();
            case "decimal" -> decimal();
            default -> scalar(word, start);
        };
        depth--;
        return type;
    }

    private ColumnType struct() {
        require('<');
        List<Column> fields = new ArrayList<>();
        do {
            fields.add(column());
        } while (taken(','));
        require('>');
        try {
            return new StructType(fields);
        } catch (IllegalArgumentException e) {
            throw wrong("a struct with distinct fields (" + e.getMessage() + ")");
        }
    }

    private ColumnType decimal() {
        require('(');
        int precision = number();
        require(',');
        int scale = number();
        require(')');
        try {
            return new DecimalType(precision, scale);
        } catch (IllegalArgumentException e) {
            throw wrong("a decimal whose " + e.getMessage());
        }
    }

    private ColumnType scalar(String word, int start) {
        Scalar scalar = SCALARS.get(word);
        if (scalar == null) {
            at = start;
            throw wrong(
                    "a type (" + String.join(", ", SCALARS.keySet()) + ", decimal(p, s), list<…>, struct<name: …>)");
        }
        return scalar;
    }

    private int number() {
        skipBlanks();
        int start = at;
        while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 4) {
            at++;
        }
        if (start == at) {
            throw wrong("a number");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at).toLowerCase(Locale.ROOT);
    }

    /** A name in quotes or backticks, which it may hold doubled, or everything before the colon. */
    private String name() {
        skipBlanks();
        int start = at;
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '`')) {
            return quoted(text.charAt(at));
        }
        while (at < text.length() && ":,<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(start, at).strip();
        if (name.isEmpty()) {
            throw wrong("the name of a column");
        }
        return name;
    }

    private String quoted(char quote) {
        var name = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != quote) {
                name.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
                name.append(quote);
                at++;
            } else {
                at++;
                return name.toString();
            }
        }
        throw wrong("a closing " + quote);
    }

    private void require(char character) {
        if (!taken(character)) {
            throw wrong("'" + character + "'");
        }
    }

    private boolean taken(char character) {
        skipBlanks();
        boolean here = at < text.length() && text.charAt(at) == character;
        if (here) {
            at++;
        }
        return here;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String expected) {
        String rest = text.substring(Math.min(at, text.length()));
        return wrong(expected, rest.isEmpty() ? "the end" : MisfitException.shown(rest));
    }

    private IllegalArgumentException wrong(String expected, String found) {
        return new IllegalArgumentException("must have " + expected + " at character " + (at + 1) + " but has " + found
                + ", as in" + " aspect_ratio:double, meta:struct<score: double, tags: list<string>>");
    }
}
