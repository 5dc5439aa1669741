package org.dyadic.lang.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.emf.ecore.xmi.XMLResource;
import org.eclipse.emf.ecore.xmi.impl.XMIResourceImpl;

/** Programs as XMI and back, and models as text. */
public final class Exchange {

    private static final Map<Object, Object> OPTIONS = Map.of(XMLResource.OPTION_ENCODING, "UTF-8");

    private Exchange() {}

    /**
     * The model of a program without errors: one document whose roots are the file that was asked
     * for and the files it imports. Comments are no part of it.
     */
    public static String xmi(Program program) {
        var document = document();
        document.getContents().addAll(EcoreUtil.copyAll(program.models()));
        var out = new ByteArrayOutputStream();
        try {
            document.save(out, OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The files of a document that {@link #xmi} wrote; throws IOException if it is none. */
    public static List<File> files(String xmi) throws IOException {
        var document = document();
        document.load(new ByteArrayInputStream(xmi.getBytes(StandardCharsets.UTF_8)), OPTIONS);
        return document.getContents().stream().map(File.class::cast).toList();
    }

    /** A model as text: the text it was read from, or one line of tokens if it never was text. */
    public static String text(File file, Language language) {
        return language.serializer().serialize(file);
    }

    private static XMIResourceImpl document() {
        var resources = new ResourceSetImpl();
        resources.getPackageRegistry().put(DyadicPackage.eNS_URI, DyadicPackage.eINSTANCE);
        var document = new XMIResourceImpl(URI.createURI("program.xmi"));
        resources.getResources().add(document);
        return document;
    }
}
