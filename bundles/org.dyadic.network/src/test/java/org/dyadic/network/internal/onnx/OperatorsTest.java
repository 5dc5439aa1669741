package org.dyadic.network.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.network.internal.onnx.Attributes.real;
import static org.dyadic.network.internal.onnx.Attributes.reals;
import static org.dyadic.network.internal.onnx.Attributes.tensor;
import static org.dyadic.network.internal.onnx.Attributes.text;
import static org.dyadic.network.internal.onnx.Attributes.whole;
import static org.dyadic.network.internal.onnx.Attributes.wholes;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.network.Network;
import org.dyadic.network.FloatNetwork;
import org.dyadic.network.Folding;
import org.dyadic.network.OnnxWriter;
import org.dyadic.network.Reference;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every operator, in every form its opsets know, computes what ONNX Runtime computes. */
class OperatorsTest {

    private static final double TOLERANCE = 2e-6;

    @TempDir static Path folder;

    private final List<DynamicContainer> cases = new ArrayList<>();

    @TestFactory
    List<DynamicContainer> convolution() {
        add("one by one", 7, 21, b -> b.weights("w", 5, 3, 1, 1).node("Conv", "x w", "y"), 3, 5, 6);
        add("bias and pads that differ", 7, 21, conv("x w b", wholes("pads", 0, 1, 2, 3)), 4, 7, 6);
        add("strides that differ", 7, 21, conv("x w", wholes("strides", 2, 3)), 4, 9, 9);
        add("dilated", 7, 21, conv("x w", wholes("dilations", 2, 3)), 4, 9, 9);
        add(
                "dilated, strided and padded",
                7,
                21,
                conv(
                        "x w b",
                        wholes("dilations", 2, 1),
                        wholes("strides", 1, 2),
                        wholes("pads", 3, 1, 2, 2)),
                4,
                9,
                8);
        add("grouped", 7, 21, grouped(6, 2, wholes("pads", 1, 1, 1, 1)), 4, 5, 7);
        add("depth-wise", 7, 21, grouped(4, 4, wholes("pads", 1, 0, 2, 1)), 4, 5, 7);
        add("depth-wise, twice", 7, 21, grouped(8, 4, wholes("pads", 1, 1, 1, 1)), 4, 5, 7);
        add(
                "depth-wise, strided",
                7,
                21,
                grouped(4, 4, wholes("pads", 1, 2, 1, 2), wholes("strides", 2, 3)),
                4,
                8,
                9);
        add(
                "depth-wise, dilated",
                7,
                21,
                grouped(8, 4, wholes("pads", 2, 2, 2, 2), wholes("dilations", 2, 3)),
                4,
                9,
                9);
        for (var mode : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            add(
                    mode,
                    7,
                    21,
                    conv("x w b", text("auto_pad", mode), wholes("strides", 2, 3)),
                    4,
                    8,
                    8);
        }
        // ONNX Runtime refuses SAME with dilation.
        add(
                "VALID, dilated",
                7,
                21,
                conv("x w", text("auto_pad", "VALID"), wholes("dilations", 2, 2)),
                4,
                9,
                8);
        add("pads wider than the image", 7, 21, conv("x w", wholes("pads", 4, 4, 4, 4)), 4, 2, 2);
        add("more pixels than a tile", 7, 21, conv("x w", wholes("pads", 1, 1, 1, 1)), 4, 61, 67);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> dense() {
        add("Gemm", 7, 21, b -> b.weights("w", 6, 4).weights("b", 4).node("Gemm", "x w b", "y"), 6);
        add(
                "Gemm, transposed and scaled",
                7,
                21,
                b ->
                        b.weights("w", 4, 6)
                                .weights("b", 1, 4)
                                .node(
                                        "Gemm",
                                        "x w b",
                                        "y",
                                        whole("transB", 1),
                                        real("alpha", 0.5),
                                        real("beta", -2)),
                6);
        add(
                "Gemm, one bias",
                7,
                21,
                b -> b.weights("w", 6, 4).weights("b", 1).node("Gemm", "x w b", "y"),
                6);
        add("Gemm without bias", 11, 21, b -> b.weights("w", 6, 4).node("Gemm", "x w", "y"), 6);
        add(
                "Gemm plus a result",
                7,
                21,
                b ->
                        b.weights("w", 6, 4)
                                .weights("v", 6, 4)
                                .node("MatMul", "x v", "c")
                                .node("Gemm", "x w c", "y", real("beta", 3)),
                6);
        add("MatMul", 7, 21, b -> b.weights("w", 6, 4).node("MatMul", "x w", "y"), 6);
        add(
                "MatMul of a sequence",
                7,
                21,
                b -> b.weights("w", 6, 4).node("MatMul", "x w", "y"),
                3,
                6);
        add(
                "MatMul, higher rank",
                7,
                21,
                b -> b.weights("w", 1, 6, 4).node("MatMul", "x w", "y"),
                3,
                6);
        add("MatMul with a vector", 7, 21, b -> b.weights("w", 6).node("MatMul", "x w", "y"), 3, 6);
        add(
                "MatMul and Add",
                7,
                21,
                b ->
                        b.weights("w", 6, 4)
                                .weights("b", 4)
                                .node("MatMul", "x w", "z")
                                .node("Add", "z b", "y"),
                6);
        add(
                "MatMul of transposed weights",
                7,
                21,
                b -> b.weights("w", 4, 6).node("Transpose", "w", "t").node("MatMul", "x t", "y"),
                6);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> normalization() {
        add("alone", 7, 21, b -> normalized(b, "x", "y"), 4, 3, 5);
        add("of features", 7, 21, b -> normalized(b, "x", "y"), 4);
        add(
                "after a convolution",
                7,
                21,
                b -> normalized(b.weights("w", 4, 3, 3, 3).node("Conv", "x w", "z"), "z", "y"),
                3,
                6,
                6);
        add(
                "after a convolution with bias and padding",
                7,
                21,
                b ->
                        normalized(
                                b.weights("w", 4, 3, 3, 3)
                                        .weights("b", 4)
                                        .node("Conv", "x w b", "z", wholes("pads", 1, 1, 1, 1)),
                                "z",
                                "y"),
                3,
                6,
                6);
        add(
                "before a convolution",
                7,
                21,
                b ->
                        normalized(b, "x", "z")
                                .weights("w", 4, 4, 3, 3)
                                .node("Conv", "z w", "y", wholes("pads", 1, 1, 1, 1)),
                4,
                6,
                6);
        add(
                "of a result used twice",
                7,
                21,
                b ->
                        normalized(b.weights("w", 4, 4, 1, 1).node("Conv", "x w", "z"), "z", "n")
                                .node("Add", "n z", "y"),
                4,
                3,
                3);
        add(
                "twice, with constants between",
                7,
                21,
                b ->
                        normalized(
                                normalized(
                                                b.weights("w", 4, 4, 3, 3).node("Conv", "x w", "z"),
                                                "z",
                                                "n")
                                        .positive("m", 4, 1, 1)
                                        .weights("a", 1, 4, 1, 1)
                                        .node("Mul", "n m", "p")
                                        .node("Add", "a p", "q"),
                                "q",
                                "y"),
                4,
                5,
                5);
        add(
                "after a dense layer",
                7,
                21,
                b -> normalized(b.weights("w", 6, 4).node("MatMul", "x w", "z"), "z", "y"),
                6);
        add(
                "after a dense layer on a sequence",
                7,
                21,
                b -> normalized(b.weights("w", 6, 5).node("MatMul", "x w", "z"), "z", "y"),
                4,
                6);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> functions() {
        for (var operator : List.of("Relu", "Sigmoid", "Tanh", "LeakyRelu", "HardSigmoid")) {
            add(operator, 7, 21, b -> b.node(operator, "x", "y"), 4, 5);
        }
        add("HardSwish", 14, 21, b -> b.node("HardSwish", "x", "y"), 4, 5);
        add("LeakyRelu 0.3", 7, 21, b -> b.node("LeakyRelu", "x", "y", real("alpha", 0.3)), 4, 5);
        add(
                "HardSigmoid of MobileNetV3",
                7,
                21,
                b ->
                        b.node("HardSigmoid", "x", "h", real("alpha", 1 / 6.0), real("beta", 0.5))
                                .node("Mul", "x h", "y"),
                4,
                5);
        add("Clip", 7, 10, b -> b.node("Clip", "x", "y", real("min", -0.5), real("max", 0.7)), 9);
        add("Clip from below", 7, 10, b -> b.node("Clip", "x", "y", real("min", 0)), 9);
        add("Clip without bounds", 7, 21, b -> b.node("Clip", "x", "y"), 9);
        add("Clip", 11, 21, b -> b.real("l", -0.5f).real("h", 0.7f).node("Clip", "x l h", "y"), 9);
        add("Clip from above", 11, 21, b -> b.real("h", 0.7f).node("Clip", "x - h", "y"), 9);
        add("Clip from below", 11, 21, b -> b.real("l", 0).node("Clip", "x l", "y"), 9);
        add(
                "Clip upside down",
                12,
                21,
                b -> b.real("l", 1).real("h", 0).node("Clip", "x l h", "y"),
                9);
        add(
                "Max and Min",
                8,
                21,
                b -> b.real("l", 0).real("h", 0.7f).node("Max", "l x", "m").node("Min", "m h", "y"),
                9);
        add(
                "Identity, Dropout, Cast",
                7,
                21,
                b ->
                        b.node("Identity", "x", "i")
                                .node("Dropout", "i", "d")
                                .node("Cast", "d", "c", whole("to", 1))
                                .node("Relu", "c", "y"),
                9);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> softmax() {
        add("of scores", 7, 21, b -> b.node("Softmax", "x", "y"), 10);
        add("of an image, by default", 7, 21, b -> b.node("Softmax", "x", "y"), 3, 4, 5);
        for (int axis = 1; axis < 4; axis++) {
            int a = axis;
            add("axis " + a, 7, 21, b -> b.node("Softmax", "x", "y", whole("axis", a)), 3, 4, 5);
        }
        add("last axis", 11, 21, b -> b.node("Softmax", "x", "y", whole("axis", -1)), 3, 4, 5);
        add(
                "of channels of one pixel",
                7,
                21,
                b -> b.node("Softmax", "x", "y", whole("axis", 1)),
                7,
                1,
                1);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> arithmetic() {
        add(
                "Add, Mul of results",
                7,
                21,
                b -> b.node("Relu", "x", "r").node("Add", "x r", "s").node("Mul", "r s", "y"),
                3,
                4);
        for (var operator : List.of("Add", "Mul", "Sub", "Div")) {
            add(
                    operator + " a number",
                    7,
                    21,
                    b -> b.real("c", 1.7f).node(operator, "x c", "y"),
                    3,
                    4,
                    5);
            add(
                    operator + " a row",
                    7,
                    21,
                    b -> b.positive("c", 5).node(operator, "x c", "y"),
                    3,
                    4,
                    5);
            add(
                    operator + " a channel",
                    7,
                    21,
                    b -> b.positive("c", 3, 1, 1).node(operator, "x c", "y"),
                    3,
                    4,
                    5);
            add(
                    operator + " an image",
                    7,
                    21,
                    b -> b.positive("c", 1, 3, 4, 5).node(operator, "x c", "y"),
                    3,
                    4,
                    5);
            add(
                    operator + " a row and column that grow it",
                    7,
                    21,
                    b -> b.positive("c", 3, 4, 1).node(operator, "x c", "y"),
                    3,
                    1,
                    5);
        }
        for (var operator : List.of("Add", "Mul", "Sub")) {
            add(
                    "a constant " + operator,
                    7,
                    21,
                    b -> b.positive("c", 3, 1, 1).node(operator, "c x", "y"),
                    3,
                    4,
                    5);
        }
        add("Sub of results", 7, 21, b -> b.node("Relu", "x", "r").node("Sub", "r x", "y"), 3, 4);
        add("Neg", 7, 21, b -> b.node("Neg", "x", "y"), 3, 4);
        add(
                "Sum of three",
                8,
                21,
                b -> b.node("Relu", "x", "r").weights("c", 3, 1).node("Sum", "x r c", "y"),
                3,
                4);
        add(
                "channel gate",
                7,
                21,
                b ->
                        b.node("GlobalAveragePool", "x", "p")
                                .node("Sigmoid", "p", "s")
                                .node("Mul", "s x", "y"),
                3,
                4,
                5);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> pooling() {
        for (var operator : List.of("MaxPool", "AveragePool")) {
            pool(operator, "plain", 7, wholes("kernel_shape", 2, 3));
            pool(operator, "strided", 7, wholes("kernel_shape", 3, 2), wholes("strides", 2, 3));
            pool(operator, "padded", 7, wholes("kernel_shape", 3, 3), wholes("pads", 1, 0, 2, 1));
            for (var mode : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
                pool(
                        operator,
                        mode,
                        7,
                        wholes("kernel_shape", 3, 3),
                        text("auto_pad", mode),
                        wholes("strides", 2, 3));
            }
            for (int kernel = 2; kernel <= 4; kernel++) {
                for (int stride = 2; stride <= 4; stride++) {
                    for (int pad = 0; pad < 2; pad++) {
                        pool(
                                operator,
                                "ceil_mode, kernel "
                                        + kernel
                                        + ", stride "
                                        + stride
                                        + ", pad "
                                        + pad,
                                10,
                                wholes("kernel_shape", kernel, kernel),
                                wholes("strides", stride, stride),
                                wholes("pads", pad, 0, 0, pad),
                                whole("ceil_mode", 1));
                    }
                }
            }
        }
        pool(
                "MaxPool",
                "dilated",
                10,
                wholes("kernel_shape", 2, 3),
                wholes("dilations", 3, 2),
                wholes("pads", 1, 1, 0, 2));
        pool(
                "AveragePool",
                "dilated",
                19,
                wholes("kernel_shape", 2, 3),
                wholes("dilations", 3, 2),
                wholes("pads", 1, 1, 0, 2));
        pool(
                "AveragePool",
                "padding counts",
                7,
                wholes("kernel_shape", 3, 3),
                wholes("pads", 1, 0, 2, 1),
                whole("count_include_pad", 1));
        for (int pad = 0; pad < 2; pad++) {
            pool(
                    "AveragePool",
                    "padding counts, ceil_mode, pad " + pad,
                    19,
                    wholes("kernel_shape", 3, 3),
                    wholes("strides", 3, 2),
                    wholes("pads", pad, 1, pad, 0),
                    whole("count_include_pad", 1),
                    whole("ceil_mode", 1));
        }
        add("GlobalAveragePool", 7, 21, b -> b.node("GlobalAveragePool", "x", "y"), 3, 4, 5);
        add("GlobalMaxPool", 7, 21, b -> b.node("GlobalMaxPool", "x", "y"), 3, 4, 5);
        add(
                "ReduceMean",
                7,
                17,
                b -> b.node("ReduceMean", "x", "y", wholes("axes", 2, 3)),
                3,
                4,
                5);
        add(
                "ReduceMean, dropping axes",
                7,
                17,
                b -> b.node("ReduceMean", "x", "y", wholes("axes", 1, 3), whole("keepdims", 0)),
                3,
                4,
                5);
        add(
                "ReduceMean",
                18,
                21,
                b -> b.wholes("a", -1, 2).node("ReduceMean", "x a", "y"),
                3,
                4,
                5);
        add(
                "ReduceMean of nothing",
                18,
                21,
                b -> b.node("ReduceMean", "x", "y", whole("noop_with_empty_axes", 1)),
                3,
                4,
                5);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> layout() {
        add("Flatten", 7, 21, b -> b.node("Flatten", "x", "y"), 3, 4, 5);
        add(
                "Flatten an image of one channel",
                9,
                21,
                b -> b.node("Flatten", "x", "y", whole("axis", 2)),
                1,
                4,
                5);
        add(
                "Flatten, negative",
                11,
                21,
                b -> b.node("Flatten", "x", "y", whole("axis", -3)),
                3,
                4,
                5);
        add("Reshape", 7, 21, b -> b.wholes("s", 0, 6, -1).node("Reshape", "x s", "y"), 3, 4, 5);
        add(
                "Reshape with open batch",
                7,
                21,
                b -> b.wholes("s", -1, 60).node("Reshape", "x s", "y"),
                3,
                4,
                5);
        add(
                "Reshape, allowzero",
                14,
                21,
                b -> b.wholes("s", -1, 5, 12).node("Reshape", "x s", "y", whole("allowzero", 1)),
                3,
                4,
                5);
        add(
                "Reshape to what it was",
                7,
                21,
                b -> b.wholes("s", 0, 3, 4, 5).node("Reshape", "x s", "z").node("Relu", "z", "y"),
                3,
                4,
                5);
        add(
                "two Reshapes",
                7,
                21,
                b ->
                        b.wholes("s", 0, 20, 3)
                                .wholes("t", 0, -1, 15)
                                .node("Reshape", "x s", "z")
                                .node("Reshape", "z t", "y"),
                3,
                4,
                5);
        add(
                "Transpose",
                7,
                21,
                b -> b.node("Transpose", "x", "y", wholes("perm", 0, 2, 3, 1)),
                3,
                4,
                5);
        add(
                "Transpose that changes nothing",
                7,
                21,
                b ->
                        b.node("Transpose", "x", "z", wholes("perm", 0, 1, 2, 3))
                                .node("Relu", "z", "y"),
                3,
                4,
                5);
        add(
                "channel shuffle",
                7,
                21,
                b ->
                        b.wholes("s", 0, 2, 3, 4, 5)
                                .wholes("t", 0, -1, 4, 5)
                                .node("Reshape", "x s", "a")
                                .node("Transpose", "a", "b", wholes("perm", 0, 2, 1, 3, 4))
                                .node("Reshape", "b t", "y"),
                6,
                4,
                5);
        add("Squeeze", 7, 12, b -> b.node("Squeeze", "x", "y", wholes("axes", 2, 3)), 3, 1, 1);
        add("Squeeze", 13, 21, b -> b.wholes("a", -1).node("Squeeze", "x a", "y"), 3, 1, 1);
        add("Unsqueeze", 7, 12, b -> b.node("Unsqueeze", "x", "y", wholes("axes", 1, 3)), 3, 4);
        add("Unsqueeze", 13, 21, b -> b.wholes("a", -1, 1).node("Unsqueeze", "x a", "y"), 3, 4);
        add(
                "Concat",
                7,
                21,
                b -> b.node("Relu", "x", "r").node("Concat", "x r x", "y", whole("axis", 1)),
                3,
                4,
                5);
        add(
                "Concat, last axis",
                7,
                21,
                b -> b.node("Relu", "x", "r").node("Concat", "x r", "y", whole("axis", 3)),
                3,
                4,
                5);
        add(
                "Split",
                7,
                12,
                b ->
                        b.node("Split", "x", "p q", whole("axis", 1), wholes("split", 1, 3))
                                .node("Concat", "q p", "y", whole("axis", 1)),
                4,
                3);
        add(
                "Split in halves",
                7,
                17,
                b -> b.node("Split", "x", "p q", whole("axis", 1)).node("Add", "p q", "y"),
                4,
                3);
        add(
                "Split",
                13,
                21,
                b ->
                        b.wholes("s", 1, 3)
                                .node("Split", "x s", "p q", whole("axis", 1))
                                .node("Concat", "q p", "y", whole("axis", 1)),
                4,
                3);
        add(
                "Split unevenly",
                18,
                21,
                b ->
                        b.node("Split", "x", "p q", whole("axis", 1), whole("num_outputs", 2))
                                .node("Concat", "q p", "y", whole("axis", 1)),
                5,
                3);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> slicingAndPadding() {
        add(
                "Slice",
                7,
                9,
                b ->
                        b.node(
                                "Slice",
                                "x",
                                "y",
                                wholes("axes", 2, 3),
                                wholes("starts", 1, -4),
                                wholes("ends", 3, 999)),
                3,
                4,
                5);
        add(
                "Slice without axes",
                7,
                9,
                b ->
                        b.node(
                                "Slice",
                                "x",
                                "y",
                                wholes("starts", 0, 1),
                                wholes("ends", Integer.MAX_VALUE, 3)),
                3,
                4,
                5);
        add(
                "Slice",
                10,
                21,
                b ->
                        b.wholes("s", 1, -4)
                                .wholes("e", 3, Long.MAX_VALUE)
                                .wholes("a", 2, -1)
                                .node("Slice", "x s e a", "y"),
                3,
                4,
                5);
        add(
                "Slice in steps",
                10,
                21,
                b ->
                        b.wholes("s", 0, 1)
                                .wholes("e", 4, 5)
                                .wholes("a", 2, 3)
                                .wholes("t", 2, 3)
                                .node("Slice", "x s e a t", "y"),
                3,
                4,
                5);
        add(
                "Slice backwards",
                10,
                21,
                b ->
                        b.wholes("s", -1, 3)
                                .wholes("e", -99, 0)
                                .wholes("a", 2, 3)
                                .wholes("t", -1, -2)
                                .node("Slice", "x s e a t", "y"),
                3,
                4,
                5);
        add(
                "Slice backwards from beyond",
                11,
                21,
                b ->
                        b.wholes("s", 99)
                                .wholes("e", Long.MIN_VALUE)
                                .wholes("a", 3)
                                .wholes("t", -1)
                                .node("Slice", "x s e a t", "y"),
                3,
                4,
                5);
        add(
                "Slice of everything",
                10,
                21,
                b ->
                        b.wholes("s", 0, 0)
                                .wholes("e", 4, 99)
                                .wholes("a", 2, 3)
                                .node("Slice", "x s e a", "z")
                                .node("Relu", "z", "y"),
                3,
                4,
                5);
        add(
                "Pad",
                7,
                10,
                b ->
                        b.node(
                                "Pad",
                                "x",
                                "y",
                                wholes("pads", 0, 1, 0, 2, 0, 0, 3, 1),
                                real("value", 1.5)),
                3,
                4,
                5);
        add(
                "Pad",
                11,
                21,
                b ->
                        b.wholes("p", 0, 1, 0, 2, 0, 0, 3, 1)
                                .real("v", 1.5f)
                                .node("Pad", "x p v", "y"),
                3,
                4,
                5);
        add(
                "Pad with zeros",
                11,
                21,
                b -> b.wholes("p", 0, 1, 0, 2, 0, 0, 3, 1).node("Pad", "x p", "y"),
                3,
                4,
                5);
        add(
                "Pad that cuts off",
                11,
                21,
                b -> b.wholes("p", 0, 0, -1, 2, 0, 0, 1, -3).node("Pad", "x p", "y"),
                3,
                4,
                5);
        add(
                "Pad of chosen axes",
                18,
                21,
                b -> b.wholes("p", 1, 2, 0, 3).wholes("a", -1, 1).node("Pad", "x p - a", "y"),
                3,
                4,
                5);
        add(
                "Pad before a convolution",
                11,
                21,
                b ->
                        b.wholes("p", 0, 0, 1, 2, 0, 0, 0, 1)
                                .weights("w", 4, 3, 3, 3)
                                .node("Pad", "x p", "z")
                                .node("Conv", "z w", "y", wholes("strides", 2, 2)),
                3,
                6,
                6);
        add(
                "Pad with ones before a convolution",
                11,
                21,
                b ->
                        b.wholes("p", 0, 0, 1, 2, 0, 0, 0, 1)
                                .real("v", 1)
                                .weights("w", 4, 3, 3, 3)
                                .node("Pad", "x p v", "z")
                                .node("Conv", "z w", "y"),
                3,
                6,
                6);
        add(
                "Pad of channels before a convolution",
                11,
                21,
                b ->
                        b.wholes("p", 0, 1, 1, 1, 0, 0, 1, 1)
                                .weights("w", 4, 4, 3, 3)
                                .node("Pad", "x p", "z")
                                .node("Conv", "z w", "y"),
                3,
                6,
                6);
        add(
                "shortcut of CIFAR ResNets",
                10,
                10,
                b ->
                        b.wholes("s", 0, 0)
                                .wholes("e", 8, 8)
                                .wholes("a", 2, 3)
                                .wholes("t", 2, 2)
                                .node("Slice", "x s e a t", "z")
                                .node("Pad", "z", "y", wholes("pads", 0, 2, 0, 0, 0, 2, 0, 0)),
                4,
                8,
                8);
        return cases;
    }

    @TestFactory
    List<DynamicContainer> shapeArithmetic() {
        add(
                "x.view(x.size(0), -1)",
                7,
                12,
                b ->
                        b.node("Shape", "x", "s")
                                .whole("zero", 0)
                                .node("Gather", "s zero", "n", whole("axis", 0))
                                .node(
                                        "Constant",
                                        "",
                                        "m",
                                        tensor("value", ModelBuilder.tensor("", -1)))
                                .node("Unsqueeze", "n", "nn", wholes("axes", 0))
                                .node("Concat", "nn m", "t", whole("axis", 0))
                                .node("Reshape", "x t", "y"),
                3,
                4,
                5);
        add(
                "x.view(x.size(0), -1)",
                13,
                21,
                b ->
                        b.node("Shape", "x", "s")
                                .node("Constant", "", "zero", whole("value_int", 0))
                                .node("Gather", "s zero", "n", whole("axis", 0))
                                .node("Constant", "", "m", wholes("value_ints", -1))
                                .wholes("axis", 0)
                                .node("Unsqueeze", "n axis", "nn")
                                .node("Concat", "nn m", "t", whole("axis", 0))
                                .node("Reshape", "x t", "y"),
                3,
                4,
                5);
        add(
                "x.view(n, groups, c // groups, h, w)",
                13,
                21,
                b ->
                        b.node("Shape", "x", "s")
                                .wholes("i0", 0)
                                .wholes("i1", 1)
                                .wholes("i2", 2)
                                .wholes("i4", Integer.MAX_VALUE)
                                .wholes("groups", 2)
                                .node("Slice", "s i0 i1 i0", "n")
                                .node("Slice", "s i1 i2 i0", "c")
                                .node("Slice", "s i2 i4 i0", "hw")
                                .node("Div", "c groups", "each")
                                .node("Concat", "n groups each hw", "t", whole("axis", 0))
                                .node("Reshape", "x t", "a")
                                .node("Transpose", "a", "b", wholes("perm", 0, 2, 1, 3, 4))
                                .node("Reshape", "b s", "y"),
                6,
                4,
                5);
        add(
                "sizes through real numbers",
                13,
                21,
                b ->
                        b.node("Shape", "x", "s")
                                .wholes("i2", 2)
                                .node("Gather", "s i2", "h")
                                .node("Cast", "h", "hf", whole("to", 1))
                                .node("Constant", "", "two", real("value_float", 2))
                                .node("Div", "hf two", "half")
                                .node("Floor", "half", "floor")
                                .node("Ceil", "half", "ceil")
                                .node("Cast", "floor", "from", whole("to", 7))
                                .node("Cast", "ceil", "more", whole("to", 7))
                                .node("Add", "from more", "to")
                                .node("Slice", "x from to i2", "y"),
                3,
                5,
                4);
        add(
                "Range, ConstantOfShape, Expand, Where, Equal, Tile and ReduceProd",
                13,
                21,
                b ->
                        b.whole("a", 0)
                                .whole("l", 4)
                                .whole("d", 1)
                                .wholes("one", 1)
                                .node("Range", "a l d", "r")
                                .node("Equal", "r one", "isOne")
                                .wholes("four", 4)
                                .node(
                                        "ConstantOfShape",
                                        "four",
                                        "f",
                                        tensor("value", ModelBuilder.tensor("", 5)))
                                .node("Where", "isOne f r", "w")
                                .wholes("shape", 2, 4)
                                .node("Expand", "w shape", "e")
                                .wholes("repeats", 2, 1)
                                .node("Tile", "e repeats", "t")
                                .node("Shape", "t", "ts")
                                .node("ReduceProd", "ts", "p", whole("keepdims", 0))
                                .node("Cast", "t", "c", whole("to", 1))
                                .node("Cast", "p", "q", whole("to", 1))
                                .node("Add", "x c", "z")
                                .node("Mul", "z q", "y"),
                4,
                4);
        add(
                "Shape of some axes and Size",
                15,
                21,
                b ->
                        b.node("Shape", "x", "s", whole("start", 1), whole("end", -1))
                                .node(
                                        "Constant",
                                        "",
                                        "c",
                                        tensor("value", ModelBuilder.tensor("", 1, 2, 3)))
                                .node("Size", "c", "n")
                                .wholes("axis", 0)
                                .node("Unsqueeze", "n axis", "nn")
                                .wholes("m", -1)
                                .node("Concat", "m s nn", "t", whole("axis", 0))
                                .node("Reshape", "x t", "y"),
                4,
                5,
                3);
        add(
                "weights that are calculated",
                13,
                21,
                b ->
                        b.weights("w", 3, 3, 4, 2)
                                .node("Transpose", "w", "t", wholes("perm", 3, 2, 0, 1))
                                .positive("s", 2, 1, 1, 1)
                                .node("Sqrt", "s", "r")
                                .node("Reciprocal", "r", "i")
                                .node("Mul", "t i", "u")
                                .node("Neg", "u", "v")
                                .node("Constant", "", "b", reals("value_floats", 0.5, -1))
                                .node("Conv", "x v b", "y"),
                4,
                5,
                5);
        return cases;
    }

    private static Consumer<ModelBuilder> conv(String inputs, AttributeProto... attributes) {
        return b ->
                b.weights("w", 5, 4, 3, 2).weights("b", 5).node("Conv", inputs, "y", attributes);
    }

    private static Consumer<ModelBuilder> grouped(
            int outputs, int groups, AttributeProto... attributes) {
        var all = Stream.concat(Stream.of(whole("group", groups)), Arrays.stream(attributes));
        var array = all.toArray(AttributeProto[]::new);
        return b ->
                b.weights("w", outputs, 4 / groups, 3, 2)
                        .weights("b", outputs)
                        .node("Conv", "x w b", "y", array);
    }

    private static ModelBuilder normalized(ModelBuilder builder, String input, String output) {
        return builder.positive(output + "s", 4)
                .weights(output + "b", 4)
                .weights(output + "m", 4)
                .positive(output + "v", 4)
                .node(
                        "BatchNormalization",
                        String.join(
                                " ", input, output + "s", output + "b", output + "m", output + "v"),
                        output,
                        real("epsilon", 1e-3));
    }

    private void pool(String operator, String name, int oldest, AttributeProto... attributes) {
        add(
                operator + " " + name,
                oldest,
                21,
                b -> b.node(operator, "x", "y", attributes),
                3,
                8,
                9);
    }

    private void add(
            String name, int oldest, int newest, Consumer<ModelBuilder> nodes, long... image) {
        var tests =
                IntStream.rangeClosed(oldest, newest)
                        .mapToObj(
                                opset ->
                                        DynamicTest.dynamicTest(
                                                "opset " + opset,
                                                () -> agrees(opset, nodes, image)));
        cases.add(DynamicContainer.dynamicContainer(name, tests));
    }

    private static void agrees(int opset, Consumer<ModelBuilder> nodes, long... image)
            throws Exception {
        var builder = new ModelBuilder(opset, image);
        nodes.accept(builder);
        agrees(builder, folder);
    }

    /** Unfolded, folded, written, and as each of a batch of two. */
    static void agrees(ModelBuilder builder, Path folder) throws Exception {
        byte[] model = builder.build().toByteArray();
        var file = Files.write(folder.resolve("model.onnx"), model);
        var network = new OnnxReader().read(file);
        var input = randomImage(network);
        try (var reference = new Reference(model)) {
            var expected = reference.run(input, network.inputShape());
            assertThat(expected).hasSize(network.outputShape().size());
            assertThat(expected)
                    .satisfies(all -> assertThat(Reference.difference(all, all)).isZero());
            assertThat(Reference.difference(new FloatNetwork(network).run(input), expected))
                    .as("unfolded")
                    .isLessThan(TOLERANCE);
            var folded = new FloatNetwork(Folding.fold(network)).run(input);
            assertThat(Reference.difference(folded, expected)).as("folded").isLessThan(TOLERANCE);
            writtenAgrees(network, input, expected, folder);
            var two = reference.run(input, network.inputShape(), 2);
            assertThat(two).hasSize(2 * expected.length);
            for (int image = 0; image < 2; image++) {
                int from = image * expected.length;
                var one = Arrays.copyOfRange(two, from, from + expected.length);
                assertThat(Reference.difference(one, expected))
                        .as("image %d of a batch of two", image)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    /** In ONNX Runtime, and read back. */
    private static void writtenAgrees(Network network, float[] input, float[] expected, Path folder)
            throws Exception {
        byte[] written = OnnxWriter.write(network);
        try (var runtime = new Reference(written)) {
            assertThat(Reference.difference(runtime.run(input, network.inputShape()), expected))
                    .as("written")
                    .isLessThan(TOLERANCE);
        }
        var again = new OnnxReader().read(Files.write(folder.resolve("written.onnx"), written));
        assertThat(again.inputShape()).isEqualTo(network.inputShape());
        assertThat(again.outputShape()).isEqualTo(network.outputShape());
        assertThat(Reference.difference(new FloatNetwork(again).run(input), expected))
                .as("written and read back")
                .isLessThan(TOLERANCE);
    }

    private static float[] randomImage(Network network) {
        var random = new Random(11);
        var image = new float[network.inputShape().size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        return image;
    }
}
