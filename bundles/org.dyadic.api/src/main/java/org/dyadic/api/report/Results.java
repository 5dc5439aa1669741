package org.dyadic.api.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * Everything a run found. All that a report shows is in here.
 *
 * @param specification the experiment in the language, with imports and inheritance resolved
 * @param timings seconds by stage, measured
 * @param pluginTimes which plugins worked how long in each stage, measured; none if other runs of
 *     the process went on at the same time
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
        List<PluginTime> pluginTimes,
        Provenance provenance,
        String specification,
        List<Diagnostic> diagnostics) {

    public Results {
        policies = List.copyOf(policies);
        outcomes = List.copyOf(outcomes);
        pluginTimes = List.copyOf(pluginTimes);
        timings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(timings));
        diagnostics = List.copyOf(diagnostics);
    }

    /** Results that do not say which plugin took the time. */
    public Results(
            String experiment,
            NetworkInfo network,
            Optional<DatasetInfo> dataset,
            List<PolicyResult> policies,
            List<Outcome> outcomes,
            Map<String, Double> timings,
            Provenance provenance,
            String specification,
            List<Diagnostic> diagnostics) {
        this(
                experiment,
                network,
                dataset,
                policies,
                outcomes,
                timings,
                List.of(),
                provenance,
                specification,
                diagnostics);
    }

    /** True if the run was stopped before it was finished. */
    public boolean interrupted() {
        return outcomes.stream().anyMatch(Outcome.Interrupted.class::isInstance);
    }
}
