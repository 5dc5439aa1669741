package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApotQuantizerTest implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new ApotQuantizer();
    }

    /** The table of Li et al. 2020 as its code prints it: levels over a common denominator. */
    @ParameterizedTest
    @CsvSource({
        "2, '0 1 2 4', 4",
        "3, '0 1 2 3 4 6 8 10', 10",
        "4, '0 1 2 3 4 6 8 9 12 16 18 24 32 33 36 48', 48",
        "5, '0 1 2 3 4 5 6 7 8 10 12 14 16 17 20 21 24 28 32 34 36 38 48 52 64 65 68 69 72 76 96 100', 100"
    })
    void levelsAreThePublishedOnes(int bits, String numerators, int denominator) {
        int[] published =
                Arrays.stream(numerators.split(" ")).mapToInt(Integer::parseInt).toArray();
        var activations = Samples.activations(Samples.map(Samples.gauss(256, 1), Math::abs));
        var unsigned = levels(activations, bits);
        assertThat(unsigned).hasSize(1 << bits);
        assertThat(
                        Arrays.stream(unsigned)
                                .mapToDouble(
                                        level -> level / (double) unsigned[unsigned.length - 1]))
                .containsExactly(
                        Arrays.stream(published)
                                .mapToObj(n -> n / (double) denominator)
                                .toArray(Double[]::new));

        // Weights have a sign bit besides, so the same magnitudes take one bit more.
        var signed = levels(Samples.weights(2, Samples.gauss(256, 1)), bits + 1);
        assertThat(Arrays.stream(signed).filter(level -> level >= 0))
                .containsExactly(boxed(unsigned));
        assertThat(Arrays.stream(signed).map(level -> -level).sorted())
                .containsExactly(boxed(signed));
    }

    private int[] levels(org.dyadic.api.quant.Observation observed, int bits) {
        var settings =
                quantizer()
                        .parameters()
                        .with(Setting.of("bits", new Value.Number(Quantity.of(bits, Unit.ONE))));
        return ((Fit.Quantized) quantizer().fit(observed, settings)).chosen().levels();
    }

    private static Integer[] boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }
}
