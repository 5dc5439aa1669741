package org.dyadic.api.network;

import java.util.List;
import java.util.Objects;

/**
 * One step of a network.
 *
 * @param name unique in the network; what policy rules match
 * @param inputs indices of earlier nodes
 * @param shape of the result, for one image
 */
public record Node(String name, Operation operation, List<Integer> inputs, Shape shape) {

    public Node {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(shape, "shape");
        inputs = List.copyOf(inputs);
    }
}
