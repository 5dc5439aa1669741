package org.dyadic.lang.syntax;

import org.antlr.runtime.CommonToken;
import org.antlr.runtime.Token;
import org.eclipse.xtext.diagnostics.Diagnostic;
import org.eclipse.xtext.nodemodel.SyntaxErrorMessage;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;

/**
 * Keeps of a syntax error only where it is: the offset of the token that does not fit, or {@link
 * #END}. The words come from {@link Repair}, which tries what would have fitted.
 */
public final class ErrorOffsets implements ISyntaxErrorMessageProvider {

    /** The text ended too early. */
    static final int END = Integer.MAX_VALUE;

    static int offset(SyntaxErrorMessage error) {
        return Integer.parseInt(error.getMessage());
    }

    @Override
    public SyntaxErrorMessage getSyntaxErrorMessage(IParserErrorContext context) {
        var failure = context.getRecognitionException();
        int offset =
                failure != null
                                && failure.token instanceof CommonToken token
                                && token.getType() != Token.EOF
                        ? token.getStartIndex()
                        : END;
        return at(offset);
    }

    @Override
    public SyntaxErrorMessage getSyntaxErrorMessage(IValueConverterErrorContext context) {
        return at(END); // no value converter of this language ever refuses
    }

    private static SyntaxErrorMessage at(int offset) {
        return new SyntaxErrorMessage(Integer.toString(offset), Diagnostic.SYNTAX_DIAGNOSTIC);
    }
}
