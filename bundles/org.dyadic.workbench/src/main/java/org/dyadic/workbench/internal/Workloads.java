package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
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

    /** Tensors that something else than a layer reads are kept in the 16 bits between layers. */
    private static final int WIDE_BITS = 16;

    private Workloads() {}

    /** A layer that a machine accepted. */
    static Workload of(QuantizedNetwork quantized, int index, Verdict.Acceptance acceptance) {
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
                        outputBits(quantized, index),
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

    /**
     * The bits in which a layer's result is written: once in the codes of the layers that read it,
     * and once more in 16 bits if an addition, a pooling or the user does. Functions and additions
     * that nothing else separates from the layer are taken as part of it.
     */
    private static int outputBits(QuantizedNetwork quantized, int index) {
        Network network = quantized.network();
        int last = index;
        List<Integer> readers = readers(network, last);
        while (readers.size() == 1 && fuses(network.node(readers.get(0)))) {
            last = readers.get(0);
            readers = readers(network, last);
        }
        int codes =
                readers.stream()
                        .filter(reader -> quantized.layer(reader) != null)
                        .mapToInt(reader -> quantized.layer(reader).activations().encoding().bits())
                        .max()
                        .orElse(0);
        boolean others =
                readers.isEmpty()
                        || readers.stream().anyMatch(reader -> quantized.layer(reader) == null);
        return codes + (others ? WIDE_BITS : 0);
    }

    private static boolean fuses(Node node) {
        return node.operation() instanceof Operation.Pointwise
                || node.operation() instanceof Operation.Add
                || node.operation() instanceof Operation.Reshape;
    }

    private static List<Integer> readers(Network network, int index) {
        var readers = new ArrayList<Integer>();
        for (int i = index + 1; i < network.nodes().size(); i++) {
            if (network.node(i).inputs().contains(index)) {
                readers.add(i);
            }
        }
        return readers;
    }
}
