package org.dyadic.workbench.internal;

import java.util.Optional;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.execution.Layers;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.execution.QuantizedNetwork;

/** The layers of a quantized network as simulators see them. */
final class Workloads {

    private Workloads() {}

    /** A layer that a machine accepted. */
    static Workload of(
            QuantizedNetwork quantized, Passes passes, int index, Verdict.Acceptance acceptance) {
        Network network = quantized.network();
        Node node = network.node(index);
        QuantizedLayer layer = quantized.layer(index);
        var weights = Layers.weights(node).shape();
        int groups =
                node.operation() instanceof Operation.Convolution convolution
                        ? convolution.groups()
                        : 1;
        int outputs = weights.extent(0);
        var product =
                new Workload(
                        node.name(),
                        Math.toIntExact(node.shape().elements() / outputs),
                        outputs / groups,
                        weights.size() / outputs,
                        groups,
                        layer.weights().encoding().bits(),
                        layer.activations().encoding().bits(),
                        passes.writtenBits(index),
                        network.node(node.inputs().get(0)).shape().elements(),
                        node.shape().elements(),
                        acceptance.macsPerCycle());
        var layered = sliding(network, node).map(product::sliding).orElse(product);
        return acceptance.timing().map(layered::timed).orElse(layered);
    }

    private static Optional<Sliding> sliding(Network network, Node node) {
        if (node.operation() instanceof Operation.Convolution convolution) {
            var image = network.node(node.inputs().get(0)).shape();
            return Optional.of(
                    new Sliding(
                            image.extent(1),
                            image.extent(2),
                            image.extent(0) / convolution.groups(),
                            convolution.window()));
        }
        return Optional.empty();
    }
}
