package org.dyadic.workbench.internal;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.network.Network;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Quantization;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.execution.Recipe;
import org.dyadic.kernels.Kernels;

/** Quantizes the network of an experiment as a policy says, and tells what became of each layer. */
final class Quantizing {

    private final Preparation preparation;
    private final Kernels kernels;
    private final long seed;

    Quantizing(Preparation preparation, Kernels kernels, long seed) {
        this.preparation = preparation;
        this.kernels = kernels;
        this.seed = seed;
    }

    /** The whole network; grids of stand-ins take the place of what cannot be known. */
    QuantizedNetwork quantize(
            PolicyUse policy, Map<Integer, LayerPolicy> resolved, Progress progress) {
        var network = preparation.folded();
        boolean calibrates =
                preparation.calibration(policy).isPresent()
                        || !PolicyRules.quantizesActivations(resolved);
        return network.trained() && calibrates
                ? quantize(policy, network, resolved, images(policy, progress), progress)
                : StandIn.quantize(network, resolved, seed);
    }

    /** A network with trained weights, with the calibration images given. */
    QuantizedNetwork quantize(
            PolicyUse policy,
            Network network,
            Map<Integer, LayerPolicy> resolved,
            List<float[]> images,
            Progress progress) {
        var recipe =
                policy.calibration()
                        .map(calibration -> Recipe.of(calibration.settings()))
                        .orElse(Recipe.FULL);
        var quantization = new Quantization(network, resolved, recipe, seed, kernels, progress);
        return Detached.call(progress, () -> quantization.run(images));
    }

    /** The calibration images of a policy, normalised; none if it names none. */
    List<float[]> images(PolicyUse policy, Progress progress) {
        return preparation
                .calibration(policy)
                .map(
                        set ->
                                IntStream.range(0, set.size())
                                        .parallel()
                                        .mapToObj(image -> read(set, image, progress))
                                        .toList())
                .orElse(List.of());
    }

    private float[] read(Images set, int image, Progress progress) {
        Cancelled.check(progress);
        return preparation.normalisation().apply(set.read(image), set.shape().extent(0));
    }

    /** What became of every layer. */
    List<LayerResult> describe(
            PolicyUse policy, Map<Integer, LayerPolicy> resolved, QuantizedNetwork quantized) {
        return Layers.of(quantized.network()).stream()
                .map(index -> describe(policy, resolved, quantized, index))
                .toList();
    }

    /** What became of one layer. */
    LayerResult describe(
            PolicyUse policy,
            Map<Integer, LayerPolicy> resolved,
            QuantizedNetwork quantized,
            int index) {
        boolean trained = quantized.network().trained();
        var node = quantized.network().node(index);
        var layer = quantized.layer(index);
        var choice = resolved.get(index);
        return new LayerResult(
                node.name(),
                Layers.kind(node),
                Network.macs(node),
                Network.parameters(node),
                Histograms.tensor(
                        choice.weights(),
                        layer.weightsSeen(),
                        layer.weights(),
                        layer.held().grid().or(() -> layer.weights().grid()),
                        !trained),
                Histograms.tensor(
                        choice.activations(),
                        layer.activationsSeen(),
                        layer.activations(),
                        layer.activations().grid(),
                        !trained || preparation.calibration(policy).isEmpty()));
    }

    /** Tells the stages of a part of the work under its name. */
    static Progress staged(Progress progress, String part) {
        return new Progress() {
            @Override
            public void advance(String stage, long done, long total, String unit) {
                progress.advance(part + ": " + stage, done, total, unit);
            }

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }

    /** Stops when the user wants to, and tells nothing. */
    static Progress untold(Progress progress) {
        return new Progress() {
            @Override
            public void advance(String stage, long done, long total, String unit) {}

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }
}
