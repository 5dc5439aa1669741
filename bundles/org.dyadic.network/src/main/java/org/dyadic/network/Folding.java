package org.dyadic.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.network.internal.Pruning;

/**
 * Simplifies a network without changing what it computes: what only scales and shifts the channels
 * of a layer moves into its weights, padding moves into the convolution behind it, and what does
 * nothing goes.
 */
public final class Folding {

    private final Network network;
    private final int[] uses;
    private final List<Node> nodes = new ArrayList<>();

    /** Where the result of each old node is found among the new ones. */
    private final int[] place;

    private Folding(Network network) {
        this.network = network;
        this.uses = new int[network.nodes().size()];
        this.place = new int[network.nodes().size()];
        network.nodes().forEach(node -> node.inputs().forEach(input -> uses[input]++));
        // The output is used from outside.
        uses[network.output()]++;
    }

    /**
     * The simplified network. A batch normalisation, or an addition or a multiplication of a
     * constant for each channel, is folded into the convolution or dense layer before it, in double
     * precision, if nothing else uses that layer; otherwise it stays. Layers keep their names. In a
     * network without trained weights the graph changes in the same way, but weights stay what they
     * are, so that they take no memory.
     */
    public static Network fold(Network network) {
        return new Folding(network).folded();
    }

    private Network folded() {
        for (int i = 0; i < place.length; i++) {
            var old = network.node(i);
            var inputs = old.inputs().stream().map(input -> place[input]).toList();
            var node = new Node(old.name(), old.operation(), inputs, old.shape());
            if (changesNothing(node)) {
                place[i] = firstNonConstant(node);
            } else if (!foldsIntoLayer(old, node)) {
                nodes.add(reachingFurther(node));
                place[i] = nodes.size() - 1;
            } else {
                place[i] = firstNonConstant(node);
            }
        }
        return Pruning.withoutDeadNodes(
                new Network(
                        network.name(),
                        nodes,
                        place[network.output()],
                        network.trained(),
                        network.metadata()));
    }

    /** The input that a node which goes away stands for: not the constant, if there is one. */
    private int firstNonConstant(Node node) {
        return node.inputs().stream()
                .filter(input -> !(nodes.get(input).operation() instanceof Operation.Constant))
                .findFirst()
                .orElse(node.inputs().get(0));
    }

    // What does nothing

    private boolean changesNothing(Node node) {
        if (node.inputs().isEmpty()
                || !nodes.get(firstNonConstant(node)).shape().equals(node.shape())) {
            return false;
        }
        var operation = node.operation();
        if (operation instanceof Operation.Reshape) {
            return true;
        }
        if (operation instanceof Operation.Transpose transpose) {
            return transpose
                    .order()
                    .equals(IntStream.range(0, node.shape().rank()).boxed().toList());
        }
        if (operation instanceof Operation.Slice slice) {
            // As many elements as there were: in order, or reversed.
            return slice.step().stream().allMatch(step -> step > 0);
        }
        if (operation instanceof Operation.Pad pad) {
            return allZero(pad.before()) && allZero(pad.after());
        }
        if (operation instanceof Operation.Concat) {
            return node.inputs().size() == 1;
        }
        if (operation instanceof Operation.MaxPool pool) {
            return looksAtOneElement(pool.window());
        }
        if (operation instanceof Operation.AveragePool pool) {
            return looksAtOneElement(pool.window());
        }
        if (operation instanceof Operation.Pointwise pointwise) {
            return pointwise.function() instanceof Function.Clip clip
                    && clip.low() == Float.NEGATIVE_INFINITY
                    && clip.high() == Float.POSITIVE_INFINITY;
        }
        if (operation instanceof Operation.Add) {
            return constantOperand(node).filter(tensor -> isEverywhere(tensor, 0)).isPresent();
        }
        if (operation instanceof Operation.Multiply) {
            return constantOperand(node).filter(tensor -> isEverywhere(tensor, 1)).isPresent();
        }
        return false;
    }

    private static boolean allZero(List<Integer> list) {
        return list.stream().allMatch(each -> each == 0);
    }

    private static boolean looksAtOneElement(Window window) {
        return window.equals(Window.square(1, 1, 0));
    }

    private boolean isEverywhere(Tensor tensor, float value) {
        // Without trained weights the numbers mean nothing.
        return network.trained()
                && IntStream.range(0, tensor.size()).allMatch(i -> tensor.at(i) == value);
    }

    /** The constant of a node with one constant and one other input. */
    private Optional<Tensor> constantOperand(Node node) {
        var constants =
                node.inputs().stream()
                        .map(input -> nodes.get(input).operation())
                        .filter(Operation.Constant.class::isInstance)
                        .map(operation -> ((Operation.Constant) operation).value())
                        .toList();
        return constants.size() == 1 && node.inputs().size() == 2
                ? Optional.of(constants.get(0))
                : Optional.empty();
    }

    // What scales and shifts channels

    /** y = scale x + shift, for each channel. */
    private record Affine(IntToDoubleFunction scale, IntToDoubleFunction shift) {}

    /** Folds a node into the layer that feeds it and nothing else; false if that cannot be done. */
    private boolean foldsIntoLayer(Node old, Node node) {
        if (node.inputs().isEmpty()) {
            return false;
        }
        int at = firstNonConstant(node);
        var layer = nodes.get(at);
        boolean alone =
                old.inputs().stream()
                        .filter(input -> place[input] == at)
                        .allMatch(input -> uses[input] == 1);
        if (!alone || !layer.shape().equals(node.shape())) {
            return false;
        }
        if (layer.operation() instanceof Operation.Convolution convolution) {
            return affine(node, 0)
                    .map(affine -> replace(at, folded(convolution, affine)))
                    .isPresent();
        }
        if (layer.operation() instanceof Operation.Dense dense) {
            return affine(node, node.shape().rank() - 1)
                    .map(affine -> replace(at, folded(dense, affine)))
                    .isPresent();
        }
        return false;
    }

    private Node replace(int at, Operation operation) {
        var layer = nodes.get(at);
        return nodes.set(at, new Node(layer.name(), operation, layer.inputs(), layer.shape()));
    }

    private Optional<Affine> affine(Node node, int channelAxis) {
        if (node.operation() instanceof Operation.BatchNormalization normalization) {
            // Its channels are the first axis.
            return channelAxis == 0 ? Optional.of(affine(normalization)) : Optional.empty();
        }
        boolean adds = node.operation() instanceof Operation.Add;
        if (!adds && !(node.operation() instanceof Operation.Multiply)) {
            return Optional.empty();
        }
        return constantOperand(node)
                .filter(constant -> isPerChannel(constant.shape(), node.shape(), channelAxis))
                .map(
                        constant -> {
                            IntToDoubleFunction value =
                                    channel -> constant.at(constant.size() == 1 ? 0 : channel);
                            return adds
                                    ? new Affine(channel -> 1, value)
                                    : new Affine(value, channel -> 0);
                        });
    }

    private static Affine affine(Operation.BatchNormalization normalization) {
        IntToDoubleFunction scale =
                channel ->
                        normalization.scale().at(channel)
                                / Math.sqrt(
                                        (double) normalization.variance().at(channel)
                                                + normalization.epsilon());
        return new Affine(
                scale,
                channel ->
                        normalization.shift().at(channel)
                                - normalization.mean().at(channel) * scale.applyAsDouble(channel));
    }

    /** True if a constant, broadcast from the right, differs along the channels alone. */
    private static boolean isPerChannel(Shape constant, Shape result, int channelAxis) {
        for (int i = 0; i < constant.rank(); i++) {
            int axis = result.rank() - constant.rank() + i;
            if (constant.extent(i) != 1 && axis != channelAxis) {
                return false;
            }
        }
        return true;
    }

    private Operation folded(Operation.Convolution layer, Affine affine) {
        return new Operation.Convolution(
                scaled(layer.weights(), affine),
                Optional.of(shifted(layer.weights(), layer.bias(), affine)),
                layer.window(),
                layer.groups());
    }

    private Operation folded(Operation.Dense layer, Affine affine) {
        return new Operation.Dense(
                scaled(layer.weights(), affine),
                Optional.of(shifted(layer.weights(), layer.bias(), affine)));
    }

    private Tensor scaled(Tensor weights, Affine affine) {
        if (!network.trained()) {
            return weights;
        }
        var data = weights.toArray();
        int outputs = weights.shape().extent(0);
        int each = data.length / outputs;
        for (int output = 0; output < outputs; output++) {
            double scale = affine.scale.applyAsDouble(output);
            for (int i = output * each; i < (output + 1) * each; i++) {
                data[i] = (float) (data[i] * scale);
            }
        }
        return Tensor.of(weights.shape(), data);
    }

    private Tensor shifted(Tensor weights, Optional<Tensor> bias, Affine affine) {
        var shape = Shape.of(weights.shape().extent(0));
        if (!network.trained()) {
            return bias.orElse(Tensor.filled(shape, 0));
        }
        var data = bias.map(Tensor::toArray).orElseGet(() -> new float[shape.size()]);
        for (int output = 0; output < data.length; output++) {
            data[output] =
                    (float)
                            (data[output] * affine.scale.applyAsDouble(output)
                                    + affine.shift.applyAsDouble(output));
        }
        return Tensor.of(shape, data);
    }

    // What can look past the node before it

    private Node reachingFurther(Node node) {
        if (node.inputs().size() != 1) {
            return node;
        }
        var before = nodes.get(node.inputs().get(0));
        if (node.operation() instanceof Operation.Reshape
                && before.operation() instanceof Operation.Reshape) {
            return new Node(node.name(), node.operation(), before.inputs(), node.shape());
        }
        if (node.operation() instanceof Operation.Convolution layer
                && before.operation() instanceof Operation.Pad pad
                && isBorderOfZeros(pad)) {
            var padded =
                    new Operation.Convolution(
                            layer.weights(),
                            layer.bias(),
                            widened(layer.window(), pad),
                            layer.groups());
            return new Node(node.name(), padded, before.inputs(), node.shape());
        }
        return node;
    }

    private static boolean isBorderOfZeros(Operation.Pad pad) {
        return pad.value() == 0 && pad.before().get(0) == 0 && pad.after().get(0) == 0;
    }

    private static Window widened(Window window, Operation.Pad pad) {
        return new Window(
                window.height(),
                window.width(),
                window.strideY(),
                window.strideX(),
                window.top() + pad.before().get(1),
                window.left() + pad.before().get(2),
                window.bottom() + pad.after().get(1),
                window.right() + pad.after().get(2),
                window.dilationY(),
                window.dilationX());
    }
}
