package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;

/**
 * Finds, before anything runs, policies that an accelerator will refuse. Grids come from stand-in
 * distributions, so a refusal that hangs on the trained weights themselves shows only in the run.
 */
final class Feasibility {

    private final PluginCatalog catalog;
    private final Experiment experiment;
    private final Preparation preparation;

    Feasibility(PluginCatalog catalog, Experiment experiment, Preparation preparation) {
        this.catalog = catalog;
        this.experiment = experiment;
        this.preparation = preparation;
    }

    /** One finding for each accelerator that refuses policies, with all of them. */
    List<Diagnostic> check() {
        var found = new ArrayList<Diagnostic>();
        if (experiment.accelerators().isEmpty()) {
            return found;
        }
        var refusals = new LinkedHashMap<AcceleratorUse, Map<String, List<String>>>();
        experiment.accelerators().forEach(one -> refusals.put(one, new LinkedHashMap<>()));
        for (var policy : experiment.policies()) {
            try {
                var resolved = preparation.rules().resolve(policy);
                if (PolicyRules.isFloat(resolved)) {
                    continue; // a float reference is not meant for hardware
                }
                var network = StandIn.inAdvance(preparation.folded(), resolved);
                refusals.forEach(
                        (accelerator, policies) ->
                                refusal(accelerator, network)
                                        .ifPresent(
                                                reason ->
                                                        policies.computeIfAbsent(
                                                                        reason,
                                                                        r -> new ArrayList<>())
                                                                .add(policy.name())));
            } catch (PluginFailure failure) {
                found.add(
                        Diagnostic.at(
                                policy.at(),
                                IssueCode.PLUGIN_FAILED,
                                failure.plugin() + " failed: " + failure.getMessage()));
            }
        }
        refusals.forEach(
                (accelerator, policies) -> {
                    if (!policies.isEmpty()) {
                        found.add(
                                Diagnostic.at(
                                        accelerator.at(),
                                        IssueCode.INFEASIBLE,
                                        accelerator.name() + " cannot execute " + told(policies)));
                    }
                });
        return found;
    }

    private Optional<String> refusal(AcceleratorUse accelerator, QuantizedNetwork network) {
        var hardware = new HardwareEvaluation(catalog, accelerator, network);
        return hardware.refusal().or(() -> hardware.misfit(experiment.simulator()));
    }

    /** Policies that are refused for the same reason, and then it. */
    private static String told(Map<String, List<String>> policies) {
        return policies.entrySet().stream()
                .map(
                        one ->
                                (one.getValue().size() == 1 ? "policy " : "policies ")
                                        + String.join(", ", one.getValue())
                                        + ": "
                                        + one.getKey())
                .collect(Collectors.joining("; nor "));
    }
}
