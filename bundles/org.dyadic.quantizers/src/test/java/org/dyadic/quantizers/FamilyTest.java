package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the quantizers compare on the distributions that the literature compares them on. */
class FamilyTest {

    /** Places from -20 to 20, in deviations. */
    private static final double STEP = 1e-3;

    /**
     * Max 1960: the least errors for unit normal data, of 2^b free levels and 2^b - 1 equal steps.
     */
    @ParameterizedTest
    @CsvSource({"2, 0.1175, 0.1902", "3, 0.03454, 0.04686", "4, 0.009497,"})
    void aBellHasTheErrorsOfTheLiterature(int bits, double free, Double equal) {
        var bell = density("bell");
        var width = Levels.set("width", 12);
        assertThat(error(new CodebookQuantizer(), bell, bits, width))
                .isCloseTo(free, within(1e-3 * free));
        if (equal != null) {
            assertThat(error(new UniformQuantizer(), bell, bits))
                    .isCloseTo(equal, within(1e-3 * equal));
        }
    }

    /** In dB, against what an independent script found on samples, so within 0.1. */
    @ParameterizedTest
    @CsvSource({
        "bell,           4, 18.88, 14.22, 19.15",
        "bell,           3, 13.27, 13.22, 13.22",
        "bell,           2,  7.20,  7.20,  7.20",
        "Laplace,        4, 15.58, 14.18, 16.88",
        "Laplace,        3, 10.77, 11.47, 11.47",
        "Laplace,        2,  5.77,  5.77,  5.77",
        "rectified bell, 4, 24.37, 14.23, 22.25",
        "half Laplace,   4, 20.32, 14.22, 21.57"
    })
    void signalToNoiseIsTheKnownOne(
            String name, int bits, double uniform, double pot, double apot) {
        var observed = density(name);
        assertThat(sqnr(new UniformQuantizer(), observed, bits)).isCloseTo(uniform, within(0.1));
        assertThat(sqnr(new PotQuantizer(), observed, bits)).isCloseTo(pot, within(0.1));
        assertThat(sqnr(new ApotQuantizer(), observed, bits)).isCloseTo(apot, within(0.1));
    }

    @Test
    void nobodyIsBetterThanTheBoundOfTheCodebook() {
        for (var name : List.of("bell", "Laplace", "rectified bell", "half Laplace")) {
            var observed = density(name);
            for (int bits = 2; bits <= 4; bits++) {
                var codebook =
                        Levels.fit(new CodebookQuantizer(), observed, Levels.set("bits", bits));
                double bound = codebook.certificate().orElseThrow().lowerBound();
                for (var quantizer : family()) {
                    assertThat(error(quantizer, observed, bits) * observed.all().power())
                            .as("%s, %d bits, %s", name, bits, quantizer)
                            .isGreaterThanOrEqualTo(bound * (1 - 1e-12));
                }
            }
        }
    }

    private static List<Quantizer> family() {
        return List.of(
                new UniformQuantizer(),
                new PotQuantizer(),
                new ApotQuantizer(),
                new SubsetQuantizer(),
                new UpotQuantizer(),
                new CodebookQuantizer());
    }

    private static double sqnr(Quantizer quantizer, Observation observed, int bits) {
        return observed.sqnr(error(quantizer, observed, bits) * observed.all().power())
                .orElseThrow();
    }

    /** As a share of the power. */
    private static double error(
            Quantizer quantizer, Observation observed, int bits, Setting... more) {
        var settings = new ArrayList<>(List.of(more));
        settings.add(Levels.set("bits", bits));
        return Levels.fit(quantizer, observed, settings.toArray(new Setting[0])).squaredError()
                / observed.all().power();
    }

    private static Observation density(String name) {
        return switch (name) {
            case "bell" -> density(-20_000, x -> Math.exp(-x * x / 2), 0);
            case "Laplace" -> density(-20_000, x -> Math.exp(-Math.abs(x)), 0);
            case "half Laplace" -> density(0, x -> Math.exp(-x), 0);
            // Half of the mass is at zero.
            default -> density(0, x -> Math.exp(-x * x / 2), Math.sqrt(Math.PI / 2) / STEP);
        };
    }

    private static Observation density(int from, DoubleUnaryOperator density, double atZero) {
        double[] places = IntStream.rangeClosed(from, 20_000).mapToDouble(i -> i * STEP).toArray();
        double[] weights =
                IntStream.range(0, places.length)
                        .mapToDouble(i -> density.applyAsDouble(places[i]))
                        .toArray();
        weights[-from] += atZero;
        return Observation.ofActivations("layer", Distribution.weighted(places, weights), 1);
    }
}
