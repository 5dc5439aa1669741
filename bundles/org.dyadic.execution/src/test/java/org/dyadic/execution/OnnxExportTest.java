package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Grid;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime computes, of the exported model, the integers that define it. */
class OnnxExportTest {

    private static final int IMAGES = 3;

    /** Every way to round, every requantizer, both overflows, both paddings. */
    static Stream<Datapath> datapaths() {
        return Stream.concat(
                Stream.of(
                        Datapath.wide(),
                        with(24, Overflow.WRAP, new Requantizer.Shifts(1), Rounding.HALF_EVEN),
                        with(24, Overflow.WRAP, new Requantizer.Shifts(4), Rounding.FLOOR),
                        with(12, Overflow.WRAP, new Requantizer.Multiplier(8), Rounding.HALF_UP),
                        with(12, Overflow.SATURATE, new Requantizer.Shifts(2), Rounding.HALF_AWAY),
                        with(64, Overflow.WRAP, new Requantizer.Thresholds(), Rounding.HALF_UP)),
                Arrays.stream(Rounding.values())
                        .map(
                                rounding ->
                                        with(
                                                32,
                                                Overflow.SATURATE,
                                                new Requantizer.Multiplier(16),
                                                rounding)));
    }

    private static Datapath with(
            int bits, Overflow overflow, Requantizer requantizer, Rounding rounding) {
        return new Datapath(bits, overflow, requantizer, rounding, Padding.NEAREST_LEVEL);
    }

    // A network that grows node by node

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Integer, QuantizedLayer> layers = new HashMap<>();

    private int input(int... extents) {
        return add(new Operation.Input(), Shape.of(extents));
    }

    private int add(Operation operation, Shape shape, Integer... inputs) {
        nodes.add(new Node("n" + nodes.size(), operation, List.of(inputs), shape));
        return nodes.size() - 1;
    }

    private Shape shape(int node) {
        return nodes.get(node).shape();
    }

    private int layer(
            SplittableRandom random, Operation operation, Shape shape, int input, Grid... grids) {
        int node = add(operation, shape, input);
        var bias = new ArrayList<Float>();
        for (int i = 0; i < Layers.weights(nodes.get(node)).shape().extent(0); i++) {
            bias.add((float) random.nextDouble(-1, 1));
        }
        layers.put(node, Examples.layer(nodes.get(node), grids[0], grids[1], bias));
        return node;
    }

    private int convolution(
            SplittableRandom random,
            int input,
            int outputs,
            int groups,
            Window window,
            Grid... grids) {
        var from = shape(input);
        return layer(
                random,
                Examples.convolution(random, outputs, from.extent(0) / groups, groups, window),
                Shape.of(outputs, window.rows(from.extent(1)), window.columns(from.extent(2))),
                input,
                grids);
    }

    private static Grid activations(int bits, double step) {
        return new Grid(
                new Encoding.Uniform(bits, false, 0),
                IntStream.range(0, 1 << bits).toArray(),
                new double[] {step});
    }

    /** Zero and three powers of two, with a scale that takes the largest to {@code reach}. */
    private static Grid powers(boolean signed, int highest, double reach) {
        var subset = List.of(0, 1, 1 << (highest / 2), 1 << highest);
        return Grid.of(new Encoding.PowerSum(signed, List.of(subset)), Math.scalb(reach, -highest));
    }

    private IntegerNetwork network(Datapath datapath) {
        var magnitudes = new ArrayList<Double>();
        for (int i = 0; i < nodes.size(); i++) {
            magnitudes.add(3.0 + i % 5);
        }
        var network = new Network("small", nodes, nodes.size() - 1, true, Map.of());
        return new IntegerNetwork(
                new QuantizedNetwork(network, layers, magnitudes),
                datapath,
                new Normalisation(List.of(100.0), List.of(60.0)),
                Kernels.scalar());
    }

    // The comparison

    private ModelProto agree(SplittableRandom random, Datapath datapath) throws Exception {
        var integers = network(datapath);
        byte[] model = OnnxExport.write(integers, Map.of());
        var images = new byte[IMAGES][integers.network().inputShape().size()];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        double[][] expected = integers.run(images, new LongAdder());
        try (var witness = new Witness(model, integers.network().inputShape())) {
            assertThat(witness.run(images)).as("%s", datapath).isDeepEqualTo(expected);
        }
        var parsed = ModelProto.parseFrom(model);
        assertThat(parsed.getOpsetImportList()).allMatch(set -> set.getDomain().isEmpty());
        assertThat(parsed.getGraph().getNodeList()).allMatch(node -> node.getDomain().isEmpty());
        return parsed;
    }

    private static long count(ModelProto model, String operator) {
        return model.getGraph().getNodeList().stream()
                .map(NodeProto::getOpType)
                .filter(operator::equals)
                .count();
    }

    // Layers

    @ParameterizedTest
    @MethodSource("datapaths")
    void convolutionsOfEveryShape(Datapath datapath) throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            nodes.clear();
            layers.clear();
            var random = new SplittableRandom(seed);
            int groups = List.of(1, 1, 2, 4).get(random.nextInt(4));
            int inputs = groups * random.nextInt(1, 4);
            int outputs = groups * random.nextInt(1, 4);
            var window =
                    new Window(
                            random.nextInt(1, 4),
                            random.nextInt(1, 4),
                            random.nextInt(1, 4),
                            random.nextInt(1, 3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(1, 3),
                            random.nextInt(1, 4));
            input(inputs, random.nextInt(7, 12), random.nextInt(9, 14));
            Grid weights =
                    seed % 3 == 0
                            ? Examples.withoutZero(0.05)
                            : Examples.uniform(seed % 3 == 1 ? 4 : 8, 1 / 100.0);
            Grid codes =
                    seed % 4 == 0
                            ? Examples.withoutZero(0.08)
                            : seed % 4 == 1
                                    ? Examples.uniform(8, 0.02)
                                    : activations(seed % 4 == 2 ? 4 : 8, 0.03);
            convolution(random, 0, outputs, groups, window, weights, codes);
            var model = agree(random, datapath);
            assertThat(count(model, "ConvInteger")).isEqualTo(1);
            assertThat(count(model, "Conv")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void levelsBeyondBytesAreExactInSinglePrecision(int seed) throws Exception {
        var random = new SplittableRandom(seed);
        input(4, 9, 8);
        var window = new Window(3, 2, 1, 2, 1, 0, 2, 1, 1, 1);
        int groups = seed % 2 == 0 ? 4 : 1;
        convolution(random, 0, 8, groups, window, powers(true, 9, 1), powers(false, 2 + seed, 2));
        var model = agree(random, Datapath.wide());
        assertThat(count(model, "Conv")).isEqualTo(1);
        assertThat(count(model, "ConvInteger")).isZero();
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void levelsOfAnySizeAreSumsOfBytes(Datapath datapath) throws Exception {
        var random = new SplittableRandom(3);
        input(3, 7, 6);
        convolution(
                random,
                0,
                5,
                1,
                Window.square(3, 1, 1),
                powers(true, 21, 1),
                Examples.withoutZero(0.1));
        var model = agree(random, datapath);
        assertThat(count(model, "ConvInteger")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 16})
    void wideCodesAreExact(int bits) throws Exception {
        for (int groups : new int[] {1, 2, 6}) {
            nodes.clear();
            layers.clear();
            var random = new SplittableRandom(bits + groups);
            input(6, 7, 6);
            var weights = Examples.uniform(bits, Math.scalb(2, -bits));
            var codes =
                    groups == 2
                            ? Examples.uniform(bits, Math.scalb(6, -bits))
                            : activations(bits, Math.scalb(4, -bits));
            convolution(random, 0, 12, groups, Window.square(3, 1, 1), weights, codes);
            for (var datapath :
                    List.of(
                            Datapath.wide(),
                            with(48, Overflow.WRAP, new Requantizer.Shifts(2), Rounding.HALF_EVEN),
                            with(
                                    40,
                                    Overflow.SATURATE,
                                    new Requantizer.Thresholds(),
                                    Rounding.HALF_UP))) {
                // Sums of 9 by 9 bits are small enough for single precision here.
                assertThat(count(agree(random, datapath), "ConvInteger"))
                        .isEqualTo(bits == 9 ? 0 : 4);
            }
        }
    }

    @Test
    void bothSidesMayBeSumsOfBytesAndPaddingIsSplitLikewise() throws Exception {
        var random = new SplittableRandom(4);
        input(3, 7, 6);
        var uneven =
                Grid.of(
                        new Encoding.PowerSum(
                                false, List.of(List.of(-2048, -512, 512, 8192), List.of(1, -1))),
                        1 / 3000.0);
        convolution(random, 0, 5, 1, Window.square(3, 1, 2), powers(true, 14, 1), uneven);
        for (var padding : Padding.values()) {
            var datapath = new Datapath(32, Overflow.WRAP, new Requantizer.Multiplier(24), padding);
            assertThat(count(agree(random, datapath), "ConvInteger")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void denseLayersAreProductsOfMatrices(Datapath datapath) throws Exception {
        var random = new SplittableRandom(5);
        input(37);
        var weights = Examples.tensor(random, 11, 37);
        layer(
                random,
                new Operation.Dense(weights, Optional.empty()),
                Shape.of(11),
                0,
                Examples.uniform(8, 1 / 127.0),
                activations(8, 0.01));
        assertThat(count(agree(random, datapath), "MatMulInteger")).isEqualTo(1);
        layers.clear();
        nodes.subList(1, 2).clear();
        layer(
                random,
                new Operation.Dense(weights, Optional.empty()),
                Shape.of(11),
                0,
                powers(true, 9, 1),
                activations(4, 0.1));
        assertThat(count(agree(random, datapath), "MatMul")).isEqualTo(1);
    }

    @Test
    void aDenseLayerMayHaveOneRowOfFeatures() throws Exception {
        var random = new SplittableRandom(6);
        input(1, 9);
        layer(
                random,
                new Operation.Dense(Examples.tensor(random, 4, 9), Optional.empty()),
                Shape.of(1, 4),
                0,
                Examples.uniform(4, 1 / 7.0),
                activations(4, 0.2));
        agree(random, Datapath.wide());
    }

    // Everything else

    private void operation(Datapath datapath, Shape shape, Operation operation, Shape... others)
            throws Exception {
        nodes.clear();
        var random = new SplittableRandom(shape.hashCode());
        input(3, 6, 8);
        var inputs = new ArrayList<Integer>();
        inputs.add(0);
        for (var other : others) {
            inputs.add(
                    add(
                            new Operation.Constant(
                                    Tensor.of(other, Examples.floats(random, other.size(), 4))),
                            other));
        }
        add(operation, shape, inputs.toArray(Integer[]::new));
        agree(random, datapath);
    }

    private static final Shape SAME = Shape.of(3, 6, 8);

    @ParameterizedTest
    @MethodSource("datapaths")
    void sumsAndProductsBroadcast(Datapath datapath) throws Exception {
        for (var other :
                List.of(SAME, Shape.of(3, 1, 1), Shape.of(8), Shape.of(6, 1), Shape.of())) {
            operation(datapath, SAME, new Operation.Add(), other);
            operation(datapath, SAME, new Operation.Multiply(), other);
        }
        nodes.clear();
        input(3, 6, 8);
        add(new Operation.Pointwise(new Function.HardSwish()), SAME, 0);
        add(new Operation.Mean(List.of(1, 2)), Shape.of(3, 1, 1), 0);
        add(new Operation.Multiply(), SAME, 1, 2);
        add(new Operation.Mean(List.of(0, 1)), Shape.of(8), 3);
        add(new Operation.Add(), SAME, 4, 3);
        agree(new SplittableRandom(7), datapath);
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void channelsAreNormalised(Datapath datapath) throws Exception {
        operation(
                datapath,
                SAME,
                new Operation.BatchNormalization(
                        Tensor.of(Shape.of(3), 1.5f, -0.7f, 0),
                        Tensor.of(Shape.of(3), 0.1f, -2, 1),
                        Tensor.of(Shape.of(3), 0.3f, 0.2f, -0.1f),
                        Tensor.of(Shape.of(3), 1, 0.5f, 2),
                        1e-3f));
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void meansOfAxesAndOfWindows(Datapath datapath) throws Exception {
        operation(datapath, Shape.of(3, 1, 1), new Operation.Mean(List.of(1, 2)));
        operation(datapath, Shape.of(3), new Operation.Mean(List.of(1, 2)));
        operation(datapath, Shape.of(6, 8), new Operation.Mean(List.of(0)));
        for (var window : windows()) {
            var shape = Shape.of(3, window.rows(6), window.columns(8));
            for (boolean counts : new boolean[] {false, true}) {
                operation(datapath, shape, new Operation.AveragePool(window, counts));
            }
        }
    }

    private static List<Window> windows() {
        return List.of(
                Window.square(2, 2, 0),
                Window.square(3, 2, 1),
                new Window(3, 2, 2, 3, 1, 0, 2, 1, 1, 1),
                new Window(2, 3, 1, 2, 1, 2, 1, 2, 2, 2),
                // Some of these windows lie in the padding alone.
                new Window(1, 2, 1, 1, 2, 3, 1, 2, 1, 1));
    }

    @Test
    void windowsHaveTheirLargest() throws Exception {
        for (var window : windows()) {
            var shape = Shape.of(3, window.rows(6), window.columns(8));
            operation(Datapath.wide(), shape, new Operation.MaxPool(window));
        }
    }

    @Test
    void functionsAreTablesOrLimits() throws Exception {
        for (var function :
                List.of(
                        new Function.Relu(),
                        new Function.Clip(-1, 1.5f),
                        new Function.LeakyRelu(0.1f),
                        new Function.Sigmoid(),
                        new Function.HardSigmoid(0.2f, 0.5f),
                        new Function.HardSwish(),
                        new Function.Tanh())) {
            operation(Datapath.wide(), SAME, new Operation.Pointwise(function));
        }
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void elementsAreMoved(Datapath datapath) throws Exception {
        operation(datapath, Shape.of(8, 3, 6), new Operation.Transpose(List.of(2, 0, 1)));
        operation(datapath, Shape.of(144), new Operation.Reshape());
        operation(datapath, Shape.of(9, 16), new Operation.Reshape());
        operation(
                datapath,
                Shape.of(2, 3, 4),
                new Operation.Slice(List.of(0, 5, 7), List.of(2, -2, -2)));
        operation(
                datapath,
                Shape.of(3, 2, 3),
                new Operation.Slice(List.of(0, 1, 2), List.of(1, 3, 2)));
        operation(
                datapath,
                Shape.of(4, 8, 9),
                new Operation.Pad(List.of(0, 2, 1), List.of(1, 0, 0), -0.7f));
        operation(datapath, Shape.of(5, 6, 8), new Operation.Concat(0), Shape.of(2, 6, 8));
        nodes.clear();
        input(3, 6, 8);
        add(new Operation.Pointwise(new Function.Sigmoid()), SAME, 0);
        add(new Operation.Concat(2), Shape.of(3, 6, 24), 0, 1, 0);
        agree(new SplittableRandom(8), datapath);
    }

    @Test
    void aSoftmaxAtTheEndLeavesTheLogits() throws Exception {
        operation(Datapath.wide(), SAME, new Operation.Softmax(0));
    }
}
