package org.dyadic.api.spec;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * The outcome of checking settings: the settings when nothing is wrong, and every diagnostic there
 * is.
 */
public record Resolution(Optional<Settings> settings, List<Diagnostic> diagnostics) {

    public Resolution {
        diagnostics = List.copyOf(diagnostics);
        if (settings.isPresent() && diagnostics.stream().anyMatch(Diagnostic::isError)) {
            throw new IllegalArgumentException(
                    "settings with errors are no settings: " + diagnostics);
        }
    }
}
