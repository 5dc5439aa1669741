package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.PolicyInspection.Choice;
import org.dyadic.api.workbench.PolicyInspection.Layer;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.SumRange;
import org.dyadic.kernels.Kernels;

/** Looks at one policy of an experiment. */
final class Inspector {

    private final Experiment experiment;
    private final PolicyUse policy;
    private final Preparation preparation;
    private final List<Diagnostic> diagnostics;
    private Map<Integer, SumRange> sums = Map.of();
    private Optional<DatasetInfo> calibration = Optional.empty();

    Inspector(PluginCatalog catalog, Experiment experiment, String policy) {
        this.experiment = experiment;
        this.policy = policyOf(experiment, policy);
        this.preparation =
                new Preparation(catalog, only(experiment, this.policy, Optional.empty()));
        this.diagnostics = new ArrayList<>(preparation.diagnostics());
    }

    static PolicyUse policyOf(Experiment experiment, String name) {
        return experiment.policies().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "experiment "
                                                + experiment.name()
                                                + " has no policy '"
                                                + name
                                                + "'"));
    }

    /** The experiment without what has no part in looking at one policy. */
    static Experiment only(Experiment experiment, PolicyUse policy, Optional<DatasetUse> dataset) {
        return new Experiment(
                experiment.name(),
                experiment.network(),
                dataset,
                List.of(policy),
                List.of(),
                Optional.empty(),
                List.of(),
                experiment.file(),
                experiment.at());
    }

    /** Without quantizing. */
    PolicyInspection resolve() {
        calibration = calibration();
        return of(sound() ? layers(List.of()) : List.of(), false);
    }

    PolicyInspection inspect(Kernels kernels, long seed, Progress progress) {
        if (!sound()) {
            return of(List.of(), false);
        }
        try {
            calibration = Detached.call(progress, this::calibration);
            var resolved = preparation.rules().resolve(policy);
            if (!preparation.folded().trained() || PolicyRules.isFloat(resolved)) {
                return of(layers(List.of()), false);
            }
            var quantizing = new Quantizing(preparation, kernels, seed);
            var quantized = quantizing.quantize(policy, resolved, progress);
            sums = SumRange.of(quantized, Padding.ZERO);
            return of(layers(quantizing.describe(policy, resolved, quantized)), false);
        } catch (Cancelled cancelled) {
            return of(layers(List.of()), true);
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError thrown) {
            diagnostics.add(failed(policy, PluginFailure.of(thrown)));
            return of(layers(List.of()), false);
        }
    }

    static Diagnostic failed(PolicyUse policy, PluginFailure failure) {
        return Diagnostic.at(
                policy.at(),
                IssueCode.PLUGIN_FAILED,
                "policy "
                        + policy.name()
                        + ": "
                        + failure.plugin()
                        + " failed: "
                        + failure.getMessage());
    }

    private Optional<DatasetInfo> calibration() {
        return preparation.calibration(policy).map(Images::info);
    }

    private boolean sound() {
        return diagnostics.stream().noneMatch(Diagnostic::isError);
    }

    /**
     * @param results of every layer, or none
     */
    private List<Layer> layers(List<LayerResult> results) {
        var network = preparation.folded();
        Map<Integer, PolicyRules.Deciding> deciding = preparation.rules().deciding(policy);
        // What a quantizer made of a stand-in says nothing of the activations.
        boolean calibrated = preparation.calibration(policy).isPresent();
        var layers = new ArrayList<Layer>();
        for (int index : Layers.of(network)) {
            var node = network.node(index);
            var rules = deciding.get(index);
            var result =
                    results.isEmpty()
                            ? Optional.<LayerResult>empty()
                            : Optional.of(results.get(layers.size()));
            layers.add(
                    new Layer(
                            node.name(),
                            Layers.kind(node),
                            Network.macs(node),
                            Network.parameters(node),
                            choice(
                                    rules.weights(),
                                    rules.weights().flatMap(Rule::weights),
                                    result.map(LayerResult::weights)),
                            choice(
                                    rules.activations(),
                                    rules.activations().flatMap(Rule::activations),
                                    result.filter(found -> calibrated)
                                            .map(LayerResult::activations)),
                            calibrated && sums.containsKey(index)
                                    ? OptionalInt.of(sums.get(index).bits())
                                    : OptionalInt.empty()));
        }
        return layers;
    }

    private static Choice choice(
            Optional<Rule> rule, Optional<QuantizerUse> use, Optional<TensorResult> result) {
        return new Choice(
                use.map(QuantizerUse::id).orElse("float"),
                use.map(QuantizerUse::settings).orElse(Settings.none()),
                rule,
                result);
    }

    private PolicyInspection of(List<Layer> layers, boolean interrupted) {
        return new PolicyInspection(
                experiment.name(),
                policy.name(),
                preparation.networkInfo(),
                calibration,
                layers,
                diagnostics,
                interrupted);
    }
}
