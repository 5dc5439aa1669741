package org.dyadic.lang.ide;

import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.VerbService;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.lang.checks.Checks;
import org.dyadic.lang.exchange.Exchange;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code dyadic model FILE}. */
@Component
@VerbService(name = "model", description = "Print a file and its imports as XMI, for EMF tools.")
public final class ModelVerb implements Verb {

    private final Catalog catalog;

    @Activate
    public ModelVerb(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String help() {
        return "FILE\n\nPrints the EMF model of a file without errors, and of all that it imports.";
    }

    @Override
    public int run(List<String> arguments, Streams streams) {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            streams.err().println("dyadic: model needs one FILE");
            return MISUSED;
        }
        var file = Path.of(arguments.get(0));
        try {
            var program = new Program(SourceFile.read(file), new Language());
            var errors =
                    Checks.glance(program, catalog).diagnostics().stream()
                            .filter(Diagnostic::isError)
                            .toList();
            if (!errors.isEmpty()) {
                errors.forEach(streams.err()::println);
                return WRONG;
            }
            streams.out().print(Exchange.xmi(program));
            return OK;
        } catch (UnreadableFileException e) {
            var start = Position.startOf(file.toString());
            streams.err().println(Diagnostic.at(start, e.code(), e.getMessage()));
            return WRONG;
        }
    }
}
