package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.quantizers.Levels.set;

import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpotQuantizerTest implements QuantizerContract {

    private static final float[] GAUSS = Samples.gauss(4000, 3);

    @Override
    public Quantizer quantizer() {
        return new UpotQuantizer();
    }

    /**
     * Signal to noise in dB, as worked out for this project outside the product, from samples; the
     * rows for "universal" used six exponents and a coarse search of scales.
     */
    @ParameterizedTest
    @CsvSource({
        "Gauss, 4, additive, 19.15",
        "Gauss, 3, additive, 13.22",
        "Gauss, 2, additive, 7.20",
        "Gauss, 4, universal, 19.79",
        "Gauss, 3, universal, 14.45",
        "Gauss, 2, binary, 9.24",
        "Laplace, 4, additive, 16.88",
        "Laplace, 3, additive, 11.47",
        "Laplace, 2, additive, 5.77",
        "Laplace, 4, universal, 17.28",
        "Laplace, 3, universal, 12.43",
        "Laplace, 2, universal, 7.51",
        "ReLU(Gauss), 4, additive, 22.99",
        "ReLU(Gauss), 4, universal, 24.45",
        "half-Laplace, 4, additive, 21.57",
        "half-Laplace, 4, universal, 21.98",
    })
    void textbookDistributionsReachTheKnownSignalToNoise(
            String name, int bits, String template, double expected) {
        var observed = Observation.ofActivations("layer", Densities.of(name), 1);
        var fit = fit(observed, set("bits", bits), set("template", template));
        assertThat(observed.sqnr(fit.squaredError()).orElseThrow())
                .isBetween(expected - 0.02, expected + 0.2);
        var certificate = fit.certificate().orElseThrow();
        assertThat(certificate.proven()).isTrue();
        assertThat(certificate.squaredError()).isEqualTo(fit.squaredError());
    }

    /** With a sign bit and zero in every subset, the exhaustive optimum is what APoT publishes. */
    @ParameterizedTest
    @CsvSource({"3", "4"})
    void onBellShapedWeightsTheAdditiveOptimumIsApot(int bits) {
        var observed = Observation.ofActivations("layer", Densities.of("Gauss"), 1);
        var published = Levels.fit(new ApotQuantizer(), observed, set("bits", bits));
        assertThat(fit(observed, set("bits", bits), set("template", "additive")).squaredError())
                .isBetween(0.999 * published.squaredError(), published.squaredError());
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void moreFreedomIsNeverWorse(int bits) {
        var observed = Samples.activations(Samples.map(GAUSS, x -> x * Math.abs(x) + 0.1));
        double six = fit(observed, set("bits", bits), set("exponents", 6)).squaredError();
        double eight = fit(observed, set("bits", bits)).squaredError();
        double zero = fit(observed, set("bits", bits), set("zero", "required")).squaredError();
        double additive =
                fit(observed, set("bits", bits), set("template", "additive")).squaredError();
        assertThat(eight).isLessThanOrEqualTo(six).isLessThanOrEqualTo(zero);
        assertThat(zero).as("has every additive level set").isLessThanOrEqualTo(additive);
    }

    @Test
    void zeroIsALevelWhereItIsRequired() {
        var observed = Samples.weights(4, GAUSS);
        assertThat(fit(observed, set("bits", 2)).chosen().hasZero()).isFalse();
        assertThat(fit(observed, set("bits", 2), set("zero", "required")).chosen().hasZero())
                .isTrue();
    }

    @Test
    void aBudgetTooSmallIsSaidWithTheGap() {
        var observed = Samples.weights(4, GAUSS);
        var certificate =
                fit(observed, set("bits", 3), set("budget", 100)).certificate().orElseThrow();
        assertThat(certificate.proven()).isFalse();
        assertThat(certificate.gap()).isPositive();
        assertThat(certificate.note()).contains("descent", "budget", "any 8 levels", "channels");
    }

    @Test
    void theCertificateSaysWhichErrorItIsAbout() {
        var observed = Samples.weights(4, GAUSS);
        var perChannel = fit(observed, set("bits", 3));
        assertThat(perChannel.certificate().orElseThrow().note()).contains("all channels pooled");
        assertThat(perChannel.chosen().perChannel()).isTrue();
        var perTensor = fit(observed, set("bits", 3), set("scale", "per-tensor"));
        assertThat(perTensor.certificate().orElseThrow())
                .satisfies(
                        certificate -> {
                            assertThat(certificate.note()).contains("one scale");
                            assertThat(certificate.squaredError())
                                    .isEqualTo(perTensor.squaredError());
                        });
    }

    /** Fewer bits than a subset of four needs, and more powers than there are exponents. */
    @ParameterizedTest
    @CsvSource({"2, 2", "2, 8", "3, 2", "4, 2", "5, 3", "8, 2"})
    void everyTemplateWorksAtItsEdges(int bits, int exponents) {
        for (String template : new String[] {"universal", "additive", "binary"}) {
            for (var observed :
                    new Observation[] {
                        Samples.weights(4, GAUSS),
                        Samples.activations(Samples.map(GAUSS, x -> Math.max(0, x)))
                    }) {
                var fit =
                        fit(
                                observed,
                                set("bits", bits),
                                set("exponents", exponents),
                                set("template", template));
                assertThat(fit.chosen().bits()).isEqualTo(bits);
                assertThat(fit.squaredError()).isLessThan(observed.all().power());
            }
        }
    }

    private Fit.Quantized fit(Observation observed, Setting... settings) {
        return Levels.fit(quantizer(), observed, settings);
    }
}
