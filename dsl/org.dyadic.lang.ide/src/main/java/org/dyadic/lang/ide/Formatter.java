package org.dyadic.lang.ide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.antlr.runtime.CommonToken;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Repair;
import org.dyadic.lang.syntax.Scan;
import org.dyadic.lang.syntax.SourceFile;
import org.dyadic.lang.syntax.TokenKind;

/**
 * Lays a text out: four spaces, one setting a line unless the block was written on one line and
 * fits, values in columns. Comments stay where they were; formatting twice changes nothing.
 */
final class Formatter {

    private static final int WIDTH = 100;
    private static final String INDENT = "    ";

    /** What a block or a file consists of. */
    private sealed interface Entry {}

    /** A comment on lines of its own, with an empty line before it or not. */
    private record Comment(String text, boolean spaced) implements Entry {}

    /** A declaration, setting, rule or other part, with the comment at the end of its line. */
    private static final class Statement implements Entry {
        private final boolean spaced;
        private final List<Piece> pieces = new ArrayList<>();
        private String trailing = "";

        Statement(boolean spaced) {
            this.spaced = spaced;
        }
    }

    /** A part of a statement, and whether it begins a line of its own. */
    private record Piece(String text, Block block, boolean breaks) {}

    private static final class Block {
        private final List<Entry> entries = new ArrayList<>();
        private boolean oneLine;
        private String opening = "";
        private String brokenUp; // once printed, if it always is
    }

    private final String text;
    private final List<CommonToken> tokens;

    private Formatter(String text, Language language) {
        this.text = text;
        this.tokens = language.tokens(text);
    }

    /** The text laid out; as it is if it has a syntax error, for then its shape is not known. */
    static String format(SourceFile source, Language language) {
        String text = source.text();
        if (!Repair.of(source, language).diagnostics().isEmpty()) {
            return text;
        }
        String lines = new Formatter(text, language).format();
        String formatted = text.contains("\r\n") ? lines.replace("\n", "\r\n") : lines;
        // Whatever else: never another program.
        return same(language.tokens(text), language.tokens(formatted)) ? formatted : text;
    }

    private static boolean same(List<CommonToken> before, List<CommonToken> after) {
        return essence(before).equals(essence(after));
    }

    private static List<String> essence(List<CommonToken> tokens) {
        return tokens.stream()
                .filter(token -> TokenKind.of(token) != TokenKind.SPACE)
                .map(token -> token.getType() + token.getText().replaceAll("\\s+", " ").strip())
                .toList();
    }

    private String format() {
        var out = new StringBuilder();
        print(read(), "", out);
        return out.toString();
    }

    // ---- reading

    /** Blocks within blocks, out of the tokens; {@link Walk} knows where statements begin. */
    private Block read() {
        var file = new Block();
        Deque<Block> blocks = new ArrayDeque<>(List.of(file));
        Deque<Statement> statements = new ArrayDeque<>();
        Set<CommonToken> firsts = Collections.newSetFromMap(new IdentityHashMap<>());
        new Scan(tokens).segments().forEach(it -> firsts.add(it.first()));
        var walk = new Walk(Vocabulary.none());
        var waiting = new ArrayList<CommonToken>();
        CommonToken last = null;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var kind = TokenKind.of(token);
            if (kind == TokenKind.SPACE) {
                continue;
            }
            if (kind == TokenKind.LINE_COMMENT || kind == TokenKind.BLOCK_COMMENT) {
                waiting.add(token);
                continue;
            }
            if (firsts.contains(token)) {
                walk = new Walk(Vocabulary.none());
            }
            boolean begins = walk.begins(token);
            boolean closes = token.getText().equals("}");
            if (begins || closes) {
                comments(waiting, last, blocks.peek());
            }
            if (begins) {
                while (statements.size() >= blocks.size()) {
                    statements.pop();
                }
                var statement = new Statement(spaced(token));
                blocks.peek().entries.add(statement);
                statements.push(statement);
            }
            if (closes) {
                while (statements.size() >= blocks.size()) {
                    statements.pop();
                }
                blocks.pop();
            } else {
                var pieces = statements.peek().pieces;
                for (var comment : waiting) {
                    pieces.add(new Piece(comment.getText(), null, startsLine(comment)));
                }
                boolean afterLineComment =
                        !waiting.isEmpty()
                                && TokenKind.of(waiting.get(waiting.size() - 1))
                                        == TokenKind.LINE_COMMENT;
                waiting.clear();
                if (token.getText().equals("{")) {
                    var block = new Block();
                    block.oneLine = staysOnOneLine(i);
                    pieces.add(new Piece("{", block, afterLineComment));
                    blocks.push(block);
                } else {
                    boolean breaks = !begins && startsLine(token) || afterLineComment;
                    pieces.add(new Piece(token.getText(), null, breaks));
                }
            }
            walk.accept(token);
            last = token;
        }
        comments(waiting, last, file);
        return file;
    }

    /** Comments between statements: the first may end the line of what stands before it. */
    private void comments(List<CommonToken> waiting, CommonToken last, Block block) {
        for (var comment : waiting) {
            boolean trailing = last != null && !startsLine(comment);
            if (trailing && last.getText().equals("{") && block.entries.isEmpty()) {
                block.opening = join(block.opening, comment.getText());
            } else if (trailing && lastStatement(block).isPresent()) {
                var statement = lastStatement(block).get();
                statement.trailing = join(statement.trailing, comment.getText());
            } else {
                block.entries.add(new Comment(comment.getText(), spaced(comment)));
            }
        }
        waiting.clear();
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : one + " " + other;
    }

    private static Optional<Statement> lastStatement(Block block) {
        int size = block.entries.size();
        return size > 0 && block.entries.get(size - 1) instanceof Statement statement
                ? Optional.of(statement)
                : Optional.empty();
    }

    /** True if only spaces stand before a token on its line. */
    private boolean startsLine(CommonToken token) {
        return newLinesBefore(token) > 0;
    }

    /** True if there is an empty line before a token. */
    private boolean spaced(CommonToken token) {
        return newLinesBefore(token) > 1;
    }

    private int newLinesBefore(CommonToken token) {
        int lines = 0;
        for (int i = token.getStartIndex() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                return lines;
            }
            lines += c == '\n' ? 1 : 0;
        }
        return lines + 1;
    }

    /** True if the block that opens here was written on one line and holds no comment. */
    private boolean staysOnOneLine(int opening) {
        int depth = 0;
        for (int i = opening; i < tokens.size(); i++) {
            var token = tokens.get(i);
            switch (TokenKind.of(token)) {
                case LINE_COMMENT, BLOCK_COMMENT -> {
                    return false;
                }
                case SPACE -> {
                    if (token.getText().indexOf('\n') >= 0) {
                        return false;
                    }
                }
                default -> {
                    depth += token.getText().equals("{") ? 1 : token.getText().equals("}") ? -1 : 0;
                    if (depth == 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    // ---- printing

    private void print(Block block, String indent, StringBuilder out) {
        var entries = block.entries;
        for (int i = 0; i < entries.size(); ) {
            if (entries.get(i) instanceof Comment comment) {
                blank(comment.spaced() && i > 0, out);
                out.append(indent).append(reindented(comment.text(), indent)).append('\n');
                i++;
                continue;
            }
            int end = i + 1;
            while (end < entries.size()
                    && entries.get(end) instanceof Statement next
                    && !next.spaced) {
                end++;
            }
            blank(((Statement) entries.get(i)).spaced && i > 0, out);
            print(
                    entries.subList(i, end).stream().map(Statement.class::cast).toList(),
                    indent,
                    out);
            i = end;
        }
    }

    private static void blank(boolean wanted, StringBuilder out) {
        if (wanted) {
            out.append('\n');
        }
    }

    /** The further lines of a comment with stars go under its first star. */
    private static String reindented(String comment, String indent) {
        var lines = comment.split("\r?\n", -1);
        for (int i = 1; i < lines.length; i++) {
            String stripped = lines[i].strip();
            lines[i] =
                    stripped.startsWith("*") ? indent + " " + stripped : lines[i].stripTrailing();
        }
        return String.join("\n", lines).stripTrailing();
    }

    /** Statements without an empty line between them: their columns are aligned. */
    private void print(List<Statement> group, String indent, StringBuilder out) {
        var cells = group.stream().map(it -> cells(it, indent)).toList();
        int first = width(cells, 0);
        int second = width(cells, 1);
        var lines = new ArrayList<String>();
        for (var row : cells) {
            lines.add(indent + aligned(row, first, second));
        }
        boolean fits = lines.stream().allMatch(line -> longest(line) <= WIDTH);
        if (!fits) {
            lines.clear();
            cells.forEach(row -> lines.add(indent + String.join(" ", row)));
        }
        for (int i = 0; i < group.size(); ) {
            int end = i;
            while (end < group.size()
                    && !group.get(end).trailing.isEmpty()
                    && !lines.get(end).contains("\n")) {
                end++;
            }
            int column =
                    lines.subList(i, end).stream().mapToInt(String::length).max().orElse(0) + 2;
            for (; i < end; i++) {
                line(lines.get(i), group.get(i).trailing, column, indent, out);
            }
            if (i < group.size()) {
                line(lines.get(i), group.get(i).trailing, 0, indent, out);
                i++;
            }
        }
    }

    private static void line(
            String line, String trailing, int column, String indent, StringBuilder out) {
        out.append(line);
        if (!trailing.isEmpty()) {
            out.append(" ".repeat(Math.max(2, column - line.length())))
                    .append(reindented(trailing, indent));
        }
        out.append('\n');
    }

    private static int longest(String lines) {
        return lines.lines().mapToInt(String::length).max().orElse(0);
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream()
                .filter(row -> row.size() > column + 1)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private static String aligned(List<String> row, int first, int second) {
        var line = new StringBuilder(row.get(0));
        for (int i = 1; i < row.size(); i++) {
            int width = i == 1 ? first : second;
            line.append(" ".repeat(Math.max(0, width - row.get(i - 1).length()) + 1))
                    .append(row.get(i));
        }
        return line.toString();
    }

    /** The columns of a statement: what it begins with, and its value or its two parts. */
    private List<String> cells(Statement statement, String indent) {
        var pieces = statement.pieces;
        String first = pieces.get(0).text();
        boolean broken = pieces.stream().anyMatch(Piece::breaks);
        boolean declaration = Scan.DECLARING.contains(first) && indent.isEmpty();
        if (broken
                || declaration
                || pieces.size() < 2
                || List.of("expect", "calibrate", "vary", "minimise", "maximise").contains(first)) {
            return List.of(print(pieces, indent, fits(pieces, indent)));
        }
        boolean oneLine = fits(pieces, indent);
        if (first.equals("default") || first.equals("layers")) {
            var cells = new ArrayList<String>();
            int start = 0;
            for (int i = 1; i <= pieces.size(); i++) {
                boolean part =
                        i == pieces.size()
                                || pieces.get(i).text().equals("weights")
                                || pieces.get(i).text().equals("activations");
                if (part) {
                    cells.add(print(pieces.subList(start, i), indent, oneLine));
                    start = i;
                }
            }
            return cells.stream().anyMatch(cell -> cell.contains("\n"))
                    ? List.of(String.join(" ", cells))
                    : cells;
        }
        return List.of(first, print(pieces.subList(1, pieces.size()), indent, oneLine));
    }

    private boolean fits(List<Piece> pieces, String indent) {
        return longest(indent + print(pieces, indent, true)) <= WIDTH;
    }

    /**
     * @param oneLine false if blocks that were written on one line must be broken up
     */
    private String print(List<Piece> pieces, String indent, boolean oneLine) {
        var out = new StringBuilder();
        String before = "";
        for (var piece : pieces) {
            if (piece.breaks() && !out.isEmpty()) {
                out.append('\n').append(indent).append(INDENT);
            } else if (!out.isEmpty() && isSpaced(before, piece.text())) {
                out.append(' ');
            }
            out.append(
                    piece.block() == null ? piece.text() : print(piece.block(), indent, oneLine));
            before = piece.text();
        }
        return out.toString();
    }

    private String print(Block block, String indent, boolean oneLine) {
        if (block.oneLine && oneLine) {
            return block.entries.isEmpty()
                    ? "{ }"
                    : block.entries.stream()
                            .map(it -> print(((Statement) it).pieces, indent, true))
                            .collect(Collectors.joining("  ", "{ ", " }"));
        }
        if (block.brokenUp != null) {
            return block.brokenUp;
        }
        var out = new StringBuilder("{");
        if (!block.opening.isEmpty()) {
            out.append("  ").append(reindented(block.opening, indent));
        }
        out.append('\n');
        print(block, indent + INDENT, out);
        String printed = out.append(indent).append('}').toString();
        if (!block.oneLine) {
            block.brokenUp = printed; // asked for twice by each statement around it
        }
        return printed;
    }

    private static boolean isSpaced(String before, String after) {
        return !after.equals(",")
                && !after.equals(".")
                && !before.equals(".")
                && !after.equals("/")
                && !before.equals("/");
    }
}
