package org.dyadic.lang.ide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.runtime.CommonToken;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Scan;
import org.dyadic.lang.syntax.SourceFile;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** The text of a file at one moment, its tokens and its declarations, however broken it is. */
final class Document {

    private final SourceFile source;
    private final List<CommonToken> tokens;
    private final List<Declared> declared = new ArrayList<>();
    private final List<String> imports = new ArrayList<>();

    /**
     * A declaration by its tokens.
     *
     * @param kind the keyword it begins with
     * @param name empty if there is none yet
     */
    record Declared(String kind, String name, Optional<CommonToken> nameToken, Scan.Segment at) {}

    Document(SourceFile source, Language language) {
        this.source = source;
        this.tokens = language.tokens(source.text());
        for (var segment : new Scan(tokens).segments()) {
            var second = segment.tokens().stream().skip(1).findFirst();
            if (segment.first().getText().equals("import")) {
                second.filter(token -> TokenKind.of(token) == TokenKind.TEXT)
                        .ifPresent(token -> imports.add(unquoted(token.getText())));
            }
            var name = second.filter(token -> TokenKind.of(token) == TokenKind.WORD);
            declared.add(
                    new Declared(
                            segment.first().getText(),
                            name.map(CommonToken::getText).orElse(""),
                            name,
                            segment));
        }
    }

    Path path() {
        return source.path();
    }

    SourceFile source() {
        return source;
    }

    String text() {
        return source.text();
    }

    /** Every token, hidden ones included. */
    List<CommonToken> tokens() {
        return tokens;
    }

    /** The segments of the text, imports among them. */
    List<Declared> segments() {
        return declared;
    }

    /** What has a name. */
    List<Declared> declared() {
        return declared.stream()
                .filter(it -> Scan.DECLARING.contains(it.kind()) && it.nameToken().isPresent())
                .toList();
    }

    /** The paths of imports, as written. */
    List<String> imports() {
        return imports;
    }

    /** The segment that a place belongs to: the last that begins before it. */
    Optional<Declared> segmentAt(int offset) {
        return declared.stream()
                .filter(it -> it.at().start() <= offset)
                .reduce((first, last) -> last);
    }

    /** The visible token that covers an offset or ends there; of two, the one that is a word. */
    Optional<CommonToken> tokenAt(int offset) {
        return tokens.stream()
                .filter(token -> !Scan.isHidden(token))
                .filter(token -> token.getStartIndex() <= offset && offset <= end(token))
                .reduce((first, second) -> isWord(second) ? second : first);
    }

    private static boolean isWord(CommonToken token) {
        return Character.isLetterOrDigit(token.getText().charAt(0))
                || token.getText().startsWith("\"");
    }

    /** The documentation comment right before a segment. */
    Optional<String> documentation(Scan.Segment segment) {
        int index = tokens.indexOf(segment.first());
        for (int i = index - 1; i >= 0; i--) {
            switch (TokenKind.of(tokens.get(i))) {
                case SPACE, LINE_COMMENT -> {
                    continue;
                }
                case BLOCK_COMMENT -> {
                    String text = tokens.get(i).getText();
                    return text.startsWith("/**")
                            ? Optional.of(Docs.comment(text))
                            : Optional.empty();
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    String text(int start, int end) {
        return text().substring(start, end);
    }

    /** The offset of a place; one outside of the text becomes the nearest inside. */
    int offset(Position position) {
        if (position.getLine() < 0) {
            return 0;
        }
        if (position.getLine() >= source.lines()) {
            return text().length();
        }
        int start = source.offset(position.getLine() + 1, 1);
        int next =
                position.getLine() + 1 < source.lines()
                        ? source.offset(position.getLine() + 2, 1) - 1
                        : text().length();
        return Math.max(start, Math.min(next, start + position.getCharacter()));
    }

    Position position(int offset) {
        var at = source.at(Math.min(offset, text().length()), 0);
        return new Position(at.line() - 1, at.column() - 1);
    }

    Range range(int start, int end) {
        return new Range(position(start), position(end));
    }

    Range range(CommonToken token) {
        return range(token.getStartIndex(), end(token));
    }

    /** Where a diagnostic points. */
    Range range(org.dyadic.api.diagnostic.Position at) {
        int line = Math.min(at.line(), source.lines());
        int start = Math.min(source.offset(line, at.column()), text().length());
        return range(start, Math.min(start + at.length(), text().length()));
    }

    static int end(CommonToken token) {
        return token.getStopIndex() + 1;
    }

    static String unquoted(String written) {
        int end = written.length() - (written.length() > 1 && written.endsWith("\"") ? 1 : 0);
        return written.substring(1, end);
    }
}
