package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.execution.Layers;
import org.dyadic.execution.QuantizedNetwork;

/**
 * How tensors go between the layers of a network. What leaves a layer takes functions and additions
 * with it if nobody else reads what they take: they cost no traffic but that of the other operand.
 * Everything else reads its operands from off-chip memory and writes its results there. A tensor is
 * written in the codes of the layers that read it, and in 16 bits if anything else does. Of layers
 * that are listed apart nothing is known but that somebody reads their results, and that is taken
 * to be done in the codes of their own input.
 */
final class Passes {

    /** Tensors that something else than a layer reads are kept in the 16 bits between layers. */
    private static final int WIDE_BITS = 16;

    private final QuantizedNetwork quantized;
    private final Network network;
    private final List<List<Integer>> readers;

    Passes(QuantizedNetwork quantized) {
        this.quantized = quantized;
        this.network = quantized.network();
        this.readers = new ArrayList<>();
        for (int i = 0; i < network.nodes().size(); i++) {
            readers.add(new ArrayList<>());
        }
        // from the end, so that who reads a view is known before what it is a view of
        for (int i = network.nodes().size() - 1; i > 0; i--) {
            var reading = view(i) ? readers.get(i) : List.of(i);
            network.node(i).inputs().stream()
                    .distinct()
                    .forEach(input -> readers.get(input).addAll(reading));
        }
    }

    private boolean view(int index) {
        return network.node(index).operation() instanceof Operation.Reshape
                && index != network.output();
    }

    /** The node whose elements these are. */
    private int source(int index) {
        return view(index) ? source(network.node(index).inputs().get(0)) : index;
    }

    /** The bits in which an element is written of what a node gives, or what goes with it. */
    int writtenBits(int index) {
        if (network.apart()) {
            return quantized.layer(index).activations().encoding().bits();
        }
        int last = lastOf(index);
        int codes =
                readers.get(last).stream()
                        .filter(reader -> Layers.isLayer(network.node(reader)))
                        .mapToInt(reader -> quantized.layer(reader).activations().encoding().bits())
                        .max()
                        .orElse(0);
        boolean others =
                last == network.output()
                        || readers.get(last).isEmpty()
                        || readers.get(last).stream()
                                .anyMatch(reader -> !Layers.isLayer(network.node(reader)));
        return codes + (others ? WIDE_BITS : 0);
    }

    /** The last of what goes along with a node. */
    private int lastOf(int index) {
        var reading = readers.get(index);
        return reading.size() == 1
                        && along(reading.get(0)).filter(with -> with == index).isPresent()
                ? lastOf(reading.get(0))
                : index;
    }

    /**
     * The node that a function or an addition goes along with: the last to be computed of its
     * operands, if it is of the same shape and read by nobody else.
     */
    private Optional<Integer> along(int index) {
        var node = network.node(index);
        boolean light =
                node.operation() instanceof Operation.Pointwise
                        || node.operation() instanceof Operation.Add
                        || node.operation() instanceof Operation.Multiply
                        || node.operation() instanceof Operation.BatchNormalization;
        return light
                ? operands(node).stream()
                        .max(Integer::compare)
                        .filter(last -> computed(last) && readers.get(last).size() == 1)
                        .filter(
                                last ->
                                        network.node(last).shape().elements()
                                                == node.shape().elements())
                : Optional.empty();
    }

    private boolean computed(int index) {
        return index != network.output()
                && !(network.node(index).operation() instanceof Operation.Input);
    }

    /** What a node reads that depends on the image. */
    private List<Integer> operands(Node node) {
        return node.inputs().stream()
                .map(this::source)
                .filter(input -> !(network.node(input).operation() instanceof Operation.Constant))
                .toList();
    }

    /** What a node that is no layer costs; nothing if it costs nothing. */
    Optional<Elementwise> of(int index) {
        var node = network.node(index);
        var operands = operands(node);
        var with = along(index);
        if (network.apart()
                || Layers.isLayer(node)
                || operands.isEmpty()
                || view(index)
                || (with.isPresent() && operands.size() == 1)) {
            return Optional.empty();
        }
        long read =
                operands.stream()
                        .filter(operand -> with.filter(operand::equals).isEmpty())
                        .mapToLong(operand -> network.node(operand).shape().elements())
                        .sum();
        long elements = node.shape().elements();
        return Optional.of(
                new Elementwise(
                        node.name(),
                        kind(node.operation()),
                        operations(node, operands),
                        scaled(node.operation()) ? elements : 0,
                        read * WIDE_BITS,
                        with.isPresent() ? 0 : elements * writtenBits(index)));
    }

    private long operations(Node node, List<Integer> operands) {
        var operation = node.operation();
        long elements = node.shape().elements();
        if (operation instanceof Operation.MaxPool pool) {
            return elements * area(pool.window());
        }
        if (operation instanceof Operation.AveragePool pool) {
            return elements * area(pool.window());
        }
        if (operation instanceof Operation.Mean) {
            return network.node(operands.get(0)).shape().elements();
        }
        if (operation instanceof Operation.Softmax) {
            return 3 * elements; // exponential, sum, quotient
        }
        if (operation instanceof Operation.Add || operation instanceof Operation.Multiply) {
            return elements * Math.max(1, operands.size() - 1);
        }
        return elements;
    }

    private static long area(Window window) {
        return (long) window.height() * window.width();
    }

    /** True if results are on a scale of their own, so that each passes a requantizer. */
    private static boolean scaled(Operation operation) {
        return !(operation instanceof Operation.MaxPool
                || operation instanceof Operation.Pad
                || operation instanceof Operation.Slice
                || operation instanceof Operation.Transpose
                || operation instanceof Operation.Reshape);
    }

    /** The name of the operation in lowercase-with-hyphens. */
    private static String kind(Operation operation) {
        return operation
                .getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
