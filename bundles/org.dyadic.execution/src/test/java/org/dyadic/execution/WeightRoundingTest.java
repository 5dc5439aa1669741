package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Levels for weights whose errors reach the output together. */
class WeightRoundingTest {

    /** Covariance of correlated inputs: A'A for a random A, so that it is positive. */
    private static double[][] covariance(SplittableRandom random, int size) {
        var rows = new double[2 * size][size];
        for (double[] row : rows) {
            double common = random.nextDouble(-1, 1);
            Arrays.setAll(row, k -> common + random.nextDouble(-1, 1));
        }
        var covariance = new double[size][size];
        for (double[] row : rows) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    covariance[a][b] += row[a] * row[b] / rows.length;
                }
            }
        }
        return covariance;
    }

    private static LeastSquares damped(double[][] covariance) {
        return new LeastSquares(covariance, LeastSquares.DAMPING);
    }

    private static double cost(LeastSquares cost, double[] weights, int[] levels, double scale) {
        var error = new double[weights.length];
        Arrays.setAll(error, k -> weights[k] - scale * levels[k]);
        double[] product = cost.times(error);
        double sum = 0;
        for (int k = 0; k < error.length; k++) {
            sum += error[k] * product[k];
        }
        return sum;
    }

    private static WeightRounding.Row round(
            Grid grid, LeastSquares cost, double[] weights, double scale, boolean ownScale) {
        return new WeightRounding(grid, cost, Progress.silent())
                .round(weights, new double[] {scale}, ownScale)
                .get(0);
    }

    @RepeatedTest(40)
    void theCostIsWhatItSaysAndNoSingleLevelCouldLowerIt(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var cost = damped(covariance(random, 24));
        double[] weights = random.doubles(24, -1, 1).toArray();
        for (var grid : List.of(Examples.uniform(3, 0.3), Examples.withoutZero(0.06))) {
            for (boolean own : new boolean[] {false, true}) {
                var row = round(grid, cost, weights, grid.scale(0), own);
                double found = cost(cost, weights, row.levels(), row.scale());
                assertThat(row.error()).isCloseTo(found, within(1e-9));
                if (!own) {
                    assertThat(row.scale()).isEqualTo(grid.scale(0));
                }
                for (int k = 0; k < weights.length; k++) {
                    int kept = row.levels()[k];
                    for (int level : grid.levels()) {
                        row.levels()[k] = level;
                        assertThat(cost(cost, weights, row.levels(), row.scale()))
                                .isGreaterThan(found - 1e-9);
                    }
                    row.levels()[k] = kept;
                }
            }
        }
    }

    /** Against every combination of levels: near the optimum, and far below nearest levels. */
    @Test
    void errorsAreMadeGood() {
        double nearest = 0;
        double rounded = 0;
        double optimum = 0;
        var grid = Examples.uniform(2, 0.7);
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var cost = damped(covariance(random, 7));
            double[] weights = random.doubles(7, -1, 1).toArray();
            nearest += cost(cost, weights, nearest(weights, grid), 0.7);
            rounded += round(grid, cost, weights, 0.7, false).error();
            optimum += optimum(cost, weights, grid, new int[7], 0);
        }
        assertThat(optimum).isLessThanOrEqualTo(rounded);
        assertThat(rounded).isLessThan(1.3 * optimum).isLessThan(0.7 * nearest);
    }

    private static int[] nearest(double[] weights, Grid grid) {
        return Arrays.stream(weights).mapToInt(w -> grid.level(grid.nearest(w, 0))).toArray();
    }

    private static double optimum(
            LeastSquares cost, double[] weights, Grid grid, int[] levels, int from) {
        if (from == levels.length) {
            return cost(cost, weights, levels, grid.scale(0));
        }
        double best = Double.POSITIVE_INFINITY;
        for (int level : grid.levels()) {
            levels[from] = level;
            best = Math.min(best, optimum(cost, weights, grid, levels, from + 1));
        }
        return best;
    }

    @Test
    void inputsThatHaveNothingInCommonLeaveTheNearestLevels() {
        var diagonal = new double[6][6];
        for (int k = 0; k < 6; k++) {
            diagonal[k][k] = 1 + k;
        }
        double[] weights = {0.9, -0.4, 0.1, 0.33, -0.77, 0.5};
        var grid = Examples.uniform(3, 0.3);
        var row = round(grid, damped(diagonal), weights, 0.3, false);
        assertThat(row.levels()).isEqualTo(nearest(weights, grid));
    }

    @Test
    void aDeadChannelAndDeadInputsAreRoundedToo() {
        var dead = damped(new double[4][4]);
        var grid = Examples.uniform(3, Float.MIN_NORMAL);
        var row = round(grid, dead, new double[4], grid.scale(0), true);
        assertThat(row.levels()).containsOnly(0);
        assertThat(row.scale()).isPositive();
        assertThat(row.error()).isZero();
    }

    @Test
    void theFactorIsThatOfTheInverse() {
        var cost = damped(covariance(new SplittableRandom(3), 9));
        double[][] upper = cost.factor();
        for (int a = 0; a < 9; a++) {
            for (int b = 0; b < 9; b++) {
                double product = 0; // row a of U'U times column b of H, all in visiting order
                for (int k = 0; k < 9; k++) {
                    double inverse = 0;
                    for (int row = 0; row < 9; row++) {
                        inverse += upper[row][a] * upper[row][k];
                    }
                    product += inverse * cost.form(cost.visited(k))[cost.visited(b)];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
    }

    /** Targets that are a linear function of the inputs give that function back. */
    @Test
    void refittedWeightsAreThoseThatMadeTheTargets() {
        var random = new SplittableRandom(4);
        var made = Examples.convolution(random, 3, 2, 1, Window.square(3, 1, 1));
        var node = new Node("layer", made, List.of(0), Shape.of(3, 6, 6));
        var patches = new Patches(node, Shape.of(2, 6, 6));
        var network =
                new org.dyadic.network.FloatNetwork(
                        Examples.chain(Shape.of(2, 6, 6), List.of(made), List.of(node.shape())));
        var inputs = new float[60][];
        var targets = new float[60][];
        for (int image = 0; image < inputs.length; image++) {
            inputs[image] = Examples.floats(random, 72, 1);
            targets[image] = network.run(inputs[image]);
        }
        var places = Places.of(Results.of(inputs), Results.of(targets), 36, 1 << 14, 1);
        var regression =
                Regression.ofGroups(patches, places, Kernels.scalar(), Progress.silent()).get(0);
        var cost = damped(regression.covariance());
        double[][] other = new double[3][18]; // as if all had been trained to zero
        double[][] solved = cost.solve(regression, other);
        for (int output = 0; output < 3; output++) {
            for (int k = 0; k < 18; k++) {
                // One per cent of damping pulls by about one per cent.
                assertThat(solved[output][k])
                        .isCloseTo(made.weights().at(output * 18 + k), within(0.03));
            }
            assertThat(regression.bias(output, solved[output]))
                    .isCloseTo(made.bias().orElseThrow().at(output), within(0.02));
        }
    }
}
