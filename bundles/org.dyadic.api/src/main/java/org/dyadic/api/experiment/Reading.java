package org.dyadic.api.experiment;

import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * What a file holds: the experiments and sweeps that are sound, and every diagnostic, in the order
 * of the text.
 */
public record Reading(
        List<Experiment> experiments, List<Sweep> sweeps, List<Diagnostic> diagnostics) {

    public Reading {
        experiments = List.copyOf(experiments);
        sweeps = List.copyOf(sweeps);
        diagnostics = List.copyOf(diagnostics);
    }

    /** Of a file without sweeps. */
    public Reading(List<Experiment> experiments, List<Diagnostic> diagnostics) {
        this(experiments, List.of(), diagnostics);
    }
}
