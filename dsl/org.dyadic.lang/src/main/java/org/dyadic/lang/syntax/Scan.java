package org.dyadic.lang.syntax;

import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ANY_OTHER;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ML_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_SL_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_TEXT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WORD;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;

/**
 * A text cut into segments, one for each declaration, by its tokens alone. This works on any text,
 * however broken, so a mistake in one declaration leaves the others alone.
 */
public final class Scan {

    /** The keywords that start a segment. */
    public static final List<String> DECLARING =
            List.of("import", "network", "dataset", "accelerator", "policy", "experiment", "sweep");

    private static final Set<Integer> HIDDEN = Set.of(RULE_WS, RULE_ML_COMMENT, RULE_SL_COMMENT);
    private static final Pattern CLOSED_TEXT = Pattern.compile("\"(\\\\.|[^\\\\\"])*\"");

    /** Deeper than any sensible file, and far from the end of the parser's stack. */
    private static final int DEEPEST = 32;

    /** Something wrong with a single token. */
    public record Flaw(CommonToken token, String message) {}

    /** A declaration, or what stands before the first one: its tokens without the hidden ones. */
    public record Segment(List<CommonToken> tokens, Optional<Flaw> flaw) {

        public CommonToken first() {
            return tokens.get(0);
        }

        public int start() {
            return first().getStartIndex();
        }

        /** The token that starts at an offset of the file. */
        CommonToken at(int offset) {
            return tokens.stream()
                    .filter(token -> token.getStartIndex() == offset)
                    .findFirst()
                    .orElse(first());
        }

        /** Where its last token ends. */
        public int end() {
            return tokens.get(tokens.size() - 1).getStopIndex() + 1;
        }
    }

    private final List<Segment> segments = new ArrayList<>();
    private List<CommonToken> current = new ArrayList<>();
    private Optional<Flaw> flaw = Optional.empty();

    /** Cuts up all tokens of a text, hidden ones included. */
    public Scan(List<CommonToken> tokens) {
        var visible = tokens.stream().filter(token -> !isHidden(token)).toList();
        int depth = 0;
        for (int i = 0; i < visible.size(); i++) {
            var token = visible.get(i);
            boolean starts =
                    DECLARING.contains(token.getText())
                            ? depth == 0 && !belongsToCurrent(token)
                                    || startsLine(token) && !(depth > 0 && isPart(visible, i))
                            : depth == 0 && startsLine(token) && isMistyped(visible, i);
            if (starts) {
                finish();
                depth = 0;
            }
            depth += token.getText().equals("{") ? 1 : token.getText().equals("}") ? -1 : 0;
            depth = Math.max(0, depth);
            current.add(token);
            if (flaw.isEmpty()) {
                flaw = flawOf(token, depth);
            }
        }
        finish();
    }

    /** In the order of the text; never one without tokens. */
    public List<Segment> segments() {
        return segments;
    }

    boolean sound() {
        return segments.stream().allMatch(segment -> segment.flaw().isEmpty());
    }

    /** True for white space and comments. */
    public static boolean isHidden(CommonToken token) {
        return HIDDEN.contains(token.getType());
    }

    /**
     * True for a token that stands first on its line and no deeper than the declaration it would
     * otherwise be part of. If it is a keyword, a closing brace is missing before it.
     */
    private boolean startsLine(CommonToken token) {
        return !current.isEmpty()
                && token.getLine() > current.get(current.size() - 1).getLine()
                && token.getCharPositionInLine() <= current.get(0).getCharPositionInLine();
    }

    /** True for {@code network Net} in an experiment that is not indented. */
    private boolean isPart(List<CommonToken> tokens, int index) {
        return current.get(0).getText().equals("experiment")
                && List.of("network", "dataset").contains(tokens.get(index).getText())
                && index + 2 < tokens.size()
                && !tokens.get(index + 2).getText().equals("from");
    }

    /** True for the first of two words that can only be a mistyped keyword and a name. */
    private static boolean isMistyped(List<CommonToken> tokens, int index) {
        return tokens.get(index).getType() == RULE_WORD
                && index + 1 < tokens.size()
                && tokens.get(index + 1).getType() == RULE_WORD
                && tokens.get(index + 1).getLine() == tokens.get(index).getLine();
    }

    /**
     * True for the second word of {@code policy network}, and for the parts of an experiment that
     * lacks its opening brace.
     */
    private boolean belongsToCurrent(CommonToken token) {
        if (current.isEmpty() || !DECLARING.contains(current.get(0).getText())) {
            return false;
        }
        boolean isSecond = current.size() == 1 && current.get(0).getLine() == token.getLine();
        boolean isPart =
                current.get(0).getText().equals("experiment")
                        && token.getCharPositionInLine() > current.get(0).getCharPositionInLine()
                        && current.stream().noneMatch(it -> it.getText().equals("{"));
        return isSecond || isPart;
    }

    private void finish() {
        if (!current.isEmpty()) {
            segments.add(new Segment(List.copyOf(current), flaw));
        }
        current = new ArrayList<>();
        flaw = Optional.empty();
    }

    private static Optional<Flaw> flawOf(CommonToken token, int depth) {
        String text = token.getText();
        String message = null;
        if (depth > DEEPEST) {
            message = "settings may be nested " + DEEPEST + " deep; here is one level more";
        } else if (token.getType() == RULE_TEXT && !CLOSED_TEXT.matcher(text).matches()) {
            message = "the text that starts here has no closing quote on its line";
        } else if (token.getType() == Token.INVALID_TOKEN_TYPE && text.startsWith("/*")) {
            message = "the comment that starts here is never closed; '*/' is missing";
        } else if (token.getType() == Token.INVALID_TOKEN_TYPE && text.matches("-?[0-9].*")) {
            message = "'" + text + "' is no number; numbers look like 4, 0.5 or 1e-3";
        } else if (token.getType() == Token.INVALID_TOKEN_TYPE
                || token.getType() == RULE_ANY_OTHER) {
            message = "unexpected character " + named(text.codePointAt(0));
        }
        return Optional.ofNullable(message).map(words -> new Flaw(token, words));
    }

    private static String named(int character) {
        return character > ' ' && character < 0x7f
                ? "'" + Character.toString(character) + "'"
                : String.format("U+%04X", character);
    }
}
