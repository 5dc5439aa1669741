package org.dyadic.lang.syntax;

import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ANY_OTHER;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_BY;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_ML_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_NUMBER;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_SL_COMMENT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_TEXT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_UNIT;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WORD;
import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WS;

import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;

/** The kinds of token, by names that do not change with the grammar. */
public enum TokenKind {
    SPACE,
    /** {@code // to the end of the line}. */
    LINE_COMMENT,
    BLOCK_COMMENT,
    WORD,
    NUMBER,
    UNIT,
    /** The {@code x} of {@code 16 x 16}. */
    BY,
    TEXT,
    /** A word or sign of the grammar. */
    KEYWORD,
    /** No token of the language. */
    OTHER;

    public static TokenKind of(CommonToken token) {
        return switch (token.getType()) {
            case RULE_WS -> SPACE;
            case RULE_SL_COMMENT -> LINE_COMMENT;
            case RULE_ML_COMMENT -> BLOCK_COMMENT;
            case RULE_WORD -> WORD;
            case RULE_NUMBER -> NUMBER;
            case RULE_UNIT -> UNIT;
            case RULE_BY -> BY;
            case RULE_TEXT -> TEXT;
            case RULE_ANY_OTHER, Token.INVALID_TOKEN_TYPE -> OTHER;
            default -> KEYWORD;
        };
    }
}
