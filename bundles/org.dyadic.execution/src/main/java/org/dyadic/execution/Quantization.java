package org.dyadic.execution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;

/** Quantizes a trained network after training, as {@link CalibrationPass} says. */
public final class Quantization {

    private final Network network;
    private final Map<Integer, LayerPolicy> policies;
    private final Recipe recipe;
    private final long seed;
    private final Kernels kernels;
    private final Progress progress;

    /**
     * @param network folded
     * @param policies for every layer, by node
     */
    public Quantization(
            Network network,
            Map<Integer, LayerPolicy> policies,
            Recipe recipe,
            long seed,
            Kernels kernels,
            Progress progress) {
        this.network = network;
        this.policies = Map.copyOf(policies);
        this.recipe = recipe;
        this.seed = seed;
        this.kernels = kernels;
        this.progress = progress;
    }

    /**
     * Quantizes with calibration; without images, the weights alone, each to its nearest level.
     *
     * @param images calibration images, normalised
     */
    public QuantizedNetwork run(List<float[]> images) {
        return images.isEmpty() ? uncalibrated() : calibrated(images, Shelf.roomOfThisMachine());
    }

    /**
     * @param room bytes that may be held in memory between layers; the result is the same for any
     */
    QuantizedNetwork calibrated(List<float[]> images, AtomicLong room) {
        return new CalibrationPass(network, policies, recipe, seed, kernels, progress, images, room)
                .run();
    }

    /** What a quantizer saw of a tensor, and what it answered. */
    public record Fitted(Observation seen, Fit fit) {}

    /** The grids of the trained weights alone, by node. */
    public static Map<Integer, Fitted> fitWeights(
            Network network, Map<Integer, LayerPolicy> policies, long seed) {
        var fitted = new ConcurrentHashMap<Integer, Fitted>();
        Layers.of(network).parallelStream()
                .forEach(
                        layer -> {
                            var node = network.node(layer);
                            var seen = Layers.observe(node.name(), Layers.weights(node), seed);
                            var fit = policies.get(layer).weights().fit(seen);
                            fitted.put(layer, new Fitted(seen, fit));
                        });
        return fitted;
    }

    /** Weights alone, when no layer quantizes activations and there is nothing to calibrate on. */
    private QuantizedNetwork uncalibrated() {
        var layers = new HashMap<Integer, QuantizedLayer>();
        fitWeights(network, policies, seed)
                .forEach(
                        (layer, fitted) -> {
                            var node = network.node(layer);
                            layers.put(
                                    layer,
                                    new QuantizedLayer(
                                            layer,
                                            fitted.fit(),
                                            new Fit.Unquantized(),
                                            held(Layers.weights(node), fitted.fit()),
                                            Layers.biases(node),
                                            fitted.seen(),
                                            Observation.ofActivations(
                                                    node.name(), Distribution.of(0), seed)));
                        });
        var none = network.nodes().stream().map(node -> 0.0).toList();
        return new QuantizedNetwork(network, layers, none);
    }

    /** Each weight at its nearest level, if there are levels. */
    static HeldWeights held(Tensor weights, Fit fit) {
        return fit.grid()
                .map(grid -> HeldWeights.nearest(weights, grid))
                .orElseGet(() -> HeldWeights.floats(weights));
    }
}
