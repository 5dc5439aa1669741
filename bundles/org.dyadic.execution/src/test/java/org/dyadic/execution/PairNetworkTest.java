package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
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
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Grid;
import org.dyadic.kernels.Kernels;
import org.dyadic.kernels.PairKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network on pairs of images gives what its definition gives, to the bit. */
class PairNetworkTest {

    private static final List<Datapath> DATAPATHS =
            List.of(
                    Datapath.wide(),
                    new Datapath(
                            32,
                            Overflow.WRAP,
                            new Requantizer.Shifts(2),
                            Rounding.FLOOR,
                            Padding.NEAREST_LEVEL),
                    new Datapath(
                            32,
                            Overflow.SATURATE,
                            new Requantizer.Multiplier(32),
                            Rounding.HALF_EVEN,
                            Padding.ZERO),
                    new Datapath(
                            14,
                            Overflow.WRAP,
                            new Requantizer.Multiplier(16),
                            Rounding.HALF_UP,
                            Padding.ZERO),
                    new Datapath(
                            32,
                            Overflow.SATURATE,
                            new Requantizer.Multiplier(8),
                            Rounding.HALF_UP,
                            Padding.ZERO));

    /** A network of random operations that grows node by node. */
    private static final class Growing {
        final SplittableRandom random;
        final List<Node> nodes = new ArrayList<>();
        final Map<Integer, QuantizedLayer> layers = new HashMap<>();
        final List<Double> magnitudes = new ArrayList<>();
        final int bits; // of uniform codes; of codes of any kind if zero

        Growing(SplittableRandom random, Shape input) {
            this(random, input, 0);
        }

        Growing(SplittableRandom random, Shape input, int bits) {
            this.random = random;
            this.bits = bits;
            nodes.add(new Node("image", new Operation.Input(), List.of(), input));
            magnitudes.add(4.0);
        }

        Shape shape(int node) {
            return nodes.get(node).shape();
        }

        int last() {
            return nodes.size() - 1;
        }

        int add(Operation operation, Shape shape, Integer... inputs) {
            nodes.add(new Node("n" + nodes.size(), operation, List.of(inputs), shape));
            magnitudes.add(random.nextDouble(2, 8));
            return last();
        }

        int convolution(int input, int outputs, int groups, Window window) {
            var from = shape(input);
            var operation =
                    Examples.convolution(random, outputs, from.extent(0) / groups, groups, window);
            int node =
                    add(
                            operation,
                            Shape.of(
                                    outputs,
                                    window.rows(from.extent(1)),
                                    window.columns(from.extent(2))),
                            input);
            quantize(node);
            return node;
        }

        int dense(int input, int outputs) {
            int node =
                    add(
                            new Operation.Dense(
                                    Examples.tensor(random, outputs, shape(input).size()),
                                    Optional.empty()),
                            Shape.of(outputs),
                            input);
            quantize(node);
            return node;
        }

        private void quantize(int node) {
            if (bits > 0) {
                quantize(
                        node,
                        Examples.uniform(bits, Math.scalb(2, -bits)),
                        Grid.of(
                                new Encoding.Uniform(bits, false, random.nextInt(2) << bits - 2),
                                Math.scalb(6, -bits)));
                return;
            }
            Grid weights =
                    switch (random.nextInt(4)) {
                        case 0 -> Examples.uniform(8, 1.0 / 127);
                        case 1 -> Examples.withoutZero(0.05);
                        default -> Examples.uniform(4, 1.0 / 7);
                    };
            double step = random.nextDouble(0.05, 0.2);
            Grid activations =
                    switch (random.nextInt(5)) {
                        case 0 -> Examples.uniform(8, step / 16);
                        case 1 -> Examples.withoutZero(step);
                        case 2 -> wild(step);
                        default ->
                                new Grid(
                                        new Encoding.Uniform(4, false, 0),
                                        java.util.stream.IntStream.range(0, 16).toArray(),
                                        new double[] {step});
                    };
            quantize(node, weights, activations);
        }

        private void quantize(int node, Grid weights, Grid activations) {
            int outputs = nodes.get(node).shape().extent(0);
            var bias = new ArrayList<Float>();
            for (int i = 0; i < outputs; i++) {
                bias.add((float) random.nextDouble(-1, 1));
            }
            layers.put(node, Examples.layer(nodes.get(node), weights, activations, bias));
        }

        /** More levels than are compared one by one, and unevenly spaced. */
        private static Grid wild(double step) {
            return Grid.of(
                    new Encoding.PowerSum(
                            false,
                            List.of(List.of(0, 1, 2, 4, 8, 16, 32, 64), List.of(0, 128, 256, 512))),
                    step / 40);
        }

        int relu(int input) {
            return add(new Operation.Pointwise(new Function.Relu()), shape(input), input);
        }

        QuantizedNetwork network() {
            return new QuantizedNetwork(
                    new Network("random", nodes, last(), true, Map.of()), layers, magnitudes);
        }
    }

    private static void check(QuantizedNetwork quantized, SplittableRandom random) {
        check(quantized, random, DATAPATHS);
    }

    private static void check(
            QuantizedNetwork quantized, SplittableRandom random, List<Datapath> datapaths) {
        for (var datapath : datapaths) {
            var definition =
                    new IntegerNetwork(quantized, datapath, Normalisation.none(), Kernels.scalar());
            for (int pairs = 1; pairs <= 3; pairs++) {
                var network = new PairNetwork(definition, PairKernels.scalar(), 1, pairs);
                for (int count = 1; count <= 5; count += 2) {
                    var images = images(random, count, quantized.network().inputShape().size());
                    var expectedOverflows = new LongAdder();
                    var overflows = new LongAdder();
                    assertThat(network.run(images, overflows))
                            .as("%s, %d pairs, %d images", datapath, pairs, count)
                            .isDeepEqualTo(definition.run(images, expectedOverflows));
                    assertThat(overflows.sum()).isEqualTo(expectedOverflows.sum());
                }
            }
        }
    }

    private static byte[][] images(SplittableRandom random, int count, int size) {
        var images = new byte[count][size];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        return images;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void residualNetworks(int seed) {
        var random = new SplittableRandom(seed);
        var growing = new Growing(random, Shape.of(3, 9, 8));
        int stem = growing.relu(growing.convolution(0, 20, 1, Window.square(3, 1, 1)));
        int first = growing.relu(growing.convolution(stem, 24, 1, Window.square(3, 2, 1)));
        int second = growing.convolution(first, 40, 1, Window.square(3, 1, 1));
        int shortcut = growing.convolution(stem, 40, 1, Window.square(1, 2, 0));
        var shape = growing.shape(second);
        int sum =
                growing.relu(
                        seed % 2 == 0
                                ? growing.add(new Operation.Add(), shape, second, shortcut)
                                : growing.add(new Operation.Add(), shape, shortcut, second));
        int third = growing.convolution(sum, 40, 1, Window.square(3, 1, 1));
        int other = growing.add(new Operation.Add(), shape, third, sum);
        int depthwise = growing.convolution(other, 40, 40, Window.square(3, 1, 1));
        int swish =
                growing.add(
                        new Operation.Pointwise(new Function.HardSwish()),
                        growing.shape(depthwise),
                        depthwise);
        int twice = growing.add(new Operation.Add(), shape, swish, other);
        int pooled =
                growing.add(
                        new Operation.MaxPool(Window.square(3, 2, 1)), Shape.of(40, 3, 2), twice);
        int grouped = growing.convolution(pooled, 20, 2, Window.square(1, 1, 0));
        int mean = growing.add(new Operation.Mean(List.of(1, 2)), Shape.of(20, 1, 1), grouped);
        int flat = growing.add(new Operation.Reshape(), Shape.of(20), mean);
        growing.dense(flat, 11);
        check(growing.network(), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 12, 14, 16})
    void wideCodes(int bits) {
        var random = new SplittableRandom(bits);
        var growing = new Growing(random, Shape.of(3, 9, 8), bits);
        int stem = growing.relu(growing.convolution(0, 20, 1, Window.square(3, 1, 1)));
        int first = growing.convolution(stem, 20, 1, Window.square(3, 1, 1));
        int sum = growing.relu(growing.add(new Operation.Add(), Shape.of(20, 9, 8), first, stem));
        int depthwise = growing.convolution(sum, 20, 20, Window.square(3, 1, 1));
        int pooled =
                growing.add(
                        new Operation.MaxPool(Window.square(3, 2, 1)),
                        Shape.of(20, 5, 4),
                        depthwise);
        int grouped = growing.convolution(pooled, 20, 2, Window.square(1, 1, 0));
        int mean = growing.add(new Operation.Mean(List.of(1, 2)), Shape.of(20, 1, 1), grouped);
        growing.dense(growing.add(new Operation.Reshape(), Shape.of(20), mean), 11);
        var datapaths =
                List.of(
                        Datapath.wide(),
                        new Datapath(
                                48, Overflow.WRAP, new Requantizer.Multiplier(32), Padding.ZERO),
                        new Datapath(
                                48,
                                Overflow.SATURATE,
                                new Requantizer.Thresholds(),
                                Padding.NEAREST_LEVEL));
        check(growing.network(), random, datapaths);
        var kernels =
                new PairNetwork(
                                new IntegerNetwork(
                                        growing.network(),
                                        datapaths.get(1),
                                        Normalisation.none(),
                                        Kernels.scalar()),
                                PairKernels.scalar())
                        .kernels();
        // Sums of more than 32 bits are left to the definition, and the report says so.
        assertThat(kernels.get("n" + first))
                .startsWith(bits == 9 ? "float32" : bits > 12 ? "scalar" : "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void awkwardWindows(int seed) {
        var random = new SplittableRandom(seed);
        var growing = new Growing(random, Shape.of(2, 13, 11));
        int a = growing.convolution(0, 16, 1, new Window(2, 5, 3, 1, 0, 2, 1, 4, 1, 1));
        int b = growing.convolution(a, 33, 1, new Window(3, 2, 1, 2, 3, 1, 0, 5, 2, 3));
        int c = growing.convolution(b, 33, 33, new Window(2, 3, 2, 1, 1, 1, 1, 2, 1, 1));
        growing.relu(c);
        growing.dense(
                growing.add(new Operation.Reshape(), Shape.of(growing.shape(c).size()), c + 1), 3);
        check(growing.network(), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 33, 64})
    void windowsOf3x3TakeFewerProducts(int channels) {
        var random = new SplittableRandom(channels);
        var growing = new Growing(random, Shape.of(channels, 7, 9));
        var window = new Window(3, 3, 1, 1, 1, 0, 0, 1, 1, 1);
        int node =
                growing.add(
                        Examples.convolution(random, 32, channels, 1, window),
                        Shape.of(32, window.rows(7), window.columns(9)),
                        0);
        var levels =
                new Grid(
                        new Encoding.Uniform(4, false, 0),
                        java.util.stream.IntStream.range(0, 16).toArray(),
                        new double[] {20});
        var bias = java.util.Collections.nCopies(32, 0.5f);
        growing.layers.put(
                node,
                Examples.layer(
                        growing.nodes.get(node), Examples.uniform(4, 1.0 / 7), levels, bias));
        var definition =
                new IntegerNetwork(
                        growing.network(), Datapath.wide(), Normalisation.none(), Kernels.scalar());
        assertThat(new PairNetwork(definition, PairKernels.scalar()).kernels().get("n1"))
                .startsWith("int16 Winograd");
        check(growing.network(), random);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 40})
    void weightsOfDepthwiseLayersAreCutWhereSumsWouldNotFit(int channels) {
        var random = new SplittableRandom(channels);
        var growing = new Growing(random, Shape.of(channels, 7, 9));
        var window = Window.square(3, 2, 1);
        int node =
                growing.add(
                        Examples.convolution(random, channels, 1, channels, window),
                        Shape.of(channels, window.rows(7), window.columns(9)),
                        0);
        var bias = java.util.Collections.nCopies(channels, 0.5f);
        growing.layers.put(
                node,
                Examples.layer(
                        growing.nodes.get(node),
                        Examples.uniform(8, 1.0 / 127),
                        Examples.uniform(8, 1.5),
                        bias));
        var definition =
                new IntegerNetwork(
                        growing.network(), Datapath.wide(), Normalisation.none(), Kernels.scalar());
        assertThat(new PairNetwork(definition, PairKernels.scalar()).kernels().get("n1"))
                .isEqualTo("int16 in two parts");
        check(growing.network(), random);
    }

    @Test
    void aSingleImageIsTheSameOnSeveralThreads() {
        var random = new SplittableRandom(4);
        var growing = new Growing(random, Shape.of(3, 40, 38)); // large enough to be shared
        int first = growing.relu(growing.convolution(0, 32, 1, Window.square(3, 1, 1)));
        int second = growing.convolution(first, 64, 1, Window.square(1, 1, 0));
        int third = growing.convolution(second, 64, 64, Window.square(3, 2, 1));
        growing.add(new Operation.Mean(List.of(1, 2)), Shape.of(64, 1, 1), third);
        check(growing.network(), random);
    }

    @Test
    void aConstantIsAddedAndTheResultIsReadTwice() {
        var random = new SplittableRandom(9);
        var growing = new Growing(random, Shape.of(4, 5, 5));
        int layer = growing.convolution(0, 16, 1, Window.square(3, 1, 1));
        int constant =
                growing.add(
                        new Operation.Constant(Examples.tensor(random, 16, 5, 5)),
                        Shape.of(16, 5, 5));
        int sum = growing.add(new Operation.Add(), Shape.of(16, 5, 5), layer, constant);
        int twice = growing.add(new Operation.Multiply(), Shape.of(16, 5, 5), sum, sum);
        growing.add(new Operation.Add(), Shape.of(16, 5, 5), twice, twice);
        check(growing.network(), random);
    }

    @Test
    void everySecondPixelStandsBetweenChannelsOfZeros() {
        var random = new SplittableRandom(6);
        var growing = new Growing(random, Shape.of(3, 8, 8));
        int layer = growing.convolution(0, 16, 1, Window.square(3, 1, 1));
        int half =
                growing.add(
                        new Operation.Slice(List.of(0, 0, 0), List.of(1, 2, 2)),
                        Shape.of(16, 4, 4),
                        layer);
        growing.add(
                new Operation.Pad(List.of(16, 0, 0), List.of(8, 0, 0), 0),
                Shape.of(40, 4, 4),
                half);
        check(growing.network(), random);
    }

    @Test
    void reportsNameTheKernelOfEachLayer() {
        var random = new SplittableRandom(1);
        var growing = new Growing(random, Shape.of(3, 6, 6));
        growing.convolution(0, 8, 1, Window.square(3, 1, 1));
        growing.dense(growing.add(new Operation.Reshape(), Shape.of(8 * 36), growing.last()), 4);
        var definition =
                new IntegerNetwork(
                        growing.network(), Datapath.wide(), Normalisation.none(), Kernels.scalar());
        assertThat(new PairNetwork(definition, PairKernels.scalar()).kernels())
                .containsOnlyKeys("n1", "n3");
    }
}
