package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.dyadic.network.FloatNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operations on wide integers come within a step of what float execution makes of the same values.
 */
class StepsTest {

    private static final Datapath EXACT = Datapath.wide();
    private static final double IN = 1.0 / 2048;
    private static final double OUT = 1.0 / 1024;

    private final SplittableRandom random = new SplittableRandom(11);

    private void check(
            Step.OfImage step,
            Operation operation,
            List<Shape> inputs,
            Shape shape,
            double outputScale,
            double slack) {
        var given = new int[inputs.size()][];
        var floats = new float[inputs.size() + 1][];
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < given.length; i++) {
            given[i] = random.ints(inputs.get(i).size(), -12_000, 12_000).toArray();
            floats[i] = new float[given[i].length];
            for (int k = 0; k < given[i].length; k++) {
                floats[i][k] = (float) (given[i][k] * IN);
            }
            nodes.add(
                    i == 0
                            ? new Node("in", new Operation.Input(), List.of(), inputs.get(i))
                            : new Node(
                                    "c" + i,
                                    new Operation.Pointwise(new Function.Relu()),
                                    List.of(0),
                                    inputs.get(i)));
        }
        nodes.add(
                new Node("n", operation, IntStream.range(0, given.length).boxed().toList(), shape));
        var network = new FloatNetwork(new Network("n", nodes, nodes.size() - 1, true, Map.of()));
        float[] expected = network.evaluate(given.length, floats);
        int[] result = step.runImage(given);
        assertThat(result).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double clipped =
                    Math.max(Wide.MIN * outputScale, Math.min(Wide.MAX * outputScale, expected[i]));
            assertThat(Math.abs(result[i] * outputScale - clipped))
                    .as("element %d", i)
                    .isLessThanOrEqualTo(slack * outputScale * 1.001 + 1e-5);
        }
    }

    @Test
    void additionsBroadcast() {
        var shape = Shape.of(3, 4, 5);
        for (var other : List.of(shape, Shape.of(3, 1, 1), Shape.of(5), Shape.of(4, 1))) {
            var inputs = List.of(shape, other);
            check(
                    Steps.add(shape, inputs, new double[] {IN, IN}, OUT, EXACT),
                    new Operation.Add(),
                    inputs,
                    shape,
                    OUT,
                    0.5);
        }
    }

    @Test
    void productsBroadcast() {
        var shape = Shape.of(3, 4, 5);
        for (var other : List.of(shape, Shape.of(3, 1, 1))) {
            var inputs = List.of(shape, other);
            check(
                    Steps.multiply(shape, inputs, IN * IN / OUT, EXACT),
                    new Operation.Multiply(),
                    inputs,
                    shape,
                    OUT,
                    0.5);
        }
    }

    @Test
    void functionsAreTables() {
        var shape = Shape.of(2, 50);
        for (var function :
                List.of(
                        new Function.Relu(),
                        new Function.Clip(-1, 3),
                        new Function.HardSwish(),
                        new Function.Sigmoid(),
                        new Function.HardSigmoid(0.2f, 0.5f),
                        new Function.LeakyRelu(0.1f),
                        new Function.Tanh())) {
            check(
                    Steps.pointwise(function, IN, OUT),
                    new Operation.Pointwise(function),
                    List.of(shape),
                    shape,
                    OUT,
                    0.5);
            check(
                    Steps.pointwise(function, IN, IN),
                    new Operation.Pointwise(function),
                    List.of(shape),
                    shape,
                    IN,
                    0.5);
        }
    }

    @Test
    void movesAreExact() {
        var input = Shape.of(3, 4, 6);
        check(Steps.reshape(), new Operation.Reshape(), List.of(input), Shape.of(72), IN, 0);
        var transpose = new Operation.Transpose(List.of(2, 0, 1));
        check(
                Steps.transpose(transpose, input, Shape.of(6, 3, 4)),
                transpose,
                List.of(input),
                Shape.of(6, 3, 4),
                IN,
                0);
        var slice = new Operation.Slice(List.of(1, 0, 5), List.of(1, 2, -2));
        check(
                Steps.slice(slice, input, Shape.of(2, 2, 3)),
                slice,
                List.of(input),
                Shape.of(2, 2, 3),
                IN,
                0);
        var pad = new Operation.Pad(List.of(1, 0, 2), List.of(0, 3, 1), 0.5f);
        check(
                Steps.pad(pad, input, Shape.of(4, 7, 9), IN),
                pad,
                List.of(input),
                Shape.of(4, 7, 9),
                IN,
                0);
    }

    @Test
    void concatenationBringsInputsToOneScale() {
        var inputs = List.of(Shape.of(2, 3, 4), Shape.of(5, 3, 4));
        var concat = new Operation.Concat(0);
        check(
                Steps.concat(0, inputs, Shape.of(7, 3, 4), new double[] {IN, IN}, OUT, EXACT),
                concat,
                inputs,
                Shape.of(7, 3, 4),
                OUT,
                0.5);
        check(
                Steps.concat(0, inputs, Shape.of(7, 3, 4), new double[] {IN, IN}, IN, EXACT),
                concat,
                inputs,
                Shape.of(7, 3, 4),
                IN,
                0);
    }

    @Test
    void poolsTakeWhatLiesInTheImage() {
        var input = Shape.of(3, 9, 8);
        for (var window :
                List.of(
                        Window.square(3, 2, 1),
                        Window.square(2, 2, 0),
                        new Window(3, 2, 1, 3, 1, 0, 2, 1, 2, 1))) {
            var output = Shape.of(3, window.rows(9), window.columns(8));
            check(
                    Steps.maxPool(window, input, output),
                    new Operation.MaxPool(window),
                    List.of(input),
                    output,
                    IN,
                    0);
            for (boolean countPadding : new boolean[] {false, true}) {
                var pool = new Operation.AveragePool(window, countPadding);
                check(
                        Steps.averagePool(pool, input, output, IN / OUT, EXACT),
                        pool,
                        List.of(input),
                        output,
                        OUT,
                        0.5);
            }
        }
    }

    @Test
    void meansAreSumsTimesAReciprocal() {
        var input = Shape.of(6, 7, 7);
        check(
                Steps.mean(List.of(1, 2), input, Shape.of(6, 1, 1), IN / OUT, EXACT),
                new Operation.Mean(List.of(1, 2)),
                List.of(input),
                Shape.of(6, 1, 1),
                OUT,
                0.5);
        check(
                Steps.mean(List.of(0), input, Shape.of(7, 7), IN / OUT, EXACT),
                new Operation.Mean(List.of(0)),
                List.of(input),
                Shape.of(7, 7),
                OUT,
                0.5);
    }

    @Test
    void aNormalisationThatStaysScalesAndShiftsEachChannel() {
        var shape = Shape.of(3, 4, 5);
        var normalization =
                new Operation.BatchNormalization(
                        Tensor.of(Shape.of(3), 1.5f, -0.75f, 0.01f),
                        Tensor.of(Shape.of(3), 0.5f, -2, 3),
                        Tensor.of(Shape.of(3), 1, 0.25f, -1),
                        Tensor.of(Shape.of(3), 2, 0.5f, 1),
                        1e-5f);
        check(
                Steps.normalise(normalization, shape, IN, OUT, EXACT),
                normalization,
                List.of(shape),
                shape,
                OUT,
                0.5);
    }

    // To the bit, in numbers that cannot overflow: every machine and every rounding.

    static List<Datapath> datapaths() {
        return Arrays.stream(Rounding.values())
                .flatMap(
                        rounding ->
                                Stream.of(
                                                new Requantizer.Multiplier(32),
                                                new Requantizer.Multiplier(4),
                                                new Requantizer.Shifts(1),
                                                new Requantizer.Shifts(3),
                                                new Requantizer.Thresholds())
                                        .map(
                                                by ->
                                                        new Datapath(
                                                                24,
                                                                Overflow.WRAP,
                                                                by,
                                                                rounding,
                                                                Padding.ZERO)))
                .toList();
    }

    /** Scales that are powers of two are held exactly by all; those of means are not. */
    @ParameterizedTest
    @MethodSource("datapaths")
    void everyStepRoundsOnceAsTheDatapathSays(Datapath datapath) {
        var shape = Shape.of(2, 3, 200);
        int[] a = Examples.wide(random, shape.size());
        int[] b = Examples.wide(random, shape.size());
        var round = datapath.rounding();
        double[] scales = {IN / 8, IN};
        double out = 2 * IN;

        int[] sums =
                Steps.add(shape, List.of(shape, shape), scales, out, datapath)
                        .runImage(new int[][] {a, b});
        int[] products =
                Steps.multiply(shape, List.of(shape, shape), Math.scalb(1.0, -15), datapath)
                        .runImage(new int[][] {a, b});
        int[] joined =
                Steps.concat(0, List.of(shape, shape), Shape.of(4, 3, 200), scales, out, datapath)
                        .runImage(new int[][] {a, b});
        for (int i = 0; i < a.length; i++) {
            assertThat(sums[i]).isEqualTo(rounded(a[i] + 8L * b[i], 4, round));
            assertThat(products[i]).isEqualTo(rounded((long) a[i] * b[i], 15, round));
            assertThat(joined[i]).isEqualTo(rounded(a[i], 4, round));
            assertThat(joined[a.length + i]).isEqualTo(rounded(b[i], 1, round));
        }

        // the mean's scale has the reciprocal of the count in it, so that the factor is 1/256
        double factor = 600.0 / 256;
        int[] means =
                Steps.mean(List.of(1, 2), shape, Shape.of(2, 1, 1), factor, datapath)
                        .runImage(new int[][] {a});
        for (int channel = 0; channel < 2; channel++) {
            long sum = Arrays.stream(a, 600 * channel, 600 * channel + 600).asLongStream().sum();
            assertThat(means[channel]).isEqualTo(rounded(sum, 8, round));
        }

        var window = Window.square(2, 2, 0);
        var pooled = Shape.of(2, 1, 100);
        int[] pools =
                Steps.averagePool(
                                new Operation.AveragePool(window, false),
                                shape,
                                pooled,
                                2,
                                datapath)
                        .runImage(new int[][] {a});
        for (int i = 0; i < pools.length; i++) {
            int at = i / 100 * 600 + 2 * (i % 100);
            long sum = (long) a[at] + a[at + 1] + a[at + 200] + a[at + 201];
            assertThat(pools[i]).isEqualTo(rounded(sum, 1, round));
        }
    }

    @ParameterizedTest
    @MethodSource("datapaths")
    void aFactorThatIsNoPowerOfTwoIsTheOneThatTheMachineHolds(Datapath datapath) {
        var shape = Shape.of(3, 1, 500);
        int[] x = Examples.wide(random, shape.size());
        float[] slopes = {0.7f, -0.3f, 1.9f};
        float[] shifts = {0.25f, -1, 7.5f};
        var normalization =
                new Operation.BatchNormalization(
                        Tensor.of(Shape.of(3), slopes),
                        Tensor.of(Shape.of(3), shifts),
                        Tensor.of(Shape.of(3), 0, 0, 0),
                        Tensor.of(Shape.of(3), 1, 1, 1),
                        0);
        int[] result =
                Steps.normalise(normalization, shape, IN, OUT, datapath).runImage(new int[][] {x});
        for (int i = 0; i < x.length; i++) {
            float slope = slopes[i / 500];
            var factor = FixedPoint.of(Math.abs(slope) * IN / OUT, datapath, 1 << 15);
            var exact =
                    FixedPointTest.definition(
                            factor, slope < 0 ? -x[i] : x[i], factor.addend(shifts[i / 500] / OUT));
            assertThat(result[i])
                    .isEqualTo(
                            exact.max(BigInteger.valueOf(Wide.MIN))
                                    .min(BigInteger.valueOf(Wide.MAX))
                                    .intValueExact());
        }
    }

    private static int rounded(long x, int places, Rounding rounding) {
        return FixedPointTest.definition(new FixedPoint(1, places, rounding), x, 0)
                .max(BigInteger.valueOf(Wide.MIN))
                .min(BigInteger.valueOf(Wide.MAX))
                .intValueExact();
    }
}
