package org.dyadic.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns, two spaces apart. */
final class TextTable {

    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Columns whose heading starts with {@code >} are aligned right. */
    TextTable(String... headings) {
        this(List.of(headings));
    }

    TextTable(List<String> headings) {
        headings.forEach(heading -> right.add(heading.startsWith(">")));
        rows.add(
                headings.stream()
                        .map(heading -> heading.startsWith(">") ? heading.substring(1) : heading)
                        .toList());
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    void row(List<String> cells) {
        if (cells.size() != right.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells in a table of " + right.size() + " columns");
        }
        rows.add(cells.stream().map(Terminal::plain).toList());
    }

    /** The rows, each with a line end. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String padding = " ".repeat(width(column) - row.get(column).length());
                line.append(column > 0 ? "  " : "")
                        .append(right.get(column) ? padding : "")
                        .append(row.get(column))
                        .append(right.get(column) ? "" : padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
