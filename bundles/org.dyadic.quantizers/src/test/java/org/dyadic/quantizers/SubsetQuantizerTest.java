package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.quantizers.Levels.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubsetQuantizerTest implements QuantizerContract {

    /** {1, 1/2, 1/8, 0} + {1, 1/4, 1/16, 0} of Oh et al. 2022, times 16. */
    private static final int[] SUMS = {0, 1, 2, 3, 4, 6, 8, 9, 12, 16, 17, 18, 20, 24, 32};

    @Override
    public Quantizer quantizer() {
        return new SubsetQuantizer();
    }

    @ParameterizedTest
    @CsvSource({"2, 105, 1365", "3, 1365, 6435", "4, 6435, 1"})
    void thePoolsAreOfThePublishedSize(int bits, long signed, long unsigned) {
        assertThat(certificate(Levels.SIGNED, bits).candidates()).isEqualTo(signed);
        assertThat(certificate(Levels.UNSIGNED, bits).candidates()).isEqualTo(unsigned);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void levelsAreSomeOfTheSumsWithBothSigns(int bits) {
        int[] signed = fit(Levels.SIGNED, bits).chosen().levels();
        int[] magnitudes = Arrays.stream(signed).filter(level -> level >= 0).toArray();
        assertThat(SUMS).contains(magnitudes);
        assertThat(magnitudes).hasSize(1 << (bits - 1));
        assertThat(signed).isEqualTo(Levels.plusMinus(magnitudes));

        int[] unsigned = fit(Levels.UNSIGNED, bits).chosen().levels();
        assertThat(SUMS).contains(unsigned);
        assertThat(unsigned).hasSize(Math.min(15, 1 << bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void noChoiceIsBetter(int bits) {
        for (var observed : Samples.nasty()) {
            double least = Double.POSITIVE_INFINITY;
            for (int[] magnitudes : choices(1 << (observed.signed() ? bits - 1 : bits), 0)) {
                int[] levels = observed.signed() ? Levels.plusMinus(magnitudes) : magnitudes;
                least = Math.min(least, observed.all().bestScale(levels).squaredError());
            }
            var fit =
                    Levels.fit(
                            quantizer(), observed, set("bits", bits), set("scale", "per-tensor"));
            assertThat(fit.squaredError()).isEqualTo(least);
            assertThat(fit.certificate().orElseThrow().squaredError()).isEqualTo(least);
        }
    }

    @Test
    void theCertificateProvesTheOptimum() {
        var certificate = certificate(Levels.SIGNED, 3);
        assertThat(certificate.proven()).isTrue();
        assertThat(certificate.lowerBound()).isEqualTo(certificate.squaredError());
        assertThat(certificate.pruned() + certificate.evaluated()).isEqualTo(1365);
        assertThat(certificate.note())
                .isEqualTo(
                        "every choice of 4 of the 15 sums at its best scale; objective: mean squared"
                                + " error of channels over their root mean square");
    }

    /** The outer of the best 4 levels for a bell is 3.34 times the inner (Max 1960): 20 to 6. */
    @Test
    void aBellNeedsNoZero() {
        var fit = fit(Samples.weights(1, Samples.gauss(200_000, 3)), 2);
        assertThat(fit.chosen().levels()).isEqualTo(new int[] {-20, -6, 6, 20});
    }

    private Fit.Quantized fit(Observation observed, int bits) {
        return Levels.fit(quantizer(), observed, set("bits", bits));
    }

    private Certificate certificate(Observation observed, int bits) {
        return fit(observed, bits).certificate().orElseThrow();
    }

    /** Every ascending choice of so many sums from some index on. */
    private static List<int[]> choices(int size, int from) {
        if (size == 0) {
            return List.of(new int[0]);
        }
        var all = new ArrayList<int[]>();
        for (int first = from; first < SUMS.length; first++) {
            int sum = SUMS[first];
            for (int[] rest : choices(size - 1, first + 1)) {
                all.add(IntStream.concat(IntStream.of(sum), Arrays.stream(rest)).toArray());
            }
        }
        return all;
    }
}
