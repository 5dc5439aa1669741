package org.dyadic.api.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A network for one image: nodes in an order in which each can be computed after its inputs.
 *
 * @param nodes the first, and only the first, is {@link Operation.Input}
 * @param output index of the node whose result is the network's
 * @param trained false if the file has shapes but no trained weights; then accuracy means nothing
 * @param metadata what the file says of itself, by key
 */
public record Network(
        String name, List<Node> nodes, int output, boolean trained, Map<String, String> metadata) {

    public Network {
        Objects.requireNonNull(name, "name");
        nodes = List.copyOf(nodes);
        metadata = Map.copyOf(metadata);
        if (output < 0 || output >= nodes.size()) {
            throw new IllegalArgumentException(
                    "node " + output + " cannot be the output of " + nodes.size() + " nodes");
        }
        var names = new HashSet<String>();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            if ((node.operation() instanceof Operation.Input) != (i == 0)) {
                throw new IllegalArgumentException(
                        "the input must be the first node and only that");
            }
            if (!names.add(node.name())) {
                throw new IllegalArgumentException("two nodes are called '" + node.name() + "'");
            }
            for (int input : node.inputs()) {
                if (input < 0 || input >= i) {
                    throw new IllegalArgumentException(
                            "node '"
                                    + node.name()
                                    + "' uses node "
                                    + input
                                    + ", which does not come before it");
                }
            }
        }
    }

    /** The key of {@link #metadata} that is there if layers are {@link #apart}. */
    public static final String APART = "layers-apart";

    /**
     * True if the file lists layers and does not tell how they are joined. What follows them in
     * this network, so that it has a result, is no part of what the file describes.
     */
    public boolean apart() {
        return metadata.containsKey(APART);
    }

    /** The node at an index. */
    public Node node(int index) {
        return nodes.get(index);
    }

    /** The shape of one image. */
    public Shape inputShape() {
        return nodes.get(0).shape();
    }

    /** The shape of the result for one image. */
    public Shape outputShape() {
        return nodes.get(output).shape();
    }

    /**
     * For each node, the last node that needs its result, so that the result can be dropped after
     * it; zero if none does, and never reached for the output, which is needed to the end.
     */
    public int[] lastUse() {
        var lastUse = new int[nodes.size()];
        for (int user = 0; user < lastUse.length; user++) {
            for (int input : nodes.get(user).inputs()) {
                lastUse[input] = user;
            }
        }
        lastUse[output] = Integer.MAX_VALUE;
        return lastUse;
    }

    /** For each node those that read its result, each once, in the order of the network. */
    public List<List<Integer>> users() {
        var users = new ArrayList<List<Integer>>();
        for (int user = 0; user < nodes.size(); user++) {
            users.add(new ArrayList<>());
            for (int input : Set.copyOf(nodes.get(user).inputs())) {
                users.get(input).add(user);
            }
        }
        return users;
    }

    /** Multiply-accumulates for one image, in convolutions and dense layers; padding counts. */
    public long macs() {
        return nodes.stream().mapToLong(Network::macs).sum();
    }

    /** Multiply-accumulates of one node; zero if it is neither convolution nor dense. */
    public static long macs(Node node) {
        if (node.operation() instanceof Operation.Convolution convolution) {
            var weights = convolution.weights().shape();
            return node.shape().elements()
                    * weights.extent(1)
                    * weights.extent(2)
                    * weights.extent(3);
        }
        if (node.operation() instanceof Operation.Dense dense) {
            return node.shape().elements() * dense.weights().shape().extent(1);
        }
        return 0;
    }

    /** Trainable numbers: weights, biases, and scale and shift of batch normalisations. */
    public long parameters() {
        return nodes.stream().mapToLong(Network::parameters).sum();
    }

    /** Trainable numbers of one node. */
    public static long parameters(Node node) {
        if (node.operation() instanceof Operation.Convolution layer) {
            return (long) layer.weights().size() + layer.bias().map(Tensor::size).orElse(0);
        }
        if (node.operation() instanceof Operation.Dense layer) {
            return (long) layer.weights().size() + layer.bias().map(Tensor::size).orElse(0);
        }
        if (node.operation() instanceof Operation.BatchNormalization layer) {
            return (long) layer.scale().size() + layer.shift().size();
        }
        return 0;
    }
}
