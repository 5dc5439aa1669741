package org.dyadic.api.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * Everything a run found. All that a report shows is in here.
 *
 * @param specification the experiment in the language, with imports and inheritance resolved
 * @param timings seconds by stage
 * @param diagnostics what the user should know of the run: infeasible designs, missed limits,
 *     failed plugins
 */
public record Results(
        String experiment,
        NetworkInfo network,
        Optional<DatasetInfo> dataset,
        List<PolicyResult> policies,
        List<Outcome> outcomes,
        Map<String, Double> timings,
        Provenance provenance,
        String specification,
        List<Diagnostic> diagnostics) {

    public Results {
        policies = List.copyOf(policies);
        outcomes = List.copyOf(outcomes);
        timings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(timings));
        diagnostics = List.copyOf(diagnostics);
    }

    /** True if the run was stopped before it was finished. */
    public boolean interrupted() {
        return outcomes.stream().anyMatch(Outcome.Interrupted.class::isInstance);
    }
}
