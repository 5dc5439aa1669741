package org.dyadic.lang.syntax;

import org.antlr.runtime.CharStream;
import org.antlr.runtime.TokenSource;
import org.dyadic.lang.parser.antlr.DyadicParser;

/** The generated parser, fed with tokens that tell units from names. */
public final class SettingParser extends DyadicParser {

    @Override
    protected TokenSource createLexer(CharStream stream) {
        return new SettingTokens(super.createLexer(stream));
    }
}
