package org.dyadic.lang.syntax;

import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ANY_OTHER;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ML_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_SL_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_TEXT;
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
final class Scan {

    /** The keywords that start a segment. */
    static final List<String> DECLARING =
            List.of("import", "network", "dataset", "accelerator", "policy", "experiment");

    private static final Set<Integer> HIDDEN = Set.of(RULE_WS, RULE_ML_COMMENT, RULE_SL_COMMENT);
    private static final Pattern CLOSED_TEXT = Pattern.compile("\"(\\\\.|[^\\\\\"])*\"");

    /** Deeper than any sensible file, and far from the end of the parser's stack. */
    private static final int DEEPEST = 32;

    /** Something wrong with a single token. */
    record Flaw(CommonToken token, String message) {}

    /** A declaration, or what stands before the first one: its tokens without the hidden ones. */
    record Segment(List<CommonToken> tokens, Optional<Flaw> flaw) {

        CommonToken first() {
            return tokens.get(0);
        }

        int start() {
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
        int end() {
            return tokens.get(tokens.size() - 1).getStopIndex() + 1;
        }
    }

    private final List<Segment> segments = new ArrayList<>();
    private List<CommonToken> current = new ArrayList<>();
    private Optional<Flaw> flaw = Optional.empty();

    Scan(List<CommonToken> tokens) {
        int depth = 0;
        int line = 0;
        for (var token : tokens) {
            if (isHidden(token)) {
                continue;
            }
            boolean declares = DECLARING.contains(token.getText());
            if (declares && (depth == 0 || startsLine(token, line))) {
                finish();
                depth = 0;
            }
            depth += token.getText().equals("{") ? 1 : token.getText().equals("}") ? -1 : 0;
            depth = Math.max(0, depth);
            line = token.getLine();
            current.add(token);
            if (flaw.isEmpty()) {
                flaw = flawOf(token, depth);
            }
        }
        finish();
    }

    /** In the order of the text; never one without tokens. */
    List<Segment> segments() {
        return segments;
    }

    boolean sound() {
        return segments.stream().allMatch(segment -> segment.flaw().isEmpty());
    }

    static boolean isHidden(CommonToken token) {
        return HIDDEN.contains(token.getType());
    }

    /**
     * True for a keyword that stands first on its line and no deeper than the declaration it would
     * otherwise be part of: there a closing brace is missing.
     */
    private boolean startsLine(CommonToken token, int previousLine) {
        return token.getLine() > previousLine
                && !current.isEmpty()
                && token.getCharPositionInLine() <= current.get(0).getCharPositionInLine();
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
