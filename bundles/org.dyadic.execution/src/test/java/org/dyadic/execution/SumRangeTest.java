package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
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

class SumRangeTest {

    private static final Grid UNSIGNED = Grid.of(new Encoding.Uniform(2, false, 0), 0.3);

    private final SplittableRandom random = new SplittableRandom(17);

    /** Every image there is, of few levels and taps: the extremes are reached, and not passed. */
    @Test
    void theRangeIsThatOfAllImages() {
        for (int trial = 0; trial < 20; trial++) {
            for (var grid :
                    List.of(
                            UNSIGNED,
                            Examples.uniform(2, 0.3),
                            new Grid(new Encoding.Uniform(3, false, 0), new int[] {2, 5, 6}, 0.3),
                            new Grid(new Encoding.Uniform(3, true, 0), new int[] {-4, -3}, 0.3))) {
                var window = new Window(1, 3, 1, 1, 0, trial % 2, 0, 0, 1, 1);
                var convolution = Examples.convolution(random, 2, 1, 1, window);
                var node = node(convolution, Shape.of(2, 1, 1));
                var layer = layer(node, Examples.uniform(4, 0.15), grid, 2);
                for (var padding : Padding.values()) {
                    assertThat(SumRange.of(convolution, layer, padding))
                            .as("%s, %s, %s", grid, window, padding)
                            .isEqualTo(exhausted(layer.held().levels(), grid, trial % 2, padding));
                }
            }
        }
    }

    /** The extremes over every choice of levels; the first tap may lie beyond the border. */
    private static SumRange exhausted(int[] weights, Grid grid, int beyond, Padding padding) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        var choices = new java.util.TreeSet<Integer>();
        for (int level : grid.levels()) {
            choices.add(level);
        }
        if (beyond > 0) {
            choices.add(padding == Padding.ZERO ? 0 : grid.level(grid.nearest(0, 0)));
        }
        for (int channel = 0; channel < weights.length / 3; channel++) {
            for (int a : choices) {
                for (int b : choices) {
                    for (int c : choices) {
                        long sum =
                                (long) weights[3 * channel] * a
                                        + (long) weights[3 * channel + 1] * b
                                        + (long) weights[3 * channel + 2] * c;
                        min = Math.min(min, sum);
                        max = Math.max(max, sum);
                    }
                }
            }
        }
        return new SumRange(min, max);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "0, 1, 2",
        "-1, 0, 1",
        "-2, 1, 2",
        "-2, 2, 3",
        "-128, 127, 8",
        "-129, 0, 9",
        "0, 128, 9",
        "-9223372036854775808, 0, 64",
        "0, 9223372036854775807, 64"
    })
    void bitsAreThoseOfTwosComplement(long min, long max, int bits) {
        var range = new SumRange(min, max);
        assertThat(range.bits()).isEqualTo(bits);
        for (int have = 8; have <= 64; have++) {
            assertThat(range.fits(accumulator(have))).isEqualTo(have >= bits);
        }
    }

    /** An accumulator of so many bits never overflows, and one of a bit less does. */
    @Test
    void theBitsSufficeAndOneLessDoesNot() {
        for (int trial = 0; trial < 10; trial++) {
            var dense =
                    new Operation.Dense(Examples.tensor(random, 1, 40), java.util.Optional.empty());
            var node = node(dense, Shape.of(1));
            var layer = layer(node, Examples.uniform(6, 0.03), UNSIGNED, 1);
            var range = SumRange.of(dense, layer, Padding.ZERO);
            // the images that reach the two ends
            var lowest = new int[40];
            var highest = new int[40];
            int[] weights = layer.held().levels();
            for (int k = 0; k < 40; k++) {
                lowest[k] = weights[k] < 0 ? Wide.MAX : 0;
                highest[k] = weights[k] > 0 ? Wide.MAX : 0;
            }
            assertThat(overflows(node, layer, range.bits(), lowest, highest)).isZero();
            assertThat(overflows(node, layer, range.bits() - 1, lowest, highest)).isPositive();
        }
    }

    private static long overflows(Node node, QuantizedLayer layer, int bits, int[]... images) {
        var counted = new LongAdder();
        new Multiplication(
                        node,
                        Shape.of(40),
                        layer,
                        1.0 / 4096,
                        1.0 / 1024,
                        accumulator(bits),
                        Kernels.scalar())
                .run(new int[][][] {images}, counted);
        return counted.sum();
    }

    @Test
    void aNarrowAccumulatorIsToldWithTheLayerTheBitsAndWhatToDo() {
        var small = Examples.convolution(random, 2, 1, 1, Window.square(1, 1, 0));
        var large = Examples.convolution(random, 2, 2, 1, Window.square(3, 1, 1));
        var network =
                Examples.chain(
                        Shape.of(1, 4, 4),
                        List.of(small, large),
                        List.of(Shape.of(2, 4, 4), Shape.of(2, 4, 4)));
        var quantized =
                new QuantizedNetwork(
                        network,
                        Map.of(
                                1, layer(network.node(1), Examples.uniform(4, 0.15), UNSIGNED, 2),
                                2, layer(network.node(2), Examples.uniform(8, 0.01), UNSIGNED, 2)),
                        List.of(1.0, 1.0, 1.0));
        var ranges = SumRange.of(quantized, Padding.ZERO);
        assertThat(ranges).containsOnlyKeys(1, 2);
        int needed = ranges.get(2).bits();
        assertThat(needed).isGreaterThan(8).isGreaterThan(ranges.get(1).bits());

        assertThat(SumRange.wide(quantized)).isEqualTo(Datapath.wide());
        assertThat(SumRange.overflowing(quantized, accumulator(needed))).isEmpty();
        assertThat(SumRange.overflowing(quantized, accumulator(8)))
                .contains(
                        "sums of layer n1 may need "
                                + needed
                                + " bits, and the accumulator has 8; so it is with 1 of 2 layers."
                                + " Sums that overflow wrap and are counted; accumulator "
                                + needed
                                + " would hold them all, or fewer bits of weights or activations");
    }

    @Test
    void whereNoMachineLimitsItNoSumOverflows() {
        var convolution = Examples.convolution(random, 2, 3, 1, Window.square(3, 1, 1));
        var network =
                Examples.chain(Shape.of(3, 4, 4), List.of(convolution), List.of(Shape.of(2, 4, 4)));
        var codes = Examples.uniform(16, 0x1p-15);
        var quantized =
                new QuantizedNetwork(
                        network,
                        Map.of(1, layer(network.node(1), codes, codes, 2)),
                        List.of(1.0, 1.0));
        assertThat(SumRange.overflowing(quantized, Datapath.wide())).isPresent();
        assertThat(SumRange.overflowing(quantized, SumRange.wide(quantized))).isEmpty();
    }

    private static Datapath accumulator(int bits) {
        return new Datapath(bits, Overflow.WRAP, new Requantizer.Multiplier(32), Padding.ZERO);
    }

    private static Node node(Operation operation, Shape shape) {
        return new Node("layer", operation, List.of(0), shape);
    }

    private static QuantizedLayer layer(Node node, Grid weights, Grid activations, int channels) {
        return Examples.layer(node, weights, activations, Collections.nCopies(channels, 0f));
    }
}
