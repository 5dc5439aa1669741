package org.dyadic.lang.syntax;

import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_BY;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_NUMBER;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_TEXT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_UNIT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WORD;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;
import org.antlr.runtime.TokenSource;
import org.dyadic.api.unit.Unit;

/**
 * Tells a unit from the name of the next setting. In {@code bits 8 scale per-channel} and {@code
 * weights 64 KiB outputs 32 KiB} a word follows a number; neither grammar nor lexer can know what
 * it is, because neither knows the units. Also finds the {@code x} of {@code 16 x 16} and {@code
 * 16x16}, so that x stays a name elsewhere.
 */
public final class SettingTokens implements TokenSource {

    private final TokenSource lexer;
    private final List<CommonToken> tokens = new ArrayList<>();
    private final List<CommonToken> visible = new ArrayList<>();
    private int next;

    public SettingTokens(TokenSource lexer) {
        this.lexer = lexer;
        for (var token = lexer.nextToken();
                token.getType() != Token.EOF;
                token = lexer.nextToken()) {
            add((CommonToken) token);
        }
        for (int i = 1; i < visible.size(); i++) {
            if (visible.get(i - 1).getType() == RULE_NUMBER) {
                judge(i);
            }
        }
    }

    /** Every token, hidden ones included, without the end of the file. */
    public List<CommonToken> all() {
        return Collections.unmodifiableList(tokens);
    }

    @Override
    public Token nextToken() {
        return next < tokens.size() ? tokens.get(next++) : Token.EOF_TOKEN;
    }

    @Override
    public String getSourceName() {
        return lexer.getSourceName();
    }

    private void add(CommonToken token) {
        boolean columnsAttached =
                token.getType() == RULE_WORD
                        && !visible.isEmpty()
                        && visible.get(visible.size() - 1).getType() == RULE_NUMBER
                        && visible.get(visible.size() - 1).getLine() == token.getLine()
                        && token.getText().matches("x[0-9]+");
        if (columnsAttached) {
            append(part(token, RULE_BY, 0, 1));
            append(part(token, RULE_NUMBER, 1, token.getText().length()));
        } else {
            append(token);
        }
    }

    private void append(CommonToken token) {
        tokens.add(token);
        if (!Scan.isHidden(token)) {
            visible.add(token);
        }
    }

    private static CommonToken part(CommonToken whole, int type, int from, int to) {
        int start = whole.getStartIndex();
        var part =
                new CommonToken(
                        whole.getInputStream(),
                        type,
                        whole.getChannel(),
                        start + from,
                        start + to - 1);
        part.setLine(whole.getLine());
        part.setCharPositionInLine(whole.getCharPositionInLine() + from);
        return part;
    }

    /** Decides on the token that follows a number. */
    private void judge(int index) {
        var word = visible.get(index);
        if (word.getType() != RULE_WORD || word.getLine() != visible.get(index - 1).getLine()) {
            return;
        }
        var after = index + 1 < visible.size() ? visible.get(index + 1) : null;
        if (word.getText().equals("x")) {
            word.setType(RULE_BY);
        } else if (isUnit(word, after)) {
            word.setType(RULE_UNIT);
        }
    }

    private static boolean isUnit(CommonToken word, CommonToken after) {
        boolean mayNameASetting = word.getText().matches("[a-z][a-z0-9-]*");
        if (!mayNameASetting || Unit.of(word.getText()).isPresent() || after == null) {
            return true;
        }
        boolean valueFollows =
                after.getType() == RULE_NUMBER
                        || after.getType() == RULE_TEXT
                        || after.getText().equals("{");
        // A setting has its value on its line, so a word with nothing after it is a mistyped unit.
        boolean nothingFollows =
                after.getLine() != word.getLine() || "/},".contains(after.getText());
        return !valueFollows && nothingFollows;
    }
}
