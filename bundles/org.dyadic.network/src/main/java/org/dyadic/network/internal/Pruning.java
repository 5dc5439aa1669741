package org.dyadic.network.internal;

import java.util.ArrayList;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;

/** Leaves out what the output does not depend on. */
public final class Pruning {

    private Pruning() {}

    /** The network with the input and the nodes that reach the output, in the same order. */
    public static Network withoutDeadNodes(Network network) {
        int size = network.nodes().size();
        var alive = new boolean[size];
        alive[0] = true;
        alive[network.output()] = true;
        for (int i = size - 1; i > 0; i--) {
            if (alive[i]) {
                network.node(i).inputs().forEach(input -> alive[input] = true);
            }
        }
        var index = new int[size];
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < size; i++) {
            index[i] = nodes.size();
            if (alive[i]) {
                var node = network.node(i);
                var inputs = node.inputs().stream().map(input -> index[input]).toList();
                nodes.add(new Node(node.name(), node.operation(), inputs, node.shape()));
            }
        }
        return new Network(
                network.name(),
                nodes,
                index[network.output()],
                network.trained(),
                network.metadata());
    }
}
