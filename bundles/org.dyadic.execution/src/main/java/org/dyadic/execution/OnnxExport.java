package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.execution.OnnxArithmetic.Scaling;
import org.dyadic.network.OnnxGraph;
import org.dyadic.network.OnnxGraph.Type;

/**
 * An integer network as an ONNX model of standard operators. It takes images as they are, unsigned
 * bytes of N x channels x height x width, and gives the integers that {@link IntegerNetwork} gives,
 * as it does between all nodes: 32-bit integers that are wide ones.
 */
public final class OnnxExport {

    private final IntegerNetwork integers;
    private final Network network;
    private final OnnxGraph graph;
    private final OnnxArithmetic arithmetic;
    private final String[] values; // by node
    private final boolean[] alike; // by node: the same for every image, and there once

    private OnnxExport(IntegerNetwork integers) {
        this.integers = integers;
        this.network = integers.network();
        this.graph = new OnnxGraph(network.name());
        this.arithmetic = new OnnxArithmetic(graph);
        this.values = new String[network.nodes().size()];
        this.alike = new boolean[values.length];
    }

    /**
     * The model as the bytes of a file. Results of nodes carry the names of the nodes.
     *
     * @param metadata what the file shall say of itself
     * @throws IllegalArgumentException if a node has no exact form; the message says which and why
     */
    public static byte[] write(IntegerNetwork integers, Map<String, String> metadata) {
        return new OnnxExport(integers).write(metadata);
    }

    private byte[] write(Map<String, String> metadata) {
        new TreeMap<>(metadata).forEach(graph::metadata);
        values[0] = pixels();
        for (int index = 1; index < values.length; index++) {
            var node = network.node(index);
            alike[index] = node.inputs().stream().allMatch(input -> alike[input]);
            try {
                values[index] = value(index, node);
            } catch (IllegalArgumentException formless) {
                throw new IllegalArgumentException(
                        "node " + node.name() + ": " + formless.getMessage(), formless);
            }
        }
        var result = network.node(network.output());
        var output =
                alike[network.output()] || network.output() == 0
                        ? graph.node("Identity", "output", values[network.output()])
                        : values[network.output()];
        graph.output(output, Type.INT32, OnnxGraph.dims(OnnxGraph.BATCH, result.shape()));
        return graph.bytes();
    }

    /** The extents of numbers for each channel, the first axis of an image. */
    private static long[] channels(Shape shape) {
        var extents = new long[shape.rank() + 1];
        Arrays.fill(extents, 1);
        extents[1] = shape.extent(0);
        return extents;
    }

    /** The wide integers of the input: a table for each channel, one behind the other. */
    private String pixels() {
        var node = network.node(0);
        var shape = node.shape();
        var image = graph.input(node.name(), Type.UINT8, OnnxGraph.dims(OnnxGraph.BATCH, shape));
        int count = shape.extent(0);
        var tables = new long[count * 256];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = integers.pixel(i / 256, i % 256);
        }
        var samples = arithmetic.cast(node.name() + ".samples", image, Type.INT32);
        long[] first = LongStream.range(0, count).map(channel -> 256 * channel).toArray();
        var starts = graph.wholes(node.name() + ".starts", Type.INT32, first, channels(shape));
        var places = graph.node("Add", node.name() + ".places", samples, starts);
        var table = graph.wholes(node.name() + ".table", Type.INT32, tables, tables.length);
        return graph.node("Gather", node.name() + ".wide", table, places);
    }

    private String value(int index, Node node) {
        var step = integers.step(index);
        var inputs = node.inputs().stream().map(input -> values[input]).toList();
        var name = node.name();
        if (step instanceof Multiplication layer) {
            return layer(node, layer, inputs.get(0));
        } else if (step instanceof Steps.Constant constant) {
            return graph.wholes(
                    name,
                    Type.INT32,
                    Arrays.stream(constant.values()).asLongStream().toArray(),
                    OnnxGraph.dims(1, node.shape()));
        } else if (step instanceof Steps.Clamp clamp) {
            return graph.node(
                    "Clip",
                    name,
                    inputs.get(0),
                    graph.wholes(name + ".min", Type.INT32, new long[] {clamp.low()}),
                    graph.wholes(name + ".max", Type.INT32, new long[] {clamp.high()}));
        } else if (step instanceof Steps.Lookup lookup) {
            int[] table = lookup.table();
            long[] rotated =
                    IntStream.range(0, table.length)
                            .mapToLong(i -> table[OnnxProducts.rotated(i)])
                            .toArray();
            return graph.node(
                    "Gather",
                    name,
                    graph.wholes(name + ".table", Type.INT32, rotated, rotated.length),
                    inputs.get(0));
        } else if (step instanceof Steps.Sum sum) {
            return sum(node, sum, inputs);
        } else if (step instanceof Steps.Affine affine) {
            return affine(node, affine, inputs.get(0));
        } else if (step instanceof Steps.Product product) {
            var factors = operands(node, inputs);
            var both = graph.node("Mul", name + ".both", factors.get(0), factors.get(1));
            return arithmetic.rescale(name, both, Scaling.of(product.scale()));
        } else if (step instanceof Steps.Mean mean) {
            return mean(node, mean, inputs.get(0));
        } else if (step instanceof Steps.WindowMean mean) {
            return windowMean(node, mean, inputs.get(0));
        } else if (step instanceof Steps.Largest largest) {
            return largest(node, largest.window(), inputs.get(0));
        } else if (step instanceof Steps.Join join) {
            return join(index, join, inputs);
        }
        return moved(node, step, inputs.get(0));
    }

    // Layers

    private String layer(Node node, Multiplication layer, String input) {
        var name = node.name();
        boolean dense = node.operation() instanceof Operation.Dense;
        int features = layer.input().size();
        var given = dense ? reshaped(name + ".features", input, Shape.of(features)) : input;
        var sums = new OnnxProducts(graph, arithmetic, layer, name, dense).sums(given);
        if (!layer.fits()) {
            sums = arithmetic.accumulated(name, sums, integers.datapath());
        }
        int outputs = layer.output().extent(0);
        var shape = dense ? Shape.of(outputs) : node.shape();
        var scaling =
                new Scaling(
                        IntStream.range(0, outputs)
                                .mapToLong(channel -> layer.scale(channel).multiplier())
                                .toArray(),
                        IntStream.range(0, outputs).mapToLong(layer::addend).toArray(),
                        IntStream.range(0, outputs)
                                .map(channel -> layer.scale(channel).shift())
                                .toArray(),
                        layer.scale(0).rounding(),
                        channels(shape));
        boolean same = shape.equals(node.shape());
        var result = arithmetic.rescale(same ? name : name + ".row", sums, scaling);
        return same ? result : reshaped(name, result, node.shape());
    }

    // Arithmetic on wide integers

    /** Operands in 64 bits and of the rank of the result: ONNX broadcasts from the right. */
    private List<String> operands(Node node, List<String> inputs) {
        var operands = new ArrayList<String>();
        for (int i = 0; i < inputs.size(); i++) {
            var shape = shapeOf(node, i);
            var extents =
                    new ArrayList<Integer>(
                            Collections.nCopies(node.shape().rank() - shape.rank(), 1));
            extents.addAll(shape.extents());
            var aligned =
                    extents.size() == shape.rank()
                            ? inputs.get(i)
                            : reshaped(node.name() + ".aligned", inputs.get(i), new Shape(extents));
            operands.add(arithmetic.cast(node.name() + ".operand", aligned, Type.INT64));
        }
        return operands;
    }

    private Shape shapeOf(Node node, int input) {
        return network.node(node.inputs().get(input)).shape();
    }

    private String sum(Node node, Steps.Sum sum, List<String> inputs) {
        var operands = operands(node, inputs);
        long[] multipliers = sum.multipliers();
        String total = null;
        for (int i = 0; i < operands.size(); i++) {
            var factor =
                    graph.wholes(node.name() + ".factor", Type.INT64, new long[] {multipliers[i]});
            var term = graph.node("Mul", node.name() + ".term", operands.get(i), factor);
            total = total == null ? term : graph.node("Add", node.name() + ".total", total, term);
        }
        return arithmetic.rescale(node.name(), total, Scaling.of(1, sum.shift(), sum.rounding()));
    }

    private String affine(Node node, Steps.Affine affine, String input) {
        var factors = affine.factors();
        int[] signs = affine.signs();
        var scaling =
                new Scaling(
                        IntStream.range(0, signs.length)
                                .mapToLong(
                                        channel ->
                                                signs[channel] * factors.get(channel).multiplier())
                                .toArray(),
                        affine.addends(),
                        factors.stream().mapToInt(FixedPoint::shift).toArray(),
                        factors.get(0).rounding(),
                        channels(node.shape()));
        return arithmetic.rescale(
                node.name(), arithmetic.cast(node.name() + ".operand", input, Type.INT64), scaling);
    }

    private String mean(Node node, Steps.Mean mean, String input) {
        var axes = ((Operation.Mean) node.operation()).axes();
        boolean keeps = node.shape().rank() == shapeOf(node, 0).rank();
        var sums = arithmetic.cast(node.name() + ".operand", input, Type.INT64);
        if (!axes.isEmpty()) {
            long[] named = axes.stream().mapToLong(axis -> axis + 1L).toArray();
            sums =
                    graph.node(
                            "ReduceSum",
                            node.name() + ".sums",
                            Map.of("keepdims", keeps ? 1L : 0L),
                            List.of(sums, graph.list(node.name() + ".axes", named)));
        }
        return arithmetic.rescale(node.name(), sums, Scaling.of(mean.scale()));
    }

    /**
     * The sum of each window by a convolution with ones in single precision, which is exact because
     * it is of bytes; then times a number for each pixel.
     */
    private String windowMean(Node node, Steps.WindowMean mean, String input) {
        var name = node.name();
        var shape = node.shape();
        var window = mean.operation().window();
        int rows = shape.extent(1);
        int columns = shape.extent(2);
        var multipliers = new long[rows * columns];
        var shifts = new int[rows * columns];
        var held = held(window, shapeOf(node, 0), shape);
        for (int pixel = 0; pixel < shifts.length; pixel++) {
            // A window that holds nothing has the mean zero.
            var factor = held[pixel] == 0 ? null : mean.byCount(mean.divisor(pixel, held[pixel]));
            multipliers[pixel] = factor == null ? 0 : factor.multiplier();
            shifts[pixel] = factor == null ? 1 : factor.shift();
        }
        return arithmetic.rescale(
                name,
                windowSums(name, window, shape.extent(0), input),
                new Scaling(
                        multipliers,
                        new long[shifts.length],
                        shifts,
                        mean.byCount(1).rounding(),
                        1,
                        1,
                        rows,
                        columns));
    }

    private String windowSums(String name, Window window, int channels, String input) {
        if ((long) window.height() * window.width() > 1 << 16) {
            throw new IllegalArgumentException(
                    "the sums of its windows of "
                            + window.height()
                            + " x "
                            + window.width()
                            + " are more than single precision holds exactly");
        }
        var attributes = OnnxGraph.sliding(window);
        attributes.put("group", (long) channels);
        var ones = new float[channels * window.height() * window.width()];
        Arrays.fill(ones, 1);
        var weights =
                graph.reals(name + ".ones", ones, channels, 1, window.height(), window.width());
        // x = 256 high + low, and low is not negative.
        var base = graph.wholes(name + ".base", Type.INT32, new long[] {256});
        var low = graph.node("Mod", name + ".low", input, base);
        var high =
                graph.node(
                        "Div", name + ".high", graph.node("Sub", name + ".rest", input, low), base);
        var sums = new ArrayList<String>();
        for (var part : List.of(high, low)) {
            var sum =
                    graph.node(
                            "Conv",
                            name + ".sums",
                            attributes,
                            List.of(arithmetic.cast(name + ".real", part, Type.FLOAT), weights));
            sums.add(arithmetic.cast(name + ".sums64", sum, Type.INT64));
        }
        var wide = graph.wholes(name + ".place", Type.INT64, new long[] {256});
        return graph.node(
                "Add",
                name + ".total",
                graph.node("Mul", name + ".upper", sums.get(0), wide),
                sums.get(1));
    }

    /** For each pixel, how many elements its window holds. */
    private static int[] held(Window window, Shape input, Shape result) {
        var held = new int[result.extent(1) * result.extent(2)];
        for (int pixel = 0; pixel < held.length; pixel++) {
            int y = pixel / result.extent(2) * window.strideY() - window.top();
            int x = pixel % result.extent(2) * window.strideX() - window.left();
            held[pixel] =
                    inside(y, window.height(), window.dilationY(), input.extent(1))
                            * inside(x, window.width(), window.dilationX(), input.extent(2));
        }
        return held;
    }

    private static int inside(int start, int size, int dilation, int extent) {
        return (int)
                IntStream.range(0, size)
                        .map(i -> start + i * dilation)
                        .filter(at -> at >= 0 && at < extent)
                        .count();
    }

    /**
     * In single precision, which holds wide integers; ONNX Runtime has no other that is as wide.
     */
    private String largest(Node node, Window window, String input) {
        var name = node.name();
        var attributes = OnnxGraph.sliding(window);
        attributes.remove("pads");
        var pads = graph.pads(name + ".pads", window);
        var least = graph.reals(name + ".least", new float[] {Wide.MIN});
        var padded =
                graph.node(
                        "Pad",
                        name + ".padded",
                        arithmetic.cast(name + ".real", input, Type.FLOAT),
                        pads,
                        least);
        var largest = graph.node("MaxPool", name + ".largest", attributes, List.of(padded));
        return arithmetic.cast(name, largest, Type.INT32);
    }

    // What moves elements

    private String join(int index, Steps.Join join, List<String> inputs) {
        var node = network.node(index);
        var parts = new ArrayList<String>();
        for (int i = 0; i < inputs.size(); i++) {
            var part = inputs.get(i);
            var factor = join.factor(i);
            if (factor.isPresent()) {
                var operand = arithmetic.cast(node.name() + ".operand", part, Type.INT64);
                part = arithmetic.rescale(node.name() + ".part", operand, Scaling.of(factor.get()));
            }
            boolean once = alike[node.inputs().get(i)] && !alike[index];
            parts.add(once ? forEveryImage(node.name(), part, shapeOf(node, i)) : part);
        }
        long axis = ((Operation.Concat) node.operation()).axis() + 1L;
        return graph.node("Concat", node.name(), Map.of("axis", axis), parts);
    }

    /** What is there once, as often as there are images. */
    private String forEveryImage(String name, String value, Shape shape) {
        var all = graph.node("Shape", name + ".input", values[0]);
        var zero = graph.list(name + ".first", 0);
        var images = graph.node("Gather", name + ".images", all, zero);
        var rest =
                graph.list(
                        name + ".extents",
                        shape.extents().stream().mapToLong(Integer::longValue).toArray());
        var extents =
                graph.node("Concat", name + ".shape", Map.of("axis", 0L), List.of(images, rest));
        return graph.node("Expand", name + ".repeated", value, extents);
    }

    private String reshaped(String name, String value, Shape shape) {
        // Zero takes the extent from the input: the images.
        return graph.node(
                "Reshape", name, value, graph.list(name + ".shape", OnnxGraph.dims(0, shape)));
    }

    private String moved(Node node, Step step, String input) {
        var name = node.name();
        if (step instanceof Steps.Same) {
            return node.shape().equals(shapeOf(node, 0))
                    ? input
                    : reshaped(name, input, node.shape());
        }
        if (node.operation() instanceof Operation.Transpose transpose) {
            long[] order = withBatch(transpose.order().stream().map(axis -> axis + 1).toList());
            return graph.node("Transpose", name, Map.of("perm", order), List.of(input));
        }
        if (node.operation() instanceof Operation.Slice slice) {
            return graph.slice(name, input, slice, node.shape());
        }
        if (step instanceof Steps.Border border && node.operation() instanceof Operation.Pad pad) {
            return graph.node(
                    "Pad",
                    name,
                    input,
                    graph.pads(name + ".pads", pad.before(), pad.after()),
                    graph.wholes(name + ".value", Type.INT32, new long[] {border.value()}));
        }
        throw new IllegalArgumentException(
                "no form in ONNX for " + step.getClass().getSimpleName());
    }

    private static long[] withBatch(List<Integer> perAxis) {
        return LongStream.concat(LongStream.of(0), perAxis.stream().mapToLong(Integer::longValue))
                .toArray();
    }
}
