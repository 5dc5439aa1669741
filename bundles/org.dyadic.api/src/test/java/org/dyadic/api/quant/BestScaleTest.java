package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BestScaleTest {

    /** What rounding may cost, as a share of the power. */
    private static final double ROUNDING = 1e-12;

    private static final Map<String, int[]> GRIDS = new LinkedHashMap<>();

    static {
        GRIDS.put("zero alone", new int[] {0});
        GRIDS.put("one level", new int[] {3});
        GRIDS.put("binary", new int[] {-1, 1});
        GRIDS.put("ternary", new int[] {-1, 0, 1});
        GRIDS.put("two bits", Grid.levelsOf(new Encoding.Uniform(2, true, 0)));
        GRIDS.put("four bits", Grid.levelsOf(new Encoding.Uniform(4, true, 0)));
        GRIDS.put("four unsigned bits", Grid.levelsOf(new Encoding.Uniform(4, false, 0)));
        GRIDS.put("eight bits", Grid.levelsOf(new Encoding.Uniform(8, true, 0)));
        GRIDS.put("powers of two", new int[] {-16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16});
        GRIDS.put(
                "sums of powers",
                Grid.levelsOf(
                        new Encoding.PowerSum(true, List.of(List.of(0, 1, 4, 16), List.of(0, 2)))));
        GRIDS.put("positive without zero", new int[] {1, 2, 5});
        GRIDS.put("negative without zero", new int[] {-9, -2, -1});
        GRIDS.put("lopsided without zero", new int[] {-100, -1, 7, 8});
        GRIDS.put("as wide as an int", new int[] {-Integer.MAX_VALUE, -1, 1, Integer.MAX_VALUE});
    }

    static Stream<Arguments> everyPair() {
        return Samples.all().keySet().stream()
                .flatMap(data -> GRIDS.keySet().stream().map(grid -> Arguments.of(data, grid)));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void noScaleOfADenseScanIsBetter(String data, String grid) {
        var distribution = Distribution.of(Samples.all().get(data));
        int[] levels = GRIDS.get(grid);
        var best = distribution.bestScale(levels);
        assertThat(best.scale()).isPositive().isFinite();
        assertThat(best.squaredError()).isEqualTo(distribution.squaredError(levels, best.scale()));
        assertThat(best.squaredError())
                .isLessThanOrEqualTo(
                        dense(distribution, levels)
                                + ROUNDING * distribution.power()
                                + 1e-56); // all zeros on levels of 2^31
    }

    private static double dense(Distribution distribution, int[] levels) {
        double reach = distribution.absMax();
        double best = distribution.power();
        double top = Math.max(Math.abs(levels[0]), Math.abs(levels[levels.length - 1]));
        double low = 1e-3 * Math.sqrt(distribution.power()) / Math.max(1, top);
        for (int i = 0; i <= 4000 && low > 0; i++) {
            double scale = low * Math.pow(2 * reach / low, i / 4000.0);
            best = Math.min(best, distribution.squaredError(levels, scale));
        }
        return best;
    }

    /**
     * Every breakpoint bounds a piece on which the assignment is fixed, and least squares exact.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void noPieceBetweenTwoBreakpointsIsBetter(int seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 150; i++) {
            var distribution = small(random);
            int[] levels = someLevels(random);
            double brute = everyPiece(distribution, levels);
            var best = distribution.bestScale(levels);
            assertThat(best.squaredError())
                    .as("%s on %s", Arrays.toString(levels), values(distribution))
                    .isCloseTo(brute, within(ROUNDING * distribution.power() + 1e-70));
        }
    }

    /** The slow twin: a scale within each piece, and one beyond the last. */
    private static double everyPiece(Distribution distribution, int[] levels) {
        var breaks = new TreeSet<Double>();
        breaks.add(0.0);
        for (double value : values(distribution)) {
            for (int i = 1; i < levels.length; i++) {
                double scale = 2 * value / ((double) levels[i - 1] + levels[i]);
                if (scale > 0 && Double.isFinite(scale)) {
                    breaks.add(scale);
                }
            }
        }
        breaks.add(breaks.last() + 2 * distribution.absMax());
        double best = distribution.power();
        Double left = null;
        for (double right : breaks) {
            if (left != null) {
                best = Math.min(best, leastSquares(distribution, levels, (left + right) / 2));
            }
            left = right;
        }
        return best;
    }

    private static double leastSquares(Distribution distribution, int[] levels, double scale) {
        double cross = 0;
        double energy = 0;
        for (int i = 0; i < distribution.size(); i++) {
            double value = distribution.value(i);
            double level =
                    Arrays.stream(levels)
                            .asDoubleStream()
                            .boxed()
                            .min(
                                    (a, b) ->
                                            Double.compare(
                                                    gap(value, scale * a), gap(value, scale * b)))
                            .orElseThrow();
            cross += distribution.weight(i) * level * value;
            energy += distribution.weight(i) * level * level;
        }
        return cross > 0
                ? distribution.power() - cross * cross / energy / distribution.mass()
                : distribution.power();
    }

    private static double gap(double a, double b) {
        return Math.abs(a - b);
    }

    private static List<Double> values(Distribution distribution) {
        return IntStream.range(0, distribution.size()).mapToObj(distribution::value).toList();
    }

    private static Distribution small(SplittableRandom random) {
        int n = 1 + random.nextInt(12);
        double unit = Math.pow(10, random.nextInt(-40, 31));
        var samples = new double[n];
        var weights = new double[n];
        int kind = random.nextInt(6);
        for (int i = 0; i < n; i++) {
            double bell = random.nextGaussian();
            samples[i] =
                    unit
                            * switch (kind) {
                                case 0 -> bell;
                                case 1 -> Math.abs(bell);
                                case 2 -> -Math.abs(bell);
                                case 3 -> Math.rint(2 * bell);
                                case 4 -> i == 0 ? 1e4 : bell;
                                default -> bell * Math.pow(10, random.nextInt(-3, 3));
                            };
            weights[i] = random.nextBoolean() ? 1 : random.nextDouble();
        }
        weights[0] = 1;
        var distribution = Distribution.weighted(samples, weights);
        return random.nextInt(3) == 0 ? distribution.coarse(4) : distribution;
    }

    private static int[] someLevels(SplittableRandom random) {
        int reach = random.nextBoolean() ? 6 : 300;
        int low = random.nextInt(4) == 0 ? 0 : -reach;
        return random.ints(1 + random.nextInt(8), low, reach + 1).sorted().distinct().toArray();
    }

    @Test
    void aLimitChangesNothingButWhetherThereIsAnAnswer() {
        var random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            var distribution = small(random);
            int[] levels = someLevels(random);
            var best = distribution.bestScale(levels);
            double room = 1e-9 * distribution.power() + 1e-70;
            assertThat(distribution.bestScaleBelow(levels, best.squaredError() + room))
                    .hasValueSatisfying(
                            fit ->
                                    assertThat(fit.squaredError())
                                            .isCloseTo(
                                                    best.squaredError(),
                                                    within(ROUNDING * distribution.power())));
            assertThat(distribution.bestScaleBelow(levels, best.squaredError() - room)).isEmpty();
        }
    }

    @Test
    void aGridThatHoldsTheDataIsFound() {
        int[] levels = {-3, -1, 0, 2, 3};
        var random = new SplittableRandom(6);
        for (double scale : new double[] {1, 0.37, 1e-20, 1e20}) {
            var samples = new float[500];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (scale * levels[random.nextInt(levels.length)]);
            }
            var best = Distribution.of(samples).bestScale(levels);
            assertThat(best.scale() / scale).isBetween(1 - 1e-6, 1 + 1e-6);
            assertThat(best.squaredError()).isLessThan(1e-12 * scale * scale);
        }
    }

    @Test
    void anAllZeroTensorCostsNothingEvenWithoutALevelAtZero() {
        var zeros = Distribution.of(new float[10]);
        assertThat(zeros.bestScale(new int[] {-1, 1}).squaredError()).isLessThan(1e-70);
        assertThat(zeros.bestScale(new int[] {0, 1}).squaredError()).isZero();
    }

    @Test
    void tailsOfVanishingWeightDoNotMatter() {
        double[] samples = IntStream.range(-4000, 4000).mapToDouble(i -> (i + 0.5) / 500).toArray();
        double[] weights = Arrays.stream(samples).map(x -> Math.exp(-x * x / 2)).toArray();
        var tailed = Distribution.weighted(samples, weights);
        var cut =
                Distribution.weighted(
                        Arrays.copyOfRange(samples, 500, 7500),
                        Arrays.copyOfRange(weights, 500, 7500));
        for (int[] levels : GRIDS.values()) {
            assertThat(tailed.bestScale(levels).squaredError())
                    .isCloseTo(cut.bestScale(levels).squaredError(), within(1e-9));
        }
    }

    @Test
    void levelsOfTheWrongSignShrinkToNothing() {
        var negative = Distribution.of(-1, -2, -3);
        var best = negative.bestScale(new int[] {1, 2});
        assertThat(best.scale()).isPositive();
        assertThat(best.squaredError()).isCloseTo(negative.power(), within(1e-10));
        assertThat(negative.bestScale(new int[] {0, 1}).squaredError()).isEqualTo(negative.power());
    }
}
