package org.dyadic.api.experiment;

import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * What a file holds: the experiments that are sound, and every diagnostic, in the order of the
 * text.
 */
public record Reading(List<Experiment> experiments, List<Diagnostic> diagnostics) {

    public Reading {
        experiments = List.copyOf(experiments);
        diagnostics = List.copyOf(diagnostics);
    }
}
