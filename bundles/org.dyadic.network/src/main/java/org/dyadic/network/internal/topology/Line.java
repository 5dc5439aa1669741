package org.dyadic.network.internal.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.diagnostic.UnreadableFileException;

/**
 * A line of a topology, cut into fields.
 *
 * @param number from 1
 */
record Line(Path file, int number, List<Field> fields) {

    private static final int LONGEST_QUOTE = 40;

    /** A field and the column, from 1, of its first character that is not blank. */
    record Field(String text, int column) {}

    /**
     * Fields end at commas, or at tabs where there is no comma; empty ones at the end do not count.
     */
    static Line of(Path file, int number, String line) {
        char separator = line.indexOf(',') < 0 && line.indexOf('\t') >= 0 ? '\t' : ',';
        var fields = new ArrayList<Field>();
        int start = 0;
        for (int end = 0; end <= line.length(); end++) {
            if (end == line.length() || line.charAt(end) == separator) {
                int first = start;
                while (first < end && Character.isWhitespace(line.charAt(first))) {
                    first++;
                }
                fields.add(new Field(line.substring(start, end).strip(), first + 1));
                start = end + 1;
            }
        }
        while (!fields.isEmpty() && fields.get(fields.size() - 1).text().isEmpty()) {
            fields.remove(fields.size() - 1);
        }
        return new Line(file, number, List.copyOf(fields));
    }

    String text(int index) {
        return index < fields.size() ? fields.get(index).text() : "";
    }

    boolean blank() {
        return fields.isEmpty();
    }

    /** A positive whole number. */
    int number(int index, String what) throws UnreadableFileException {
        String text = text(index);
        if (text.isEmpty()) {
            throw wrong(
                    index,
                    what
                            + " is missing; a row has a name and the numbers that the first line"
                            + " names, with a comma between them");
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        String advice =
                text.matches("[A-Za-z_]\\w*")
                        ? "topologies have no variables, so write the number it stands for"
                        : text.matches("\\d+\\s+\\d.*")
                                ? "put a comma between two numbers"
                                : "write a whole number from 1 to 2147483647";
        throw wrong(index, what + " is '" + quoted(text) + "'; " + advice);
    }

    /** What is wrong with a field, and where it is. */
    UnreadableFileException wrong(int index, String message) {
        int column = 1;
        if (index < fields.size()) {
            column = fields.get(index).column();
        } else if (!fields.isEmpty()) {
            var last = fields.get(fields.size() - 1);
            column = last.column() + last.text().length();
        }
        return new UnreadableFileException(file + ":" + number + ":" + column + ": " + message);
    }

    /** A name in a damaged file may hold anything, and a terminal must not obey it. */
    static String quoted(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_QUOTE ? plain : plain.substring(0, LONGEST_QUOTE) + "...";
    }
}
