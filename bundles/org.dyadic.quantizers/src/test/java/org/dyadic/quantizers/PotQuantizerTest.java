package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PotQuantizerTest implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new PotQuantizer();
    }

    /** Zero and 2^(b-1) - 1 powers with both signs, as the code of Li et al. 2020 has them. */
    @ParameterizedTest
    @CsvSource({"2, 0", "3, 2", "4, 6", "5, 14"})
    void signedLevelsAreThePublishedOnes(int bits, int highest) {
        assertThat(Levels.grid(quantizer(), Levels.SIGNED, Levels.set("bits", bits)).levels())
                .isEqualTo(Levels.plusMinus(zeroAndPowers(highest)));
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 6", "4, 14", "5, 30"})
    void withoutSignThereAreTwiceAsMany(int bits, int highest) {
        assertThat(Levels.grid(quantizer(), Levels.UNSIGNED, Levels.set("bits", bits)).levels())
                .isEqualTo(zeroAndPowers(highest));
    }

    private static int[] zeroAndPowers(int highest) {
        return IntStream.concat(IntStream.of(0), IntStream.rangeClosed(0, highest).map(e -> 1 << e))
                .toArray();
    }
}
