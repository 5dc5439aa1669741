package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Distribution;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeLevelsTest {

    /** Max, IRE Trans. Inform. Theory 6, 1960, table I; Jayant and Noll, 1984, for Laplace. */
    @ParameterizedTest
    @CsvSource({
        "Gauss, 4, 9.30", "Gauss, 8, 14.62", "Gauss, 16, 20.22",
        "Laplace, 4, 7.54", "Laplace, 8, 12.64", "Laplace, 16, 18.13"
    })
    void reachesTheLloydMaxQuantizersOfTheTextbook(String name, int levels, double sqnr) {
        var data = Densities.of(name);
        assertThat(Densities.sqnr(data, FreeLevels.errorOf(data, levels)))
                .isCloseTo(sqnr, within(0.01));
    }

    /** More samples than places, so that they are spread; few enough to cluster them directly. */
    @ParameterizedTest
    @CsvSource({"4, 0.001", "16, 0.001", "256, 0.7"})
    void spreadingLosesLittleAndNeverExceedsTheOptimum(int levels, double decibels) {
        for (var data :
                new Distribution[] {
                    Distribution.of(Samples.gauss(30_000, 2)),
                    Distribution.of(
                            Samples.map(Samples.gauss(30_000, 3), x -> Math.max(-0.5, x * x * x))),
                    Distribution.summarise(Samples.gauss(100_000, 4), 20_000)
                }) {
            double exact = Clustering.of(data, levels).squaredError();
            double bound = FreeLevels.errorOf(data, levels);
            assertThat(bound).isLessThanOrEqualTo(exact * (1 + 1e-9));
            assertThat(10 * Math.log10(exact / bound)).isLessThan(decibels);
        }
    }

    @Test
    void asManyLevelsAsValuesLeaveNothing() {
        assertThat(FreeLevels.errorOf(Distribution.of(1, 2, 2, 7), 3)).isZero();
        assertThat(FreeLevels.errorOf(Distribution.of(new float[20_000]), 4)).isZero();
    }
}
