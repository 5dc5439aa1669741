package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.dyadic.api.quant.Distribution;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FineRangeTest {

    private static final float[] SKEWED =
            Samples.map(Samples.gauss(4000, 12), x -> Math.exp(x) - 0.6);

    /** The error that is to be least, in plain words. */
    private static double error(float[] samples, int lowest, int highest, double scale) {
        double error = 0;
        for (double sample : samples) {
            double cut = Math.max(sample - highest * scale, lowest * scale - sample);
            error += scale * scale / 12 + Math.pow(Math.max(0, cut), 2);
        }
        return error;
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 16})
    void noOtherScaleCostsLess(int bits) {
        int highest = (1 << (bits - 1)) - 1;
        for (int lowest : new int[] {-highest, -highest / 3, -1}) {
            double scale = new FineRange(Distribution.of(SKEWED)).scale(lowest, highest);
            double least = error(SKEWED, lowest, highest, scale);
            for (double factor : new double[] {0.1, 0.9, 0.999, 1.001, 1.1, 3}) {
                assertThat(error(SKEWED, lowest, highest, factor * scale)).isGreaterThan(least);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 512, 777})
    void noOtherZeroPointCostsLess(int levels) {
        var range = new FineRange(Distribution.of(SKEWED));
        double[] errors =
                IntStream.range(0, levels)
                        .mapToDouble(
                                zero ->
                                        error(
                                                SKEWED,
                                                -zero,
                                                levels - 1 - zero,
                                                range.scale(-zero, levels - 1 - zero)))
                        .toArray();
        int best =
                IntStream.range(0, levels)
                        .reduce((a, b) -> errors[b] < errors[a] ? b : a)
                        .orElseThrow();
        // The first that cuts off no more below than above; the best may be the one before.
        assertThat(range.zeroPoint(levels)).isBetween(best, best + 1).isBetween(1, levels / 4);
    }

    @Test
    void ofOneSignZeroIsAtTheEnd() {
        float[] positive = Samples.map(SKEWED, Math::abs);
        float[] negative = Samples.map(positive, x -> -x);
        assertThat(new FineRange(Distribution.of(positive)).zeroPoint(1024)).isZero();
        assertThat(new FineRange(Distribution.of(negative)).zeroPoint(1024)).isEqualTo(1023);
    }

    @Test
    void at9BitsItIsWhatTheExactSearchFinds() {
        int[] levels = IntStream.rangeClosed(-255, 255).toArray();
        var samples = Distribution.of(Samples.gauss(20_000, 2));
        var exact = samples.bestScale(levels);
        double fine = new FineRange(samples).scale(-255, 255);
        assertThat(fine).isCloseTo(exact.scale(), Percentage.withPercentage(3));
        assertThat(samples.squaredError(levels, fine)).isLessThan(1.01 * exact.squaredError());
    }
}
