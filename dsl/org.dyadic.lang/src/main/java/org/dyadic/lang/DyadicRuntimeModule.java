package org.dyadic.lang;

import org.dyadic.lang.exchange.NamesOnly;
import org.dyadic.lang.exchange.SettingSequencer;
import org.dyadic.lang.source.VisibleNames;
import org.dyadic.lang.syntax.ErrorOffsets;
import org.dyadic.lang.syntax.SettingParser;
import org.dyadic.lang.syntax.TextValues;
import org.eclipse.xtext.conversion.IValueConverterService;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.parser.antlr.ISyntaxErrorMessageProvider;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.eclipse.xtext.serializer.sequencer.ISyntacticSequencer;
import org.eclipse.xtext.serializer.tokens.ICrossReferenceSerializer;

/** The parts of the language that are not generated; Guice finds each by its {@code bind} name. */
public final class DyadicRuntimeModule extends AbstractDyadicRuntimeModule {

    @Override
    public Class<? extends IParser> bindIParser() {
        return SettingParser.class;
    }

    @Override
    public Class<? extends IScopeProvider> bindIScopeProvider() {
        return VisibleNames.class;
    }

    @Override
    public Class<? extends IValueConverterService> bindIValueConverterService() {
        return TextValues.class;
    }

    public Class<? extends ISyntaxErrorMessageProvider> bindISyntaxErrorMessageProvider() {
        return ErrorOffsets.class;
    }

    @Override
    public Class<? extends ISyntacticSequencer> bindISyntacticSequencer() {
        return SettingSequencer.class;
    }

    public Class<? extends ICrossReferenceSerializer> bindICrossReferenceSerializer() {
        return NamesOnly.class;
    }
}
