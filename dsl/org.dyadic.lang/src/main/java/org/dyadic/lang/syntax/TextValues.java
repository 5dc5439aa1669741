package org.dyadic.lang.syntax;

import org.eclipse.xtext.conversion.IValueConverter;
import org.eclipse.xtext.conversion.ValueConverter;
import org.eclipse.xtext.conversion.impl.AbstractDeclarativeValueConverterService;
import org.eclipse.xtext.conversion.impl.AbstractNullSafeConverter;
import org.eclipse.xtext.nodemodel.INode;

/** Takes the quotes off a text. Only {@code \"} and {@code \\} are escapes. */
public final class TextValues extends AbstractDeclarativeValueConverterService {

    @ValueConverter(rule = "TEXT")
    public IValueConverter<String> text() {
        return new AbstractNullSafeConverter<>() {
            @Override
            protected String internalToValue(String written, INode node) {
                // A text without closing quote was reported when the tokens were read.
                int end =
                        written.length() - (written.length() > 1 && written.endsWith("\"") ? 1 : 0);
                return written.substring(1, end).replaceAll("\\\\([\"\\\\])", "$1");
            }

            @Override
            protected String internalToString(String value) {
                return '"' + value.replaceAll("([\"\\\\])", "\\\\$1") + '"';
            }
        };
    }
}
