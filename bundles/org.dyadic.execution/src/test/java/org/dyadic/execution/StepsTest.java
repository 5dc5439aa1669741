package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.network.FloatNetwork;
import org.junit.jupiter.api.Test;

/**
 * Operations on wide integers come within a step of what float execution makes of the same values.
 */
class StepsTest {

    private static final Requantizer EXACT = new Requantizer.Multiplier(32);
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
}
