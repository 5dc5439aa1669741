package org.dyadic.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;

/** Writes a network as an ONNX model in single precision that takes one image at a time. */
public final class OnnxWriter {

    private final Network network;
    private final OnnxGraph graph;
    private final String[] values; // by node

    private OnnxWriter(Network network) {
        this.network = network;
        this.graph = new OnnxGraph(network.name());
        this.values = new String[network.nodes().size()];
    }

    /** The model as the bytes of a file. Nodes keep their names, and so do their results. */
    public static byte[] write(Network network) {
        var writer = new OnnxWriter(network);
        writer.writeNodes();
        return writer.graph.bytes();
    }

    private void writeNodes() {
        network.metadata().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> graph.metadata(entry.getKey(), entry.getValue()));
        values[0] =
                graph.input(
                        network.node(0).name(), OnnxGraph.Type.FLOAT, dims(network.inputShape()));
        for (int index = 1; index < values.length; index++) {
            var node = network.node(index);
            values[index] = value(node, node.inputs().stream().map(i -> values[i]).toList());
        }
        var output = network.node(network.output());
        var value = values[network.output()];
        boolean computed =
                !(output.operation() instanceof Operation.Input)
                        && !(output.operation() instanceof Operation.Constant);
        graph.output(
                computed ? value : graph.node("Identity", "output", value),
                OnnxGraph.Type.FLOAT,
                dims(output.shape()));
    }

    /** The extents with the batch, which is one image. */
    private static long[] dims(Shape shape) {
        return OnnxGraph.dims(1, shape);
    }

    private Shape input(Node node, int index) {
        return network.node(node.inputs().get(index)).shape();
    }

    private String value(Node node, List<String> inputs) {
        var operation = node.operation();
        var name = node.name();
        if (operation instanceof Operation.Constant constant) {
            return tensor(name, constant.value(), dims(node.shape()));
        }
        if (operation instanceof Operation.Convolution layer) {
            return convolution(node, layer, inputs.get(0));
        }
        if (operation instanceof Operation.Dense layer) {
            return dense(node, layer, inputs.get(0));
        }
        if (operation instanceof Operation.BatchNormalization layer) {
            return normalization(node, layer, inputs.get(0));
        }
        if (operation instanceof Operation.Pointwise pointwise) {
            return pointwise(name, pointwise.function(), inputs.get(0));
        }
        if (operation instanceof Operation.Add) {
            return graph.node("Add", name, operands(node, inputs));
        }
        if (operation instanceof Operation.Multiply) {
            return graph.node("Mul", name, operands(node, inputs));
        }
        if (operation instanceof Operation.Softmax softmax) {
            return graph.node("Softmax", name, Map.of("axis", softmax.axis() + 1L), inputs);
        }
        if (operation instanceof Operation.MaxPool pool) {
            return maxPool(node, pool.window(), inputs.get(0));
        }
        if (operation instanceof Operation.AveragePool pool) {
            return averagePool(node, pool, inputs.get(0));
        }
        if (operation instanceof Operation.Mean mean) {
            return mean(node, mean, inputs.get(0));
        }
        return layout(node, inputs);
    }

    private String layout(Node node, List<String> inputs) {
        var operation = node.operation();
        var name = node.name();
        if (operation instanceof Operation.Reshape) {
            return reshape(name, inputs.get(0), node.shape());
        }
        if (operation instanceof Operation.Transpose transpose) {
            long[] order = shifted(transpose.order());
            return graph.node("Transpose", name, Map.of("perm", behind(0, order)), inputs);
        }
        if (operation instanceof Operation.Concat concat) {
            return graph.node("Concat", name, Map.of("axis", concat.axis() + 1L), inputs);
        }
        if (operation instanceof Operation.Pad pad) {
            return pad(
                    name,
                    inputs.get(0),
                    graph.pads(name + ".pads", pad.before(), pad.after()),
                    pad.value());
        }
        if (operation instanceof Operation.Slice slice) {
            return graph.slice(name, inputs.get(0), slice, node.shape());
        }
        throw new IllegalArgumentException("no operator for " + operation);
    }

    private String tensor(String name, Tensor tensor, long... dims) {
        return graph.reals(name, tensor.toArray(), dims);
    }

    private String tensor(String name, Tensor tensor) {
        return tensor(
                name,
                tensor,
                tensor.shape().extents().stream().mapToLong(Integer::longValue).toArray());
    }

    // Layers

    private String convolution(Node node, Operation.Convolution layer, String input) {
        var inputs = new ArrayList<>(List.of(input, tensor(node.name() + ".w", layer.weights())));
        layer.bias().ifPresent(bias -> inputs.add(tensor(node.name() + ".b", bias)));
        var attributes = OnnxGraph.sliding(layer.window());
        attributes.put("group", (long) layer.groups());
        return graph.node("Conv", node.name(), attributes, inputs);
    }

    private String dense(Node node, Operation.Dense layer, String input) {
        var name = node.name();
        if (node.shape().rank() == 1) {
            var inputs = new ArrayList<>(List.of(input, tensor(name + ".w", layer.weights())));
            layer.bias().ifPresent(bias -> inputs.add(tensor(name + ".b", bias)));
            return graph.node("Gemm", name, Map.of("transB", 1L), inputs);
        }
        // Over more than one row of features: a product of matrices, which knows no bias.
        var matrix = transposed(layer.weights());
        if (layer.bias().isEmpty()) {
            return graph.node("MatMul", name, input, tensor(name + ".w", matrix));
        }
        var product = graph.node("MatMul", name + ".product", input, tensor(name + ".w", matrix));
        return graph.node("Add", name, product, tensor(name + ".b", layer.bias().get()));
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().extent(0);
        int columns = matrix.shape().extent(1);
        var data = new float[rows * columns];
        for (int i = 0; i < data.length; i++) {
            data[i] = matrix.at(i % rows * columns + i / rows);
        }
        return Tensor.of(Shape.of(columns, rows), data);
    }

    private String normalization(Node node, Operation.BatchNormalization layer, String input) {
        var name = node.name();
        return graph.node(
                "BatchNormalization",
                name,
                Map.of("epsilon", layer.epsilon()),
                List.of(
                        input,
                        tensor(name + ".scale", layer.scale()),
                        tensor(name + ".shift", layer.shift()),
                        tensor(name + ".mean", layer.mean()),
                        tensor(name + ".variance", layer.variance())));
    }

    // Elements

    private String pointwise(String name, Function function, String input) {
        if (function instanceof Function.Relu) {
            return graph.node("Relu", name, input);
        }
        if (function instanceof Function.Clip clip) {
            return graph.node(
                    "Clip", name, input, bound(name, clip.low()), bound(name, clip.high()));
        }
        if (function instanceof Function.LeakyRelu leaky) {
            return graph.node("LeakyRelu", name, Map.of("alpha", leaky.slope()), List.of(input));
        }
        if (function instanceof Function.Sigmoid) {
            return graph.node("Sigmoid", name, input);
        }
        if (function instanceof Function.HardSigmoid hard) {
            var attributes = Map.of("alpha", hard.alpha(), "beta", hard.beta());
            return graph.node("HardSigmoid", name, attributes, List.of(input));
        }
        if (function instanceof Function.HardSwish) {
            return graph.node("HardSwish", name, input);
        }
        if (function instanceof Function.Tanh) {
            return graph.node("Tanh", name, input);
        }
        throw new IllegalArgumentException("no operator for " + function);
    }

    /** A bound of a Clip; none if it is infinite. */
    private String bound(String name, float bound) {
        return Float.isInfinite(bound) ? "" : graph.reals(name + ".bound", new float[] {bound});
    }

    /** Operands of equal rank: ONNX broadcasts from the right, and the batch is on the left. */
    private String[] operands(Node node, List<String> inputs) {
        var operands = new String[inputs.size()];
        for (int i = 0; i < operands.length; i++) {
            var extents = input(node, i).extents();
            int missing = node.shape().rank() - extents.size();
            var all = new ArrayList<Integer>(Collections.nCopies(missing, 1));
            all.addAll(extents);
            operands[i] =
                    missing == 0
                            ? inputs.get(i)
                            : reshape(node.name() + ".aligned", inputs.get(i), new Shape(all));
        }
        return operands;
    }

    // Pools

    private String maxPool(Node node, Window window, String input) {
        var attributes = OnnxGraph.sliding(window);
        if (!ordinary(window)) {
            attributes.remove("pads");
        }
        var padded =
                ordinary(window) ? input : pad(node.name(), input, window, Float.NEGATIVE_INFINITY);
        return graph.node("MaxPool", node.name(), attributes, List.of(padded));
    }

    /** True for padding that every runtime allows: less than the window. */
    private static boolean ordinary(Window window) {
        return Math.max(window.top(), window.bottom()) < window.height()
                && Math.max(window.left(), window.right()) < window.width();
    }

    private String averagePool(Node node, Operation.AveragePool pool, String input) {
        var window = pool.window();
        boolean dilated = window.dilationY() * window.dilationX() > 1;
        if (dilated || !ordinary(window)) {
            return averageByWeights(node, pool, input);
        }
        var attributes = OnnxGraph.sliding(window);
        attributes.remove("dilations");
        attributes.put("count_include_pad", pool.countPadding() ? 1L : 0L);
        return graph.node("AveragePool", node.name(), attributes, List.of(input));
    }

    /** A mean as a sum by weights of one, times the reciprocal of how many there are. */
    private String averageByWeights(Node node, Operation.AveragePool pool, String input) {
        var window = pool.window();
        var image = input(node, 0);
        int channels = image.extent(0);
        var ones = Tensor.filled(Shape.of(channels, 1, window.height(), window.width()), 1);
        var sum =
                new Node(
                        node.name() + ".sum",
                        new Operation.Convolution(ones, Optional.empty(), window, channels),
                        node.inputs(),
                        node.shape());
        int rows = node.shape().extent(1);
        int columns = node.shape().extent(2);
        var reciprocals = new float[rows * columns];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int count =
                        pool.countPadding()
                                ? window.height() * window.width()
                                : inside(
                                                y * window.strideY() - window.top(),
                                                window.height(),
                                                window.dilationY(),
                                                image.extent(1))
                                        * inside(
                                                x * window.strideX() - window.left(),
                                                window.width(),
                                                window.dilationX(),
                                                image.extent(2));
                reciprocals[y * columns + x] = 1f / count;
            }
        }
        return graph.node(
                "Mul",
                node.name(),
                convolution(sum, (Operation.Convolution) sum.operation(), input),
                graph.reals(node.name() + ".reciprocals", reciprocals, 1, 1, rows, columns));
    }

    /** How many places of a window lie in the image, along one axis. */
    private static int inside(int start, int size, int dilation, int extent) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            int at = start + i * dilation;
            count += at >= 0 && at < extent ? 1 : 0;
        }
        return count;
    }

    private String mean(Node node, Operation.Mean mean, String input) {
        if (mean.axes().isEmpty()) {
            return graph.node("Identity", node.name(), input);
        }
        boolean keep = node.shape().rank() == input(node, 0).rank();
        var axes = graph.list(node.name() + ".axes", shifted(mean.axes()));
        return graph.node(
                "ReduceMean",
                node.name(),
                Map.of("keepdims", keep ? 1L : 0L),
                List.of(input, axes));
    }

    // Layout; axes with the batch

    private static long[] shifted(List<Integer> axes) {
        return axes.stream().mapToLong(axis -> axis + 1L).toArray();
    }

    private static long[] behind(long first, long... rest) {
        return LongStream.concat(LongStream.of(first), Arrays.stream(rest)).toArray();
    }

    private String reshape(String name, String input, Shape shape) {
        return graph.node("Reshape", name, input, graph.list(name + ".shape", dims(shape)));
    }

    private String pad(String name, String input, Window window, float value) {
        var padded = name + ".padded";
        return pad(padded, input, graph.pads(padded + ".pads", window), value);
    }

    private String pad(String name, String input, String pads, float value) {
        return graph.node(
                "Pad", name, input, pads, graph.reals(name + ".value", new float[] {value}));
    }
}
