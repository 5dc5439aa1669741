package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Grid;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers in integers, held to the bit against the definition in plain loops and unbounded integers.
 */
class MultiplicationTest {

    /** A convolution to try: channels in and out, groups, window, image. */
    record Case(int inputs, int outputs, int groups, Window window, int height, int width) {}

    static List<Case> cases() {
        return List.of(
                new Case(1, 1, 1, Window.square(1, 1, 0), 1, 1),
                new Case(3, 5, 1, Window.square(3, 1, 1), 9, 7),
                new Case(4, 6, 2, Window.square(3, 2, 1), 11, 8),
                new Case(6, 6, 6, Window.square(3, 1, 1), 6, 5),
                new Case(3, 2, 1, new Window(2, 5, 3, 1, 0, 2, 1, 4, 1, 1), 8, 9),
                new Case(2, 4, 1, new Window(3, 3, 1, 2, 3, 1, 0, 5, 2, 3), 12, 11),
                new Case(8, 3, 1, Window.square(5, 4, 2), 23, 40));
    }

    static List<Datapath> datapaths() {
        return List.of(
                Datapath.wide(),
                new Datapath(12, Overflow.WRAP, new Requantizer.Shifts(2), Padding.NEAREST_LEVEL),
                new Datapath(12, Overflow.SATURATE, new Requantizer.Shifts(1), Padding.ZERO),
                new Datapath(40, Overflow.WRAP, new Requantizer.Multiplier(8), Padding.ZERO),
                new Datapath(
                        64, Overflow.WRAP, new Requantizer.Multiplier(32), Padding.NEAREST_LEVEL),
                new Datapath(24, Overflow.WRAP, new Requantizer.Thresholds(), Padding.ZERO),
                new Datapath(
                        8,
                        Overflow.SATURATE,
                        new Requantizer.Thresholds(),
                        Rounding.HALF_EVEN,
                        Padding.NEAREST_LEVEL),
                new Datapath(
                        16,
                        Overflow.WRAP,
                        new Requantizer.Shifts(1),
                        Rounding.HALF_EVEN,
                        Padding.ZERO),
                new Datapath(
                        11,
                        Overflow.WRAP,
                        new Requantizer.Multiplier(16),
                        Rounding.HALF_AWAY,
                        Padding.ZERO),
                new Datapath(
                        32,
                        Overflow.WRAP,
                        new Requantizer.Shifts(1),
                        Rounding.HALF_AWAY,
                        Padding.NEAREST_LEVEL),
                new Datapath(
                        20,
                        Overflow.SATURATE,
                        new Requantizer.Shifts(3),
                        Rounding.FLOOR,
                        Padding.ZERO));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyShapeAndDatapathEqualsTheDefinition(Case shape) {
        var random = new SplittableRandom(shape.hashCode());
        var window = shape.window();
        var input = Shape.of(shape.inputs(), shape.height(), shape.width());
        var output =
                Shape.of(
                        shape.outputs(),
                        window.rows(shape.height()),
                        window.columns(shape.width()));
        var convolution =
                Examples.convolution(
                        random,
                        shape.outputs(),
                        shape.inputs() / shape.groups(),
                        shape.groups(),
                        window);
        var node = new Node("layer", convolution, List.of(0), output);
        double[] scales =
                IntStream.range(0, shape.outputs()).mapToDouble(i -> 0.02 + 0.01 * i).toArray();
        for (var datapath : datapaths()) {
            for (var grid : List.of(Examples.uniform(8, 0.05), Examples.withoutZero(0.3))) {
                var layer =
                        Examples.layer(
                                node,
                                Examples.uniform(6, scales),
                                grid,
                                biases(random, shape.outputs()));
                check(node, input, layer, datapath, random);
            }
        }
    }

    /** Codes of 9 to 16 bits of either operand; products of 16 bits by 16 need 64-bit sums. */
    @ParameterizedTest
    @CsvSource({"9, 9", "12, 16", "16, 8", "16, 16"})
    void codesOfUpTo16BitsEqualTheDefinition(int weightBits, int activationBits) {
        var random = new SplittableRandom(weightBits);
        var datapaths =
                List.of(
                        new Datapath(
                                48, Overflow.WRAP, new Requantizer.Multiplier(32), Padding.ZERO),
                        new Datapath(
                                36,
                                Overflow.SATURATE,
                                new Requantizer.Thresholds(),
                                Padding.NEAREST_LEVEL),
                        new Datapath(
                                32,
                                Overflow.WRAP,
                                new Requantizer.Shifts(2),
                                Rounding.HALF_EVEN,
                                Padding.ZERO));
        var grids =
                List.of(
                        Examples.uniform(activationBits, Math.scalb(14, -activationBits)),
                        Grid.of(
                                new Encoding.Uniform(activationBits, false, 0),
                                Math.scalb(7, -activationBits)),
                        Grid.of(
                                new Encoding.Uniform(activationBits, false, 200),
                                Math.scalb(7, -activationBits)));
        for (int groups : new int[] {1, 2, 6}) { // of all, of some, and of each channel
            var window = Window.square(3, 2, 1);
            var shape = Shape.of(6, window.rows(4), window.columns(3));
            var operation = Examples.convolution(random, 6, 6 / groups, groups, window);
            var node = new Node("layer", operation, List.of(0), shape);
            for (var datapath : datapaths) {
                for (var grid : grids) {
                    var weights = Examples.uniform(weightBits, Math.scalb(2, -weightBits));
                    var layer = Examples.layer(node, weights, grid, biases(random, 6));
                    check(node, Shape.of(6, 4, 3), layer, datapath, random);
                }
            }
        }
    }

    @Test
    void aDenseLayerEqualsTheDefinition() {
        var random = new SplittableRandom(3);
        var dense = new Operation.Dense(Examples.tensor(random, 7, 33), Optional.empty());
        var node = new Node("dense", dense, List.of(0), Shape.of(7));
        for (var datapath : datapaths()) {
            check(
                    node,
                    Shape.of(33),
                    Examples.layer(
                            node,
                            Examples.uniform(4, 0.1),
                            Examples.uniform(8, 0.01),
                            biases(random, 7)),
                    datapath,
                    random);
        }
    }

    @Test
    void sumsBeyond32BitsAreExact() {
        var random = new SplittableRandom(4);
        var dense = new Operation.Dense(Examples.tensor(random, 2, 5000), Optional.empty());
        var node = new Node("dense", dense, List.of(0), Shape.of(2));
        check(
                node,
                Shape.of(5000),
                Examples.layer(
                        node,
                        Examples.uniform(12, 5e-4),
                        Examples.uniform(13, 1e-4),
                        biases(random, 2)),
                new Datapath(64, Overflow.WRAP, new Requantizer.Multiplier(32), Padding.ZERO),
                random);
    }

    private static List<Float> biases(SplittableRandom random, int count) {
        return IntStream.range(0, count).mapToObj(i -> (float) random.nextDouble(-3, 3)).toList();
    }

    private static void check(
            Node node,
            Shape input,
            QuantizedLayer layer,
            Datapath datapath,
            SplittableRandom random) {
        double inputScale = 1.0 / 4096;
        double outputScale = 1.0 / 1024;
        var step =
                new Multiplication(
                        node, input, layer, inputScale, outputScale, datapath, Kernels.scalar());
        int[][] images = {
            Examples.wide(random, input.size()),
            new int[input.size()],
            Examples.wide(random, input.size())
        };
        var overflows = new LongAdder();
        int[][] results = step.run(new int[][][] {images}, overflows);
        long expectedOverflows = 0;
        for (int image = 0; image < images.length; image++) {
            var definition = new Definition(node, input, layer, inputScale, outputScale, datapath);
            assertThat(results[image]).isEqualTo(definition.run(images[image]));
            assertThat(step.accumulators(images[image]))
                    .isEqualTo(definition.accumulators(images[image]));
            expectedOverflows += definition.overflows;
        }
        assertThat(overflows.sum()).isEqualTo(expectedOverflows);
    }

    /** What a layer is, in loops that can be read, and in numbers that cannot overflow. */
    private static final class Definition {

        private final Node node;
        private final Shape input;
        private final QuantizedLayer layer;
        private final double inputScale;
        private final double outputScale;
        private final Datapath datapath;
        private final Map<Integer, Long> activations = new HashMap<>();
        private final long padding;
        private long overflows;

        Definition(
                Node node,
                Shape input,
                QuantizedLayer layer,
                double inputScale,
                double outputScale,
                Datapath datapath) {
            this.node = node;
            this.input = input;
            this.layer = layer;
            this.inputScale = inputScale;
            this.outputScale = outputScale;
            this.datapath = datapath;
            this.padding =
                    datapath.padding() == Padding.ZERO
                            ? 0
                            : level(layer.activations().grid().orElseThrow(), 0, 1);
        }

        int[] run(int[] image) {
            int outputs = node.shape().extent(0);
            int plane = node.shape().size() / outputs;
            var result = new int[node.shape().size()];
            for (int channel = 0; channel < outputs; channel++) {
                for (int pixel = 0; pixel < plane; pixel++) {
                    result[channel * plane + pixel] =
                            requantize(sum(image, channel, pixel), channel);
                }
            }
            return result;
        }

        long[] accumulators(int[] image) {
            int outputs = node.shape().extent(0);
            int plane = node.shape().size() / outputs;
            var held = new long[node.shape().size()];
            for (int i = 0; i < held.length; i++) {
                held[i] = held(sum(image, i / plane, i % plane)).longValueExact();
            }
            return held;
        }

        private BigInteger sum(int[] image, int channel, int pixel) {
            long sum = 0;
            int[] levels = layer.held().levels();
            if (node.operation() instanceof Operation.Dense dense) {
                for (int k = 0; k < input.size(); k++) {
                    sum += (long) levels[channel * input.size() + k] * activation(image[k]);
                }
                return BigInteger.valueOf(sum);
            }
            var convolution = (Operation.Convolution) node.operation();
            var window = convolution.window();
            int inputsOfGroup = convolution.weights().shape().extent(1);
            int group = channel / (node.shape().extent(0) / convolution.groups());
            int y = pixel / node.shape().extent(2) * window.strideY() - window.top();
            int x = pixel % node.shape().extent(2) * window.strideX() - window.left();
            int k = 0;
            for (int c = 0; c < inputsOfGroup; c++) {
                for (int dy = 0; dy < window.height(); dy++) {
                    for (int dx = 0; dx < window.width(); dx++, k++) {
                        int each = inputsOfGroup * window.height() * window.width();
                        long weight = levels[channel * each + k];
                        int fromY = y + dy * window.dilationY();
                        int fromX = x + dx * window.dilationX();
                        boolean inside =
                                fromY >= 0
                                        && fromY < input.extent(1)
                                        && fromX >= 0
                                        && fromX < input.extent(2);
                        long operand =
                                inside
                                        ? activation(
                                                image[
                                                        ((group * inputsOfGroup + c)
                                                                                        * input
                                                                                                .extent(
                                                                                                        1)
                                                                                + fromY)
                                                                        * input.extent(2)
                                                                + fromX])
                                        : padding;
                        sum += weight * operand;
                    }
                }
            }
            return BigInteger.valueOf(sum);
        }

        private long activation(int wide) {
            var grid = layer.activations().grid().orElseThrow();
            return activations.computeIfAbsent(
                    wide, x -> level(grid, x * inputScale, grid.scale(0)));
        }

        /** The nearest level, of two equally near the upper. */
        private static long level(Grid grid, double value, double scale) {
            double wanted = value / scale;
            int best = grid.level(0);
            for (int level : grid.levels()) {
                if (Math.abs(wanted - level) <= Math.abs(wanted - best)) {
                    best = level;
                }
            }
            return best;
        }

        private int requantize(BigInteger sum, int channel) {
            var whole = sum;
            sum = held(whole);
            overflows += sum.equals(whole) ? 0 : 1;
            // sum x factor + bias in units of the output, rounded; the fixed point has bits to
            // spare beyond any sum here, but its last place may decide a tie, so the same number
            // is used.
            double ratio = layer.activations().grid().orElseThrow().scale(0) / outputScale;
            double scale = layer.held().grid().orElseThrow().scale(channel);
            var factor = FixedPoint.of(scale * ratio, datapath, bound(channel));
            return FixedPointTest.definition(
                            factor,
                            sum.longValueExact(),
                            factor.addend(layer.bias().get(channel) / outputScale))
                    .max(BigInteger.valueOf(-32768))
                    .min(BigInteger.valueOf(32767))
                    .intValueExact();
        }

        /** What the accumulator makes of a sum. */
        private BigInteger held(BigInteger sum) {
            var limit = BigInteger.ONE.shiftLeft(datapath.accumulatorBits() - 1);
            return datapath.overflow() == Overflow.SATURATE
                    ? sum.min(limit.subtract(BigInteger.ONE)).max(limit.negate())
                    : sum.add(limit).mod(limit.shiftLeft(1)).subtract(limit);
        }

        private long bound(int channel) {
            var weights = Layers.weights(node);
            int each = weights.size() / weights.shape().extent(0);
            long bound = 0;
            for (int k = 0; k < each; k++) {
                bound += Math.abs((long) layer.held().levels()[channel * each + k]);
            }
            bound *= layer.activations().grid().orElseThrow().absMax();
            long limit =
                    datapath.accumulatorBits() == 64
                            ? Long.MAX_VALUE
                            : (1L << (datapath.accumulatorBits() - 1)) - 1;
            return Math.max(1, Math.min(bound, limit));
        }
    }
}
