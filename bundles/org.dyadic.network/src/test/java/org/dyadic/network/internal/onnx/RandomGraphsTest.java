package org.dyadic.network.internal.onnx;

import static org.dyadic.network.internal.onnx.Attributes.real;
import static org.dyadic.network.internal.onnx.Attributes.text;
import static org.dyadic.network.internal.onnx.Attributes.whole;
import static org.dyadic.network.internal.onnx.Attributes.wholes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small random networks of the usual operators compute what ONNX Runtime computes. */
class RandomGraphsTest {

    @TempDir Path folder;

    private final List<String> images = new ArrayList<>();
    private final List<int[]> shapes = new ArrayList<>();
    private Random random;
    private ModelBuilder builder;

    static List<Long> seeds() {
        return new Random(20240501).longs(200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithOnnxRuntime(long seed) throws Exception {
        random = new Random(seed);
        int opset = 7 + random.nextInt(15);
        int channels = 1 + random.nextInt(4);
        int height = 5 + random.nextInt(9);
        int width = 5 + random.nextInt(9);
        builder = new ModelBuilder(opset, channels, height, width);
        images.add("x");
        shapes.add(new int[] {channels, height, width});
        int layers = 3 + random.nextInt(8);
        for (int i = 0; i < layers; i++) {
            layer("t" + i);
        }
        head();
        OperatorsTest.agrees(builder, folder);
    }

    private void layer(String name) {
        // Mostly the last result, so that the graph is deep; sometimes an earlier one.
        int from = random.nextInt(4) > 0 ? images.size() - 1 : random.nextInt(images.size());
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> convolution(name, from);
            case 3 -> normalization(name, from);
            case 4 -> function(name, from);
            case 5 -> pool(name, from);
            case 6 -> sum(name, from);
            case 7 -> constant(name, from);
            default -> concat(name, from);
        }
    }

    private void convolution(String name, int from) {
        int[] in = shapes.get(from);
        int groups = random.nextInt(3) == 0 ? in[0] : 1;
        int outputs = groups * (1 + random.nextInt(groups == 1 ? 6 : 2));
        int kernelY = 1 + random.nextInt(Math.min(3, in[1]));
        int kernelX = 1 + random.nextInt(Math.min(3, in[2]));
        int strideY = 1 + random.nextInt(2);
        int strideX = 1 + random.nextInt(2);
        int[] pads = random.ints(4, 0, 3).toArray();
        int[] dilations = {
            kernelY > 1 && (kernelY - 1) * 2 < in[1] ? 1 + random.nextInt(2) : 1,
            kernelX > 1 && (kernelX - 1) * 2 < in[2] ? 1 + random.nextInt(2) : 1
        };
        var attributes = new ArrayList<AttributeProto>();
        attributes.add(whole("group", groups));
        attributes.add(wholes("strides", strideY, strideX));
        attributes.add(wholes("pads", pads));
        attributes.add(wholes("dilations", dilations));
        boolean bias = random.nextBoolean();
        builder.weights(name + "w", outputs, in[0] / groups, kernelY, kernelX);
        if (bias) {
            builder.weights(name + "b", outputs);
        }
        builder.node(
                "Conv",
                images.get(from) + " " + name + "w" + (bias ? " " + name + "b" : ""),
                name,
                attributes.toArray(AttributeProto[]::new));
        int reachY = dilations[0] * (kernelY - 1) + 1;
        int reachX = dilations[1] * (kernelX - 1) + 1;
        define(
                name,
                outputs,
                (in[1] + pads[0] + pads[2] - reachY) / strideY + 1,
                (in[2] + pads[1] + pads[3] - reachX) / strideX + 1);
    }

    private void normalization(String name, int from) {
        int channels = shapes.get(from)[0];
        builder.positive(name + "s", channels)
                .weights(name + "h", channels)
                .weights(name + "m", channels)
                .positive(name + "v", channels)
                .node(
                        "BatchNormalization",
                        "%s %2$ss %2$sh %2$sm %2$sv".formatted(images.get(from), name),
                        name);
        define(name, shapes.get(from));
    }

    private void function(String name, int from) {
        var operators = List.of("Relu", "Sigmoid", "Tanh", "LeakyRelu", "HardSigmoid", "Clip");
        var operator = operators.get(random.nextInt(operators.size()));
        if (operator.equals("Clip") && builder.opset() < 11) {
            builder.node(operator, images.get(from), name, real("min", 0), real("max", 6));
        } else if (operator.equals("Clip")) {
            builder.real(name + "l", 0).real(name + "h", 6);
            builder.node(operator, "%s %2$sl %2$sh".formatted(images.get(from), name), name);
        } else {
            builder.node(operator, images.get(from), name);
        }
        define(name, shapes.get(from));
    }

    private void pool(String name, int from) {
        int[] in = shapes.get(from);
        var operator = random.nextBoolean() ? "MaxPool" : "AveragePool";
        int stride = 1 + random.nextInt(3);
        builder.node(
                operator,
                images.get(from),
                name,
                wholes("kernel_shape", 2, 3),
                wholes("strides", stride, 1),
                text("auto_pad", random.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER"));
        define(name, in[0], (in[1] + stride - 1) / stride, in[2]);
    }

    /** With any result of the same shape, be it itself. */
    private void sum(String name, int from) {
        int[] shape = shapes.get(from);
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < shapes.size(); i++) {
            if (Arrays.equals(shapes.get(i), shape)) {
                fitting.add(i);
            }
        }
        int other = fitting.get(random.nextInt(fitting.size()));
        var operator = List.of("Add", "Mul", "Sub").get(random.nextInt(3));
        builder.node(operator, images.get(from) + " " + images.get(other), name);
        define(name, shape);
    }

    private void constant(String name, int from) {
        int[] shape = shapes.get(from);
        builder.positive(name + "c", random.nextBoolean() ? shape[0] : 1, 1, 1);
        var operator = List.of("Add", "Mul", "Sub", "Div").get(random.nextInt(4));
        builder.node(operator, images.get(from) + " " + name + "c", name);
        define(name, shape);
    }

    private void concat(String name, int from) {
        int[] shape = shapes.get(from);
        builder.node("Relu", images.get(from), name + "r")
                .node("Concat", images.get(from) + " " + name + "r", name, whole("axis", 1));
        define(name, 2 * shape[0], shape[1], shape[2]);
    }

    private void head() {
        int[] shape = shapes.get(shapes.size() - 1);
        var last = images.get(images.size() - 1);
        switch (random.nextInt(3)) {
            case 0 -> builder.node("GlobalAveragePool", last, "y");
            case 1 -> builder.node("Identity", last, "y");
            default ->
                    builder.weights("hw", 3, shape[0])
                            .weights("hb", 3)
                            .node("GlobalAveragePool", last, "hp")
                            .node("Flatten", "hp", "hf")
                            .node("Gemm", "hf hw hb", "hg", whole("transB", 1))
                            .node("Softmax", "hg", "y");
        }
    }

    private void define(String name, int... shape) {
        images.add(name);
        shapes.add(shape);
    }
}
