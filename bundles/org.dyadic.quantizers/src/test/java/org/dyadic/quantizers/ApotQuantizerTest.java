package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.testkit.QuantizerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApotQuantizerTest implements QuantizerContract {

    @Override
    public Quantizer quantizer() {
        return new ApotQuantizer();
    }

    /**
     * The table of Li et al. 2020, over a common denominator. Their weights of 2 bits are ternary,
     * and of more have a sign bit besides, so the same magnitudes take one bit more.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0 1, 1",
        "2, 0 1 2 4, 4",
        "3, 0..4 6 8 10, 10",
        "4, 0..4 6 8 9 12 16 18 24 32 33 36 48, 48",
        "5, 0..8 10 12 14 16 17 20 21 24 28 32 34 36 38 48 52 64 65 68 69 72 76 96 100, 100"
    })
    void levelsAreThePublishedOnes(int bits, String numerators, int denominator) {
        int[] published = Levels.parse(numerators);
        assertThat(published).hasSize(1 << bits).endsWith(denominator);

        var signed = levels(Levels.SIGNED, bits + 1);
        assertThat(signed).isEqualTo(Levels.plusMinus(published));
        if (bits >= 2) {
            assertThat(levels(Levels.UNSIGNED, bits)).isEqualTo(published);
        }
    }

    /**
     * Of 6 bits, the subsets of the paper's code; of 7 and 8 those that its pattern goes on with.
     */
    @Test
    void moreBitsAreSumsOfMorePowers() {
        assertThat(subsets(6)).isEqualTo(powers("1 4 7", "2 5 8", "3 6 9"));
        assertThat(subsets(7)).isEqualTo(powers("1 4 8", "2 5 9", "3 6 10", "7"));
        assertThat(subsets(8)).isEqualTo(powers("1 5 9", "2 6 10", "3 7 11", "4 8 12"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void everyPowerUpToTheLargestIsInOneSubset(int bits) {
        assertThat(subsets(bits).stream().flatMap(List::stream).filter(entry -> entry > 0).sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, bits / 2 * 3 + bits % 2)
                                .mapToObj(exponent -> 1 << exponent)
                                .toList());
    }

    private int[] levels(Observation observed, int bits) {
        return Levels.grid(quantizer(), observed, Levels.set("bits", bits)).levels();
    }

    private List<List<Integer>> subsets(int bits) {
        var grid = Levels.grid(quantizer(), Levels.UNSIGNED, Levels.set("bits", bits));
        return ((Encoding.PowerSum) grid.encoding()).subsets();
    }

    /** Zero and powers of one half by their exponents, in units of the smallest of all. */
    private static List<List<Integer>> powers(String... exponents) {
        int least =
                Arrays.stream(exponents)
                        .flatMapToInt(e -> IntStream.of(Levels.parse(e)))
                        .max()
                        .getAsInt();
        return Arrays.stream(exponents)
                .map(
                        subset ->
                                IntStream.concat(
                                                IntStream.of(0),
                                                IntStream.of(Levels.parse(subset))
                                                        .map(e -> 1 << (least - e)))
                                        .boxed()
                                        .toList())
                .toList();
    }
}
