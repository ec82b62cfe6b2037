package io.rowlake.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text whose columns are aligned when printed. */
final class TextTable {

    private static final String GAP = "  ";
    private static final int CELL_MAX = 44;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(Arrays.asList(header));
    }

    /** Adds a row; cells that are too long for a terminal are cut. */
    void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(TextTable::text).toList());
    }

    void print(Console console, String indent) {
        for (List<String> row : rows) {
            var line = new StringBuilder(indent);
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(width(column) - cell.length()))
                        .append(GAP);
            }
            console.line(line.toString());
        }
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private static String text(Object cell) {
        String text = String.valueOf(cell).replaceAll("\\s+", " ");
        return text.length() <= CELL_MAX ? text : text.substring(0, CELL_MAX - 1) + "…";
    }
}
