package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BestScaleTest {

    private static final Map<String, int[]> GRIDS = new LinkedHashMap<>();

    static {
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
        GRIDS.put("zero alone", new int[] {0});
    }

    static Stream<Arguments> everyPair() {
        return Samples.all().keySet().stream()
                .flatMap(data -> GRIDS.keySet().stream().map(grid -> Arguments.of(data, grid)));
    }

    /** Held against every scale of a dense geometric scan, which costs a hundred times as much. */
    @ParameterizedTest
    @MethodSource("everyPair")
    void isNeverHalfAPercentWorseThanADenseScan(String data, String grid) {
        var distribution = Distribution.of(Samples.all().get(data));
        int[] levels = GRIDS.get(grid);
        var best = distribution.bestScale(levels);
        assertThat(best.scale()).isPositive().isFinite();
        assertThat(best.squaredError()).isEqualTo(distribution.squaredError(levels, best.scale()));
        double dense = dense(distribution, levels);
        assertThat(best.squaredError())
                .isLessThanOrEqualTo(1.005 * dense + 1e-13 * distribution.power());
    }

    private static double dense(Distribution distribution, int[] levels) {
        double reach = distribution.absMax();
        double best = distribution.squaredError(levels, reach > 0 ? reach : Float.MIN_NORMAL);
        if (reach == 0) {
            return best;
        }
        double low = 1e-4 * reach / Math.max(1, Math.abs(levels[levels.length - 1]));
        for (int i = 0; i <= 4000; i++) {
            double scale = low * Math.pow(2 * reach / Math.max(low, 1e-300), i / 4000.0);
            best = Math.min(best, distribution.squaredError(levels, scale));
        }
        return best;
    }

    @Test
    void aGridThatHoldsTheDataIsFound() {
        int[] levels = {-3, -1, 0, 2, 3};
        var random = new Random(6);
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

    static Stream<String> names() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void refiningNeverAddsError(String data) {
        var distribution = Distribution.of(Samples.all().get(data));
        var random = new Random(7);
        for (int[] levels : GRIDS.values()) {
            for (int i = 0; i < 20; i++) {
                double start =
                        Math.max(distribution.absMax(), Float.MIN_NORMAL)
                                * Math.pow(10, 3 * random.nextDouble() - 4);
                var errors = new ArrayList<Double>();
                errors.add(distribution.squaredError(levels, start));
                for (int turns = 0; turns < 8; turns++) {
                    var refined = distribution.refine(levels, start, turns);
                    assertThat(refined.squaredError())
                            .isEqualTo(distribution.squaredError(levels, refined.scale()))
                            .isLessThanOrEqualTo(errors.get(errors.size() - 1));
                    errors.add(refined.squaredError());
                }
            }
        }
    }

    @Test
    void withoutATurnTheScaleStays() {
        var distribution = Distribution.of(1, 2, 3.5f);
        assertThat(distribution.refine(new int[] {0, 1}, 0.7, 0).scale()).isEqualTo(0.7);
        assertThat(distribution.refine(new int[] {0, 1}, 0.7, 1).scale()).isNotEqualTo(0.7);
    }
}
