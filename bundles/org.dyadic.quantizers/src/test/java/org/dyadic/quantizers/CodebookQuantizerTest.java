package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.dyadic.quantizers.Levels.set;

import java.util.Arrays;
import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.Scaling;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodebookQuantizerTest implements QuantizerContract {

    private static final Observation BELL = Samples.activations(Samples.gauss(40_000, 3));

    @Override
    public Quantizer quantizer() {
        return new CodebookQuantizer();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 4", "4, 8", "8, 8", "8, 4", "2, 12"})
    void levelsAreIntegersOfTheWidth(int bits, int width) {
        int most = 1 << (width - 1);
        for (var observed : Samples.nasty()) {
            var grid = fit(observed, bits, width).chosen();
            assertThat(grid.size()).isLessThanOrEqualTo(1 << bits);
            assertThat(grid.min()).isGreaterThan(observed.signed() ? -most : -1);
            assertThat(grid.max()).isLessThan(observed.signed() ? most : 2 * most);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"per-tensor", "per-channel"})
    void theBoundIsTheClusteringBeforeRounding(String scale) {
        for (var observed : Samples.nasty()) {
            var fit = Levels.fit(quantizer(), observed, set("bits", 3), set("scale", scale));
            var shape =
                    observed.shape(
                            scale.equals("per-tensor") ? Scaling.PER_TENSOR : Scaling.PER_CHANNEL);
            var certificate = fit.certificate().orElseThrow();
            assertThat(certificate.lowerBound())
                    .isCloseTo(
                            Clustering.of(shape, 8).squaredError(),
                            within(1e-12 * shape.power() + Double.MIN_NORMAL));
            assertThat(certificate.squaredError())
                    .isEqualTo(shape.bestScale(fit.chosen().levels()).squaredError());
            assertThat(certificate.proven())
                    .isEqualTo(certificate.lowerBound() == certificate.squaredError());
        }
    }

    @Test
    void theCertificateSaysWhatItIsOf() {
        assertThat(fit(BELL, 3, 6).certificate().orElseThrow().note())
                .isEqualTo(
                        "the optimal clustering rounded to 6-bit integers in every size, or equal"
                                + " steps; the lower bound is not rounded; objective: mean squared"
                                + " error");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7, 8})
    void equalStepsAreNotBetter(int bits) {
        var perTensor = set("scale", "per-tensor");
        for (var observed : Samples.nasty()) {
            var uniform =
                    Levels.fit(new UniformQuantizer(), observed, set("bits", bits), perTensor);
            assertThat(
                            Levels.fit(quantizer(), observed, set("bits", bits), perTensor)
                                    .squaredError())
                    .isLessThanOrEqualTo(uniform.squaredError());
        }
    }

    @Test
    void noOtherSizeOfTheIntegersIsBetter() {
        assertThat(fit(BELL, 3, 8).squaredError()).isEqualTo(leastRounded(BELL, 127));
        var half = Levels.UNSIGNED;
        assertThat(fit(half, 3, 8).squaredError()).isEqualTo(leastRounded(half, 255));
        assertThat(leastRounded(half, 255)).isLessThan(leastRounded(half, 127));
    }

    private static double leastRounded(Observation observed, int most) {
        double[] centres = Clustering.of(observed.all(), 8).centres();
        double largest = Arrays.stream(centres).map(Math::abs).max().orElseThrow();
        double least = Double.POSITIVE_INFINITY;
        for (int top = 1; top <= most; top++) {
            double unit = largest / top;
            int[] levels =
                    Arrays.stream(centres)
                            .mapToInt(centre -> (int) Math.round(centre / unit))
                            .distinct()
                            .toArray();
            least = Math.min(least, observed.all().bestScale(levels).squaredError());
        }
        return least;
    }

    @Test
    void widerIntegersAreNeverWorseAndApproachTheBound() {
        double last = Double.POSITIVE_INFINITY;
        for (int width = 2; width <= 12; width++) {
            double error = fit(BELL, 4, width).squaredError();
            assertThat(error).isLessThanOrEqualTo(last);
            last = error;
        }
        double bound = Clustering.of(BELL.all(), 16).squaredError();
        assertThat(last).isBetween(bound, 1.0001 * bound);
        assertThat(fit(BELL, 4, 8).squaredError()).isBetween(1.0001 * bound, 1.02 * bound);
    }

    @Test
    void fewValuesInProportionAreExact() {
        var fit = fit(Samples.activations(0.5f, 1, 3, 3, 20, 0), 3, 8);
        assertThat(fit.squaredError()).isCloseTo(0, within(1e-12));
        assertThat(fit.chosen().levels()).isEqualTo(new int[] {0, 1, 2, 6, 40});
    }

    /** Max 1960, table I: 1/0.1175, 1/0.03454 and 1/0.009497 in dB. */
    @ParameterizedTest
    @CsvSource({"2, 9.30", "3, 14.62", "4, 20.22"})
    void aBellReachesTheBestQuantizerThereIs(int bits, double decibels) {
        var bell = Samples.activations(Samples.gauss(200_000, 3));
        assertThat(bell.sqnr(fit(bell, bits, 8).squaredError()).orElseThrow())
                .isCloseTo(decibels, within(0.06));
    }

    private Fit.Quantized fit(Observation observed, int bits, int width) {
        return Levels.fit(quantizer(), observed, set("bits", bits), set("width", width));
    }
}
