package org.dyadic.lang.ide;

import java.util.List;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.VerbService;
import org.dyadic.api.workbench.Catalog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code dyadic reference}. */
@Component
@VerbService(
        name = "reference",
        description = "Print the reference of the language with all that is installed.")
public final class ReferenceVerb implements Verb {

    private final Catalog catalog;

    @Activate
    public ReferenceVerb(@org.osgi.service.component.annotations.Reference Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String help() {
        return "\n\nPrints Markdown: words, units, diagnostics, and the settings of every plugin.";
    }

    @Override
    public int run(List<String> arguments, Streams streams) {
        if (!arguments.isEmpty()) {
            streams.err().println("dyadic: reference takes nothing, but got: " + arguments.get(0));
            return MISUSED;
        }
        streams.out().println("# The .dyadic language\n");
        streams.out().print(Reference.language());
        streams.out().println();
        streams.out().print(Reference.settings(catalog));
        return OK;
    }
}
