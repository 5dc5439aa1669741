package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

    static Set<String> names() {
        return Samples.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void rankCountsTheSamplesBelow(String name) {
        var samples = Samples.all().get(name);
        var distribution = Distribution.of(samples);
        var random = new Random(4);
        for (int i = 0; i < 300; i++) {
            float sample = samples[random.nextInt(samples.length)];
            double span = distribution.max() - distribution.min();
            double anywhere = distribution.min() + span * (1.2 * random.nextDouble() - 0.1);
            for (double x : new double[] {sample, Math.nextUp((double) sample), anywhere}) {
                int below = 0;
                for (float other : samples) {
                    below += other < x ? 1 : 0;
                }
                assertThat(distribution.rank(x)).as("%s", x).isEqualTo(below);
            }
        }
        assertThat(distribution.rank(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(distribution.rank(Double.POSITIVE_INFINITY)).isEqualTo(samples.length);
        assertThat(distribution.rank(Double.NaN)).isZero();
    }

    @ParameterizedTest
    @MethodSource("names")
    void momentsAreThoseOfTheSamples(String name) {
        var samples = Samples.all().get(name);
        var distribution = Distribution.of(samples);
        assertSameMoments(distribution, samples);
        assertThat(distribution.size()).isEqualTo(samples.length);
        assertThat(distribution.min()).isEqualTo(doubles(samples).min().orElseThrow());
        assertThat(distribution.max()).isEqualTo(doubles(samples).max().orElseThrow());
        assertThat(distribution.absMax())
                .isEqualTo(doubles(samples).map(Math::abs).max().orElseThrow());
        for (int i = 1; i < distribution.size(); i++) {
            assertThat(distribution.value(i)).isGreaterThanOrEqualTo(distribution.value(i - 1));
            assertThat(distribution.weight(i)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aSummaryKeepsMomentsZerosAndSigns(String name) {
        var samples = Samples.all().get(name);
        for (int intervals : new int[] {1, 2, 3, 64, 257}) {
            var summary = Distribution.summarise(samples, intervals);
            assertSameMoments(summary, samples);
            assertThat(summary.size()).isLessThanOrEqualTo(intervals + 2);
            assertThat(weight(summary, Double.NEGATIVE_INFINITY, 0))
                    .isEqualTo(doubles(samples).filter(x -> x < 0).count());
            assertThat(weight(summary, 0, Double.MIN_VALUE))
                    .isEqualTo(doubles(samples).filter(x -> x == 0).count());
            for (int i = 1; i < summary.size(); i++) {
                assertThat(summary.value(i)).isGreaterThan(summary.value(i - 1));
            }
        }
    }

    @Test
    void aSummaryLiesWithinAnIntervalOfTheSamples() {
        var samples = Samples.laplace(10_000, 1);
        var exact = Distribution.of(samples);
        var summary = Distribution.summarise(samples, 500);
        double interval = (exact.max() - exact.min()) / 499;
        assertThat(summary.min()).isBetween(exact.min(), exact.min() + interval);
        assertThat(summary.max()).isBetween(exact.max() - interval, exact.max());
        int[] levels = Grid.levelsOf(new Encoding.Uniform(4, true, 0));
        assertThat(summary.squaredError(levels, 0.5))
                .isCloseTo(exact.squaredError(levels, 0.5), Percentage.withPercentage(1));
    }

    @Test
    void fewSamplesAreNotSummarised() {
        var few = Distribution.summarise(new float[] {3, 1, 2}, 3);
        assertThat(few.size()).isEqualTo(3);
        assertThat(few.value(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void coarserKeepsMassAndMoments(String name) {
        var samples = Samples.all().get(name);
        var exact = Distribution.of(samples);
        for (int intervals : new int[] {1, 2, 7, 100}) {
            var coarse = exact.coarse(intervals);
            assertSameMoments(coarse, samples);
            assertThat(coarse.size()).isLessThanOrEqualTo(intervals);
            // Twice is once more, not less.
            assertSameMoments(coarse.coarse(3), samples);
        }
        assertThat(exact.coarse(samples.length)).isSameAs(exact);
    }

    @ParameterizedTest
    @MethodSource("names")
    void poolingKeepsWhatThePartsHold(String name) {
        var samples = Samples.all().get(name);
        int half = samples.length / 3 + 1;
        var first = Arrays.copyOf(samples, Math.min(half, samples.length));
        var rest = Arrays.copyOfRange(samples, first.length, samples.length);
        if (rest.length > 0) {
            var parts =
                    List.of(Distribution.summarise(first, 20), Distribution.summarise(rest, 20));
            assertSameMoments(Distribution.pooled(parts), samples);
        }
        var whole = Distribution.pooled(List.of(Distribution.of(samples)));
        assertThat(whole.squaredError(new int[] {-1, 0, 2}, 0.5))
                .isEqualTo(Distribution.of(samples).squaredError(new int[] {-1, 0, 2}, 0.5));
    }

    @ParameterizedTest
    @MethodSource("names")
    void dividingScalesEverything(String name) {
        var samples = Samples.all().get(name);
        var exact = Distribution.of(samples);
        for (double divisor : new double[] {2, 0.125, 1024}) { // powers of two: exact
            var divided = exact.dividedBy(divisor);
            assertThat(divided.mean()).isEqualTo(exact.mean() / divisor);
            assertThat(divided.power()).isEqualTo(exact.power() / divisor / divisor);
            assertThat(divided.mass()).isEqualTo(exact.mass());
            assertThat(divided.max()).isEqualTo(exact.max() / divisor);
            assertThat(divided.rank(exact.value(exact.size() / 2) / divisor))
                    .isEqualTo(exact.rank(exact.value(exact.size() / 2)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theErrorIsThatOfBruteForce(String name) {
        var samples = Samples.all().get(name);
        var distribution = Distribution.of(samples);
        var random = new Random(5);
        for (int i = 0; i < 40; i++) {
            int[] levels =
                    random.ints(-20, 21).limit(1 + random.nextInt(9)).sorted().distinct().toArray();
            double scale = Math.max(distribution.absMax(), 1e-30) * Math.pow(2, -random.nextInt(8));
            assertThat(distribution.squaredError(levels, scale))
                    .as("%s x %s", Arrays.toString(levels), scale)
                    .isCloseTo(
                            brute(samples, levels, scale),
                            // what prefix sums of doubles lose, of the largest of their terms
                            within(1e-12 * largestTerm(samples, levels, scale)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void soItIsForMoreLevelsThanSamples(String name) {
        var samples = Samples.all().get(name);
        var distribution = Distribution.of(samples);
        for (int bits : new int[] {9, 12, 16}) {
            int top = (1 << (bits - 1)) - 1;
            int[] levels = IntStream.rangeClosed(-top, top).toArray();
            for (double reach : new double[] {0.9, 1, 1.3}) {
                double scale = Math.max(1e-30, distribution.absMax()) * reach / top;
                double error = 0;
                for (double sample : samples) {
                    double level = Math.max(-top, Math.min(top, Math.rint(sample / scale)));
                    error += (sample - scale * level) * (sample - scale * level);
                }
                assertThat(distribution.squaredError(levels, scale))
                        .isCloseTo(error / samples.length, within(1e-13 * distribution.power()));
            }
        }
    }

    @Test
    void summarisedSamplesLieEvenlyInTheCellsOfFinerLevels() {
        var random = new Random(8);
        var samples = new float[100_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.nextGaussian();
        }
        var all = Distribution.of(samples);
        var summary = Distribution.summarise(samples, 500);
        for (int bits : new int[] {10, 13, 16}) {
            int[] levels = IntStream.range(1 - (1 << bits - 1), 1 << bits - 1).toArray();
            double scale = 1.01 * all.absMax() / levels[levels.length - 1];
            assertThat(summary.squaredError(levels, scale))
                    .isCloseTo(all.squaredError(levels, scale), Percentage.withPercentage(3));
        }
    }

    @Test
    void halfWayIsAsFarFromEitherLevel() {
        var half = Distribution.of(0.5f);
        assertThat(half.squaredError(new int[] {0, 1}, 1)).isEqualTo(0.25);
        assertThat(half.squaredError(new int[] {0}, 1)).isEqualTo(0.25);
        assertThat(half.squaredError(new int[] {1}, 1)).isEqualTo(0.25);
    }

    @Test
    void weightsCountAsRepetitions() {
        var weighted =
                Distribution.weighted(new double[] {3, -1, 0.5, 7}, new double[] {2, 3, 1, 0});
        var repeated = Distribution.of(3, 3, -1, -1, -1, 0.5f);
        assertThat(weighted.mass()).isEqualTo(repeated.mass());
        assertThat(weighted.mean()).isEqualTo(repeated.mean());
        assertThat(weighted.power()).isEqualTo(repeated.power());
        int[] levels = {-2, 0, 1, 3};
        assertThat(weighted.squaredError(levels, 0.7))
                .isCloseTo(repeated.squaredError(levels, 0.7), within(1e-14));
        assertThat(weighted.weight(0)).isEqualTo(3);
        assertThat(weighted.value(0)).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aQuantileOfMagnitudesIsOneOfThem(String name) {
        var samples = Samples.all().get(name);
        var distribution = Distribution.of(samples);
        double[] magnitudes = doubles(samples).map(Math::abs).sorted().toArray();
        for (double p : new double[] {0.001, 0.25, 0.5, 0.9, 0.985, 0.999, 1}) {
            int atLeast = (int) Math.ceil(p * magnitudes.length);
            assertThat(distribution.magnitudeQuantile(p))
                    .as("%s", p)
                    .isEqualTo(magnitudes[Math.max(0, atLeast - 1)]);
        }
        assertThat(distribution.magnitudeQuantile(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesSamplesThatAreNotFinite(float nasty) {
        String message = "a sample must be finite, was " + nasty;
        refused(() -> Distribution.of(nasty), message);
        refused(() -> Distribution.of(1, nasty, 2), message);
        refused(() -> Distribution.summarise(new float[] {1, 2, nasty}, 2), message);
        refused(() -> Distribution.weighted(new double[] {nasty}, new double[] {1}), message);
    }

    @Test
    void refusesNothingAndNonsense() {
        refused(Distribution::of, "a distribution needs at least one sample");
        refused(() -> Distribution.pooled(List.of()), "needs at least one sample");
        refused(() -> Distribution.summarise(new float[0], 3), "needs at least one sample");
        refused(() -> Distribution.summarise(new float[] {1}, 0), "at least one interval, was 0");
        refused(() -> Distribution.of(1, 2).coarse(0), "at least one interval, was 0");
        refused(() -> weights(1, -1), "a weight must be finite and not negative, was -1.0");
        refused(() -> weights(1, Double.NaN), "was NaN");
        refused(() -> weights(1, Double.POSITIVE_INFINITY), "was Infinity");
        refused(() -> weights(0, 0), "the weights must not all be zero");
        refused(() -> weights(1), "2 samples do not have 1 weights");
        refused(() -> weights(1, 1, 1), "2 samples do not have 3 weights");
        for (double divisor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    () -> Distribution.of(1).dividedBy(divisor),
                    "the divisor must be positive and finite, was " + divisor);
        }
        for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
            refused(
                    () -> Distribution.of(1).magnitudeQuantile(p),
                    "a share lies between 0 and 1, was " + p);
        }
    }

    @Test
    void keepsNoHoldOfTheSamples() {
        float[] samples = {1, 2, 3};
        var distribution = Distribution.of(samples);
        samples[0] = 100;
        assertThat(distribution.max()).isEqualTo(3);
        assertThat(samples[1]).isEqualTo(2);
    }

    private static Distribution weights(double... weights) {
        return Distribution.weighted(new double[] {1, 2}, weights);
    }

    private static double weight(Distribution distribution, double from, double below) {
        return IntStream.range(distribution.rank(from), distribution.rank(below))
                .mapToDouble(distribution::weight)
                .sum();
    }

    private static java.util.stream.DoubleStream doubles(float[] samples) {
        return IntStream.range(0, samples.length).mapToDouble(i -> samples[i]);
    }

    private static void assertSameMoments(Distribution distribution, float[] samples) {
        double power = doubles(samples).map(x -> x * x).average().orElseThrow();
        double magnitude = doubles(samples).map(Math::abs).average().orElseThrow();
        assertThat(distribution.mass()).isEqualTo(samples.length);
        assertThat(distribution.mean())
                .isCloseTo(doubles(samples).average().orElseThrow(), within(1e-12 * magnitude));
        assertThat(distribution.power()).isCloseTo(power, within(1e-12 * power));
    }

    private static double brute(float[] samples, int[] levels, double scale) {
        return doubles(samples)
                .map(
                        x ->
                                Arrays.stream(levels)
                                        .mapToDouble(level -> x - scale * level)
                                        .map(error -> error * error)
                                        .min()
                                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    private static double largestTerm(float[] samples, int[] levels, double scale) {
        double top = scale * Arrays.stream(levels).map(Math::abs).max().orElseThrow();
        return doubles(samples).map(x -> x * x).average().orElseThrow() + top * top;
    }

    private static void refused(ThrowingCallable question, String message) {
        assertThatThrownBy(question)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
