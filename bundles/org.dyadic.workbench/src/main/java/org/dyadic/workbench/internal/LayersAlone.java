package org.dyadic.workbench.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;

/**
 * Quantizes each layer of a network as if all others stayed in float: as a network of its own, fed
 * what the float network feeds it. One walk over the calibration images does for all layers.
 */
final class LayersAlone {

    private final Network network;
    private final PolicyUse policy;
    private final Quantizing quantizing;
    private final FloatNetwork floats;
    private final Progress progress;
    private final int[] lastUse;

    LayersAlone(
            Network network,
            PolicyUse policy,
            Quantizing quantizing,
            Kernels kernels,
            Progress progress) {
        this.network = network;
        this.policy = policy;
        this.quantizing = quantizing;
        this.floats = new FloatNetwork(network, kernels);
        this.progress = progress;
        this.lastUse = network.lastUse();
    }

    /** What becomes of a layer; it is quantized, or fails, when asked for. */
    interface Taker {
        void take(int layer, Supplier<QuantizedLayer> quantized);
    }

    /**
     * @param images calibration images, normalised; none for weights alone
     * @param taker is given every layer that is not left in float, in the order of the network
     */
    void each(Map<Integer, LayerPolicy> resolved, List<float[]> images, Taker taker) {
        var results = new float[images.size()][network.nodes().size()][];
        Arrays.setAll(results, image -> first(images.get(image)));
        int last = resolved.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        progress.advance("calibrate", 0, last, "nodes");
        for (int node = 1; node <= last; node++) {
            int index = node;
            var choices = resolved.get(node);
            if (choices != null && !PolicyRules.isFloat(choices)) {
                int input = network.node(node).inputs().get(0);
                var fed = Arrays.stream(results).map(image -> image[input]).toList();
                taker.take(node, () -> alone(index, choices, fed));
            }
            IntStream.range(0, results.length)
                    .parallel()
                    .forEach(
                            image -> {
                                Cancelled.check(progress);
                                results[image][index] = floats.evaluate(index, results[image]);
                                release(index, results[image]);
                            });
            progress.advance("calibrate", node, last, "nodes");
        }
    }

    private float[][] first(float[] image) {
        var results = new float[network.nodes().size()][];
        results[0] = image;
        return results;
    }

    private void release(int user, float[][] results) {
        for (int input : network.node(user).inputs()) {
            if (lastUse[input] == user) {
                results[input] = null;
            }
        }
    }

    private QuantizedLayer alone(int index, LayerPolicy choices, List<float[]> fed) {
        var node = network.node(index);
        var shape = network.node(node.inputs().get(0)).shape();
        var input = new Node("input of " + node.name(), new Operation.Input(), List.of(), shape);
        var layer = new Node(node.name(), node.operation(), List.of(0), node.shape());
        var whole = new Network(network.name(), List.of(input, layer), 1, true, network.metadata());
        return quantizing
                .quantize(policy, whole, Map.of(1, choices), fed, Quantizing.untold(progress))
                .layer(1);
    }
}
