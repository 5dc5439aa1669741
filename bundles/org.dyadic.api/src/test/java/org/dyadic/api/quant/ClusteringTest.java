package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteringTest {

    private static final int[] COUNTS = {1, 2, 3, 4, 7, 16, 40};

    static Set<String> names() {
        return Samples.all().keySet();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e30, 1e-30, 1e-38})
    void noPartitionOfFewValuesIsBetter(double unit) {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            double spread = Math.pow(10, random.nextInt(5));
            double[] values =
                    random.ints(1 + random.nextInt(9), -6, 7)
                            .mapToDouble(i -> unit * (i + (i % 5 == 0 ? spread : 0)))
                            .toArray();
            double[] weights =
                    random.doubles(values.length).map(w -> w < 0.1 ? 0 : 3 * w).toArray();
            weights[0] = 1;
            var samples = Distribution.weighted(values, weights);
            for (int k = 1; k <= 5; k++) {
                var found = Clustering.of(samples, k);
                double best = leastOfAllPartitions(samples, k);
                assertThat(found.squaredError())
                        .as("%d of %s x %s", k, Arrays.toString(values), Arrays.toString(weights))
                        .isCloseTo(best, within(1e-13 * samples.power()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theErrorIsThatOfTheCentres(String name) {
        var samples = Distribution.of(Samples.all().get(name));
        for (int k : COUNTS) {
            var found = Clustering.of(samples, k);
            assertThat(found.centres()).isSorted().hasSizeBetween(1, k);
            assertThat(found.squaredError())
                    .isCloseTo(error(samples, found.centres()), within(1e-13 * samples.power()));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noLevelsDoBetter(String name) {
        var raw = Samples.all().get(name);
        var random = new Random(2);
        for (var samples :
                List.of(
                        Distribution.of(raw),
                        Distribution.summarise(raw, 100),
                        Distribution.of(raw).coarse(50).dividedBy(0.3))) {
            for (int k : COUNTS) {
                double bound = Clustering.of(samples, k).squaredError();
                for (int round = 0; round < 20; round++) {
                    int[] levels =
                            random.ints(3L * k, -4 * k, 4 * k + 1).distinct().limit(k).toArray();
                    Arrays.sort(levels);
                    assertThat(bound)
                            .as("%d clusters against %s", k, Arrays.toString(levels))
                            .isLessThanOrEqualTo(
                                    samples.bestScale(levels).squaredError()
                                            + 1e-12 * samples.power());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void movingACentreDoesNotPay(String name) {
        var samples = Distribution.of(Samples.all().get(name));
        for (int k : COUNTS) {
            var found = Clustering.of(samples, k);
            for (int i = 0; i < found.centres().length; i++) {
                for (double factor : new double[] {0.9, 0.999, 1.001, 1.1}) {
                    double[] moved = found.centres();
                    moved[i] *= factor;
                    assertThat(error(samples, moved))
                            .isGreaterThanOrEqualTo(found.squaredError() - 1e-13 * samples.power());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void moreClustersAreNeverWorse(String name) {
        var samples = Distribution.of(Samples.all().get(name));
        double last = Double.POSITIVE_INFINITY;
        for (int k : COUNTS) {
            double error = Clustering.of(samples, k).squaredError();
            assertThat(error).isLessThanOrEqualTo(last + 1e-13 * samples.power());
            last = error;
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void ofManyValuesTheOptimumLiesBetweenTheBoundAndTheError(String name) {
        var samples = Distribution.of(Samples.all().get(name));
        for (int k : COUNTS) {
            double optimum = Clustering.of(samples, k).squaredError();
            assertThat(Clustering.of(samples, k).lowerBound()).isEqualTo(optimum);
            double rounding = 1e-12 * samples.power();
            for (int many : new int[] {4, 50, 999}) {
                var coarse = Clustering.of(samples, k, many);
                assertThat(coarse.lowerBound()).isBetween(0.0, optimum + rounding);
                assertThat(coarse.squaredError()).isGreaterThanOrEqualTo(optimum - rounding);
                assertThat(coarse.centres()).isSorted().hasSizeBetween(1, k);
                assertThat(error(samples, coarse.centres()))
                        .isLessThanOrEqualTo(coarse.squaredError() + rounding);
            }
        }
    }

    @Test
    void aThousandPlacesAreNearlyAsGoodAsAll() {
        for (var name : List.of("bell-shaped", "Laplace", "rectified", "single outlier", "huge")) {
            var samples = Distribution.of(Samples.all().get(name));
            for (int k : new int[] {2, 4, 16}) {
                double optimum = Clustering.of(samples, k).squaredError();
                var coarse = Clustering.of(samples, k, 1000);
                assertThat(coarse.squaredError() / optimum).isLessThan(1.001);
                assertThat(coarse.lowerBound() / optimum).isGreaterThan(0.99);
            }
        }
    }

    @Test
    void aFarOutlierDoesNotSpoilTheRest() {
        var samples = Distribution.of(Samples.all().get("wild outlier"));
        double optimum = Clustering.of(samples, 4).squaredError();
        var coarse = Clustering.of(samples, 4, 1000);
        assertThat(coarse.squaredError() / optimum).isLessThan(1.001);
    }

    @Test
    void fewDistinctValuesAreTheirOwnCentres() {
        var samples = Distribution.of(3, 0.1f, 3, -2e30f, 0.1f, Float.MIN_VALUE);
        for (int k : new int[] {4, 5, 256}) {
            var found = Clustering.of(samples, k);
            assertThat(found.centres()).containsExactly(-2e30f, Float.MIN_VALUE, 0.1f, 3);
            assertThat(found.squaredError()).isZero();
        }
    }

    @Test
    void roundingMakesNoErrorWhereThereIsNone() {
        var samples = Distribution.of(0.1f, 0.1f, 0.1f, 0.7f, 0.7f, 1.3f);
        for (int divisor = 3; divisor < 100; divisor++) {
            var divided = samples.dividedBy(divisor);
            assertThat(Clustering.of(divided, 3).squaredError()).isZero();
        }
    }

    @Test
    void aConstantIsItsOwnCentreExactly() {
        for (float value : new float[] {0, 0.37f, -Float.MAX_VALUE, Float.MIN_VALUE}) {
            var found = Clustering.of(Distribution.of(value, value, value), 2);
            assertThat(found.centres()).containsExactly(value);
            assertThat(found.squaredError()).isZero();
        }
    }

    @Test
    void farValuesTakeNoDigitsFromTheOthers() {
        for (float far : new float[] {1e30f, -1e30f}) {
            var found = Clustering.of(Distribution.of(1, 2, 11, 12, 14, far, far), 3);
            assertThat(DoubleStream.of(found.centres()).filter(c -> c != far))
                    .containsExactly(1.5, 37.0 / 3);
        }
    }

    @Test
    void whatASummaryHidesCounts() {
        // 0..9 in two places of five, each 2 about its mean on the average
        var summary = Distribution.summarise(samples(10), 10).coarse(2);
        assertThat(summary.size()).isEqualTo(2);
        for (int k : new int[] {2, 3}) {
            assertThat(Clustering.of(summary, k).squaredError()).isCloseTo(2, within(1e-13));
        }
        assertThat(Clustering.of(summary, 1).squaredError()).isCloseTo(8.25, within(1e-13));
        assertThat(Clustering.of(Distribution.of(samples(10)), 1).squaredError()).isEqualTo(8.25);
    }

    @Test
    void bellShapedDataReachTheKnownOptimum() {
        // Max 1960, table I: the error of the best quantizer of unit normal data
        var samples = Distribution.of(Samples.bell(40_000, 1));
        double unit = samples.power();
        assertThat(Clustering.of(samples, 2).squaredError() / unit).isCloseTo(0.3634, within(3e-3));
        assertThat(Clustering.of(samples, 4).squaredError() / unit).isCloseTo(0.1175, within(2e-3));
        assertThat(Clustering.of(samples, 16).squaredError() / unit)
                .isCloseTo(0.009497, within(2e-4));
    }

    @Test
    void thereIsAtLeastOneCluster() {
        assertThatThrownBy(() -> Clustering.of(Distribution.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 0");
    }

    private static float[] samples(int n) {
        var samples = new float[n];
        IntStream.range(0, n).forEach(i -> samples[i] = i);
        return samples;
    }

    /** Each way to cut the ascending places, by the bits of a number. */
    private static double leastOfAllPartitions(Distribution samples, int k) {
        double best = Double.POSITIVE_INFINITY;
        for (int cuts = 0; cuts < 1 << (samples.size() - 1); cuts++) {
            if (Integer.bitCount(cuts) < k) {
                double error = 0;
                int start = 0;
                for (int end = 1; end <= samples.size(); end++) {
                    if (end == samples.size() || (cuts >> (end - 1) & 1) != 0) {
                        error += aboutMean(samples, start, end);
                        start = end;
                    }
                }
                best = Math.min(best, error / samples.mass());
            }
        }
        return best;
    }

    private static double aboutMean(Distribution samples, int start, int end) {
        double mass = 0;
        double sum = 0;
        for (int i = start; i < end; i++) {
            mass += samples.weight(i);
            sum += samples.weight(i) * samples.value(i);
        }
        double squares = 0;
        for (int i = start; i < end && mass > 0; i++) {
            double off = samples.value(i) - sum / mass;
            squares += samples.weight(i) * off * off;
        }
        return squares;
    }

    private static double error(Distribution samples, double[] centres) {
        double squares = 0;
        for (int i = 0; i < samples.size(); i++) {
            double value = samples.value(i);
            double nearest =
                    Arrays.stream(centres)
                            .map(centre -> (value - centre) * (value - centre))
                            .min()
                            .orElseThrow();
            squares += samples.weight(i) * nearest;
        }
        return squares / samples.mass();
    }
}
