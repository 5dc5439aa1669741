package org.dyadic.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;

/**
 * One walk of the float network and the quantized one, side by side, node by node, over all
 * calibration images. Each layer is quantized such that, fed what the quantized network feeds it,
 * it computes what the float network has there; where its result is added to a shortcut, such that
 * the sum is right. What gain and offset are then missing in a channel go into scale and bias.
 */
final class CalibrationPass {

    private final Network network;
    private final Map<Integer, LayerPolicy> policies;
    private final Recipe recipe;
    private final long seed;
    private final Kernels kernels;
    private final Progress progress;
    private final int images;
    private final FloatNetwork trained;
    private final Shelf floats;
    private final Shelf quantized;
    private final int[] lastUse;
    private final List<List<Integer>> users;
    private final Map<Integer, QuantizedLayer> layers = new HashMap<>();
    private final List<Double> magnitudes = new ArrayList<>();

    CalibrationPass(
            Network network,
            Map<Integer, LayerPolicy> policies,
            Recipe recipe,
            long seed,
            Kernels kernels,
            Progress progress,
            List<float[]> images,
            AtomicLong room) {
        this.network = network;
        this.policies = policies;
        this.recipe = recipe;
        this.seed = seed;
        this.kernels = kernels;
        this.progress = progress;
        this.images = images.size();
        this.trained = new FloatNetwork(network, kernels);
        this.lastUse = network.lastUse();
        this.users = network.users();
        this.floats = new Shelf(network.nodes().size(), images.size(), room);
        this.quantized = new Shelf(network.nodes().size(), images.size(), room);
        for (int image = 0; image < this.images; image++) {
            floats.put(0, image, images.get(image));
            quantized.put(0, image, images.get(image));
        }
    }

    QuantizedNetwork run() {
        try (floats;
                quantized) {
            return walk();
        }
    }

    private QuantizedNetwork walk() {
        progress.advance("calibrate", 0, network.nodes().size(), "nodes");
        for (int node = 0; node < network.nodes().size(); node++) {
            if (node > 0) {
                evaluate(node);
            }
            magnitudes.add(magnitude(node));
            release(node);
            progress.advance("calibrate", node + 1, network.nodes().size(), "nodes");
        }
        return new QuantizedNetwork(network, layers, magnitudes);
    }

    private double magnitude(int index) {
        double magnitude = Math.max(largest(floats, index), largest(quantized, index));
        if (!Double.isFinite(magnitude)) {
            throw new PluginFailure(
                    "network",
                    "node "
                            + network.node(index).name()
                            + " computes what is not a finite number from a calibration image;"
                            + " look at the weights, and at the mean and the deviation of the"
                            + " input");
        }
        return magnitude;
    }

    private double largest(Shelf results, int index) {
        return IntStream.range(0, images)
                .parallel()
                .mapToDouble(image -> Layers.absMax(get(results, index, image)))
                .max()
                .orElse(0);
    }

    private float[] get(Shelf results, int node, int image) {
        return results.get(node, image, network.node(node).shape().size());
    }

    private Results all(Shelf results, int node) {
        return new Results(images, image -> get(results, node, image));
    }

    private void release(int index) {
        for (int input : network.node(index).inputs()) {
            if (lastUse[input] == index) {
                floats.release(input);
                quantized.release(input);
            }
        }
    }

    private void evaluate(int index) {
        evaluate(index, floats);
        if (Layers.isLayer(network.node(index))) {
            evaluateLayer(index);
        } else {
            evaluate(index, quantized);
        }
    }

    private void evaluate(int index, Shelf results) {
        var inputs = network.node(index).inputs();
        eachImage(
                image -> {
                    var given = new float[network.nodes().size()][];
                    inputs.forEach(input -> given[input] = get(results, input, image));
                    results.put(index, image, trained.evaluate(index, given));
                });
    }

    private void eachImage(IntConsumer body) {
        IntStream.range(0, images)
                .parallel()
                .forEach(
                        image -> {
                            Cancelled.check(progress);
                            body.accept(image);
                        });
    }

    private void evaluateLayer(int index) {
        Node node = network.node(index);
        int input = node.inputs().get(0);
        var patches = new Patches(node, network.node(input).shape());
        var fed = all(recipe.propagate() ? quantized : floats, input);
        var targets = targets(index);
        var layer =
                new LayerCalibration(
                                index,
                                node,
                                patches,
                                policies.get(index),
                                recipe,
                                seed,
                                kernels,
                                progress)
                        .run(fed, targets);
        var own = trained.with(index, Layers.with(node, layer.held().values(), layer.bias()));
        var grid = layer.activations().grid();
        eachImage(
                image -> {
                    var given = new float[network.nodes().size()][];
                    given[input] = Layers.project(get(quantized, input, image), grid);
                    quantized.put(index, image, own.evaluate(index, given));
                });
        layers.put(index, recipe.correct() ? corrected(patches, layer, targets) : layer);
    }

    /** The layer, and what it computes, corrected. */
    private QuantizedLayer corrected(Patches patches, QuantizedLayer layer, Results targets) {
        int index = layer.node();
        var computed = all(quantized, index);
        var correction = Correction.of(patches, layer, targets, computed);
        eachImage(image -> quantized.put(index, image, correction.apply(computed.of(image))));
        return correction.apply(layer);
    }

    /** What a layer should compute: what the float network has, and what its shortcut lacks. */
    private Results targets(int index) {
        var shortcut = recipe.blocks() ? shortcut(index) : OptionalInt.empty();
        var own = all(floats, index);
        if (shortcut.isEmpty()) {
            return own;
        }
        var wanted = all(floats, shortcut.getAsInt());
        var present = all(quantized, shortcut.getAsInt());
        return new Results(
                images, image -> targets(own.of(image), wanted.of(image), present.of(image)));
    }

    private static float[] targets(float[] own, float[] wanted, float[] present) {
        float[] targets = own.clone();
        for (int i = 0; i < targets.length; i++) {
            targets[i] += wanted[i] - present[i];
        }
        return targets;
    }

    /** What alone is added to the result of a layer, if it is there already. */
    private OptionalInt shortcut(int index) {
        var readers = users.get(index);
        if (readers.size() != 1
                || index == network.output()
                || !(network.node(readers.get(0)).operation() instanceof Operation.Add)) {
            return OptionalInt.empty();
        }
        int[] others =
                network.node(readers.get(0)).inputs().stream()
                        .mapToInt(Integer::intValue)
                        .filter(operand -> operand != index)
                        .toArray();
        return others.length == 1
                        && others[0] < index
                        && network.node(others[0]).shape().equals(network.node(index).shape())
                ? OptionalInt.of(others[0])
                : OptionalInt.empty();
    }
}
