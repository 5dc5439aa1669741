package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpotQuantizerTest implements QuantizerContract {

    private static final float[] GAUSS = Samples.gauss(200_000, 3);

    @Override
    public Quantizer quantizer() {
        return new UpotQuantizer();
    }

    /**
     * Signal to noise in dB of the best known level sets on bell-shaped data, less what sampling
     * may cost.
     */
    @ParameterizedTest
    @CsvSource({
        "4, universal, 6, 19.72",
        "3, universal, 8, 14.38",
        "2, universal, 8, 9.19",
        "4, additive, 8, 19.09",
        "3, additive, 8, 13.16",
        "2, additive, 8, 7.15"
    })
    void bellShapedWeightsReachTheKnownOptimum(
            int bits, String template, int exponents, double expected) {
        assertThat(sqnr(Samples.weights(1, GAUSS), bits, template, exponents))
                .isGreaterThan(expected);
    }

    @ParameterizedTest
    @CsvSource({"4, universal, 6, 24.38", "4, additive, 8, 22.93"})
    void rectifiedActivationsReachTheKnownOptimum(
            int bits, String template, int exponents, double expected) {
        var rectified = Samples.activations(Samples.map(GAUSS, x -> Math.max(0, x)));
        assertThat(sqnr(rectified, bits, template, exponents)).isGreaterThan(expected);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void universalIsNeverWorseThanAdditiveOnTheSameExponents(int bits) {
        var laplace = Samples.map(GAUSS, x -> x * Math.abs(x));
        for (var observed :
                new Observation[] {Samples.weights(1, GAUSS), Samples.weights(1, laplace)}) {
            assertThat(sqnr(observed, bits, "universal", 6))
                    .isGreaterThanOrEqualTo(sqnr(observed, bits, "additive", 6) - 0.01);
        }
    }

    private double sqnr(Observation observed, int bits, String template, int exponents) {
        var settings =
                quantizer()
                        .parameters()
                        .with(
                                Setting.of("bits", number(bits)),
                                Setting.of("template", new Value.Word(template)),
                                Setting.of("exponents", number(exponents)));
        var fit = (Fit.Quantized) quantizer().fit(observed, settings);
        return observed.sqnr(fit.squaredError()).orElseThrow();
    }

    private static Value number(int number) {
        return new Value.Number(Quantity.of(number, Unit.ONE));
    }
}
