package org.dyadic.lang;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.ExperimentReader;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.lang.checks.Checks;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads {@code .dyadic} files. The parser is made at the first one, so other commands start fast.
 */
@Component
public final class DyadicReader implements ExperimentReader {

    private final Catalog catalog;
    private Language language;

    @Activate
    public DyadicReader(@Reference Catalog catalog) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    // EMF knows no threads.
    @Override
    public synchronized Reading read(Path file) {
        try {
            var source = SourceFile.read(file);
            if (language == null) {
                language = new Language();
            }
            return Checks.read(new Program(source, language), catalog);
        } catch (UnreadableFileException e) {
            var start = Position.startOf(file.toString());
            return new Reading(List.of(), List.of(Diagnostic.at(start, e.code(), e.getMessage())));
        }
    }

    @Deactivate
    synchronized void close() {
        if (language != null) {
            language.close();
            language = null;
        }
    }
}
