package org.dyadic.execution;

import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Network;

/**
 * A network with a decision for each layer, ready to be executed.
 *
 * @param network folded; its weights are still the trained ones
 * @param layers by node, for every convolution and dense layer
 * @param magnitudes for each node, the largest magnitude calibration saw of its result
 */
public record QuantizedNetwork(
        Network network, Map<Integer, QuantizedLayer> layers, List<Double> magnitudes) {

    public QuantizedNetwork {
        layers = Map.copyOf(layers);
        magnitudes = List.copyOf(magnitudes);
    }

    /** True if every layer runs in integers, so that the whole network does. */
    public boolean integral() {
        return layers.values().stream().allMatch(QuantizedLayer::integral);
    }

    public QuantizedLayer layer(int node) {
        return layers.get(node);
    }
}
