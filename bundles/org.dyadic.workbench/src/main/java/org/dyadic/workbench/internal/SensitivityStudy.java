package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.workbench.Progress;
import org.dyadic.api.workbench.Sensitivity;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.Executable;
import org.dyadic.execution.FloatExecutable;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.kernels.Kernels;

/** Quantizes one layer of a network at a time, and measures what accuracy that costs. */
final class SensitivityStudy {

    /** Of layers that cost the same, the one that changes more, or is farther from its levels. */
    private static final Comparator<Sensitivity.Layer> COSTLIEST_FIRST =
            Comparator.comparingDouble(Sensitivity.Layer::drop)
                    .thenComparing(Sensitivity.Layer::changed)
                    .reversed()
                    .thenComparingDouble(ranked -> noisier(ranked.layer()));

    private final PolicyUse policy;
    private final Experiment experiment;
    private final Kernels kernels;
    private final Progress progress;
    private final Preparation preparation;
    private final Quantizing quantizing;
    private final Optional<Images> images;
    private final List<Diagnostic> diagnostics;
    private final List<Sensitivity.Layer> ranked = new ArrayList<>();
    private int[] floatClasses;
    private Optional<DatasetInfo> dataset = Optional.empty();
    private Optional<Accuracy> reference = Optional.empty();
    private Optional<Accuracy> together = Optional.empty();
    private int quantized;
    private boolean interrupted;

    SensitivityStudy(
            PluginCatalog catalog,
            Kernels kernels,
            Experiment experiment,
            String policy,
            int images,
            long seed,
            Progress progress) {
        this.policy = Inspector.policyOf(experiment, policy);
        this.experiment = Inspector.only(experiment, this.policy, experiment.dataset());
        this.kernels = kernels;
        this.progress = progress;
        this.preparation = new Preparation(catalog, this.experiment);
        this.quantizing = new Quantizing(preparation, kernels, seed);
        this.images = preparation.dataset().map(all -> all.atMost(images));
        this.diagnostics = new ArrayList<>(preparation.diagnostics());
    }

    Sensitivity result() {
        if (experiment.dataset().isEmpty()) {
            report(
                    experiment.at(),
                    "experiment "
                            + experiment.name()
                            + " has no dataset, so there is no accuracy to lose; write 'dataset'"
                            + " and the name of one");
        }
        if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
            study(preparation.rules().resolve(policy));
        }
        ranked.sort(COSTLIEST_FIRST);
        return new Sensitivity(
                experiment.name(),
                policy.name(),
                preparation.networkInfo(),
                dataset,
                reference,
                together,
                ranked,
                quantized,
                diagnostics,
                interrupted);
    }

    private static double noisier(LayerResult layer) {
        return Math.min(
                layer.weights().sqnr().orElse(Double.POSITIVE_INFINITY),
                layer.activations().sqnr().orElse(Double.POSITIVE_INFINITY));
    }

    private void report(Position at, String message) {
        diagnostics.add(Diagnostic.at(at, IssueCode.MISSING_PART, message));
    }

    private void study(Map<Integer, LayerPolicy> resolved) {
        var layers =
                Layers.of(preparation.folded()).stream()
                        .filter(layer -> !PolicyRules.isFloat(resolved.get(layer)))
                        .toList();
        quantized = layers.size();
        if (layers.isEmpty()) {
            report(
                    policy.at(),
                    "policy "
                            + policy.name()
                            + " quantizes nothing, so no layer costs accuracy; choose a policy with"
                            + " other quantizers than float");
            return;
        }
        try {
            dataset = Detached.call(progress, () -> images.map(Images::info));
            var calibration = quantizing.images(policy, progress);
            floatClasses = new int[images.orElseThrow().size()];
            reference =
                    measure(
                            "float",
                            new FloatExecutable(
                                    preparation.folded(), preparation.normalisation(), kernels),
                            floatClasses);
            var alone = new TreeMap<Integer, QuantizedLayer>();
            new LayersAlone(preparation.folded(), policy, quantizing, kernels, progress)
                    .each(
                            resolved,
                            calibration,
                            (layer, quantized) -> attempt(() -> alone.put(layer, quantized.get())));
            int count = 0;
            for (var layer : alone.entrySet()) {
                String stage = ++count + "/" + alone.size() + " " + name(layer.getKey());
                rank(layer.getKey(), layer.getValue(), resolved, stage);
            }
            attempt(() -> together = together(resolved, calibration));
        } catch (Cancelled cancelled) {
            interrupted = true;
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError thrown) {
            diagnostics.add(Inspector.failed(policy, PluginFailure.of(thrown)));
        }
    }

    private Optional<Accuracy> together(
            Map<Integer, LayerPolicy> resolved, List<float[]> calibration) {
        var network =
                quantizing.quantize(
                        policy,
                        preparation.folded(),
                        resolved,
                        calibration,
                        Quantizing.staged(progress, "all layers"));
        return measure("all layers", executable(network), new int[floatClasses.length]);
    }

    /** What fails for one layer leaves the others. */
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (PluginFailure failure) {
            var diagnostic = Inspector.failed(policy, failure);
            if (!diagnostics.contains(diagnostic)) {
                diagnostics.add(diagnostic);
            }
        }
    }

    private String name(int layer) {
        return preparation.folded().node(layer).name();
    }

    private void rank(
            int index, QuantizedLayer layer, Map<Integer, LayerPolicy> resolved, String stage) {
        var network = new QuantizedNetwork(preparation.folded(), Map.of(index, layer), List.of());
        var classes = new int[floatClasses.length];
        var accuracy = measure(stage, executable(network), classes).orElseThrow();
        ranked.add(
                new Sensitivity.Layer(
                        quantizing.describe(policy, resolved, network, index),
                        accuracy,
                        reference.orElseThrow().top1() - accuracy.top1(),
                        (int)
                                IntStream.range(0, classes.length)
                                        .filter(image -> classes[image] != floatClasses[image])
                                        .count()));
    }

    private Executable executable(QuantizedNetwork network) {
        return new FloatExecutable(network, preparation.normalisation(), kernels);
    }

    /** The accuracy on all of the images; what is not finished does not count. */
    private Optional<Accuracy> measure(String stage, Executable network, int[] classes) {
        return Optional.of(
                Evaluation.of(network, images.orElseThrow(), stage, progress, classes)
                        .filter(accuracy -> accuracy.images() == accuracy.of())
                        .orElseThrow(Cancelled::new));
    }
}
