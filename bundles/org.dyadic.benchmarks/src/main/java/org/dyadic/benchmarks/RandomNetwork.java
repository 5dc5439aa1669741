package org.dyadic.benchmarks;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;

/**
 * Weights for a network that has none: normal, so that results keep their size (He et al., 2015).
 */
final class RandomNetwork {

    private RandomNetwork() {}

    static Network of(Network topology, long seed) {
        var random = new SplittableRandom(seed);
        var nodes = topology.nodes().stream().map(node -> trained(node, random)).toList();
        return new Network(topology.name(), nodes, topology.output(), true, topology.metadata());
    }

    private static Node trained(Node node, SplittableRandom random) {
        var operation = node.operation();
        if (operation instanceof Operation.Convolution layer) {
            operation =
                    new Operation.Convolution(
                            normal(layer.weights().shape(), random),
                            Optional.empty(),
                            layer.window(),
                            layer.groups());
        } else if (operation instanceof Operation.Dense layer) {
            operation =
                    new Operation.Dense(normal(layer.weights().shape(), random), Optional.empty());
        } else if (operation instanceof Operation.BatchNormalization layer) {
            var shape = layer.scale().shape();
            operation =
                    new Operation.BatchNormalization(
                            Tensor.filled(shape, 1),
                            Tensor.filled(shape, 0),
                            Tensor.filled(shape, 0),
                            Tensor.filled(shape, 1),
                            layer.epsilon());
        }
        return new Node(node.name(), operation, node.inputs(), node.shape());
    }

    private static Tensor normal(Shape shape, SplittableRandom random) {
        double deviation = Math.sqrt(2.0 * shape.extent(0) / shape.size());
        var weights = new float[shape.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (deviation * random.nextGaussian());
        }
        return Tensor.of(shape, weights);
    }
}
