package org.dyadic.lang.syntax;

import com.google.inject.Injector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.dyadic.lang.DyadicStandaloneSetup;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer;
import org.dyadic.lang.services.DyadicGrammarAccess;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.xtext.GrammarUtil;
import org.eclipse.xtext.Keyword;
import org.eclipse.xtext.parser.IParseResult;
import org.eclipse.xtext.parser.IParser;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;
import org.eclipse.xtext.serializer.ISerializer;

/**
 * The generated parser with its services. Making one costs about half a second; not for several
 * threads at once.
 */
public final class Language implements AutoCloseable {

    private final Injector injector;
    private final IParser parser;
    private final DyadicGrammarAccess grammar;

    static {
        // Writing classes for its calls takes Guice longer than one injector can ever save.
        System.getProperties().putIfAbsent("guice_bytecode_gen_option", "DISABLED");
    }

    public Language() {
        // Xtext logs what it also throws or reports, and log4j complains that nobody reads it.
        Logger.getLogger("org.eclipse.xtext").setLevel(Level.OFF);
        synchronized (Language.class) { // EMF's registries are static
            injector = new DyadicStandaloneSetup().createInjectorAndDoEMFRegistration();
        }
        parser = injector.getInstance(IParser.class);
        grammar = injector.getInstance(DyadicGrammarAccess.class);
    }

    /** Every keyword, brackets and signs included. */
    public List<String> keywords() {
        return GrammarUtil.getAllKeywords(grammar.getGrammar()).stream().sorted().toList();
    }

    /** The keywords that may also name a setting. */
    public List<String> settingKeywords() {
        return GrammarUtil.containedKeywords(grammar.getSettingWordRule()).stream()
                .map(Keyword::getValue)
                .toList();
    }

    /** The tokens of a text, hidden ones included. */
    public List<CommonToken> tokens(String text) {
        return new SettingTokens(new InternalDyadicLexer(new ANTLRStringStream(text))).all();
    }

    /** The syntax tree of a text that belongs to no file. */
    public IParseResult parse(String text) {
        return parser.parse(new StringReader(text));
    }

    /** Files whose names see each other through imports. */
    public XtextResourceSet resources() {
        return injector.getInstance(XtextResourceSet.class);
    }

    /** Parses a text as the file at {@code uri} and adds it to {@code resources}. */
    public XtextResource load(String text, URI uri, XtextResourceSet resources) {
        // Made here and not by the set, which would look for a factory in a static registry.
        var resource = injector.getInstance(XtextResource.class);
        resource.setURI(uri);
        resources.getResources().add(resource);
        try {
            resource.load(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    Map.of(XtextResource.OPTION_ENCODING, "UTF-8"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        return resource;
    }

    /** Turns models into text. */
    public ISerializer serializer() {
        return injector.getInstance(ISerializer.class);
    }

    /** Takes the language out of EMF's static registry, which would keep its bundle alive. */
    @Override
    public void close() {
        EPackage.Registry.INSTANCE.remove(DyadicPackage.eNS_URI);
    }
}
