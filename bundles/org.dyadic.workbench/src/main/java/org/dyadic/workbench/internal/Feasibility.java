package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.execution.PluginFailure;

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

    List<Diagnostic> check() {
        var found = new ArrayList<Diagnostic>();
        if (experiment.accelerators().isEmpty()) {
            return found;
        }
        for (var policy : experiment.policies()) {
            try {
                var resolved = preparation.rules().resolve(policy);
                if (PolicyRules.isFloat(resolved)) {
                    continue; // a float reference is not meant for hardware
                }
                var network = StandIn.inAdvance(preparation.folded(), resolved);
                for (var accelerator : experiment.accelerators()) {
                    var hardware = new HardwareEvaluation(catalog, accelerator, network);
                    hardware.refusal()
                            .or(() -> hardware.misfit(experiment.simulator()))
                            .ifPresent(
                                    reason ->
                                            found.add(
                                                    Diagnostic.at(
                                                            accelerator.at(),
                                                            IssueCode.INFEASIBLE,
                                                            accelerator.name()
                                                                    + " cannot execute policy "
                                                                    + policy.name()
                                                                    + ": "
                                                                    + reason)));
                }
            } catch (PluginFailure failure) {
                found.add(
                        Diagnostic.at(
                                policy.at(),
                                IssueCode.PLUGIN_FAILED,
                                failure.plugin() + " failed: " + failure.getMessage()));
            }
        }
        return found;
    }
}
