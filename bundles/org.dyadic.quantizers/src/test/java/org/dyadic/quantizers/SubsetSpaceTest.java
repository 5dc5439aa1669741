package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsetSpaceTest {

    /** Choosing k of n with repetition: n (n + 1) .. (n + k - 1) / k!. */
    @Test
    void theOrderOfEqualSubsetsIsNotCounted() {
        int four = 17 * 16 * 15 * 14 / 24; // of zero and 16 signed powers
        int two = 17 * 16 / 2;
        assertThat(SubsetSpace.universal(2, 8).size()).isEqualTo(four);
        assertThat(SubsetSpace.universal(3, 8).size()).isEqualTo((long) four * two);
        assertThat(SubsetSpace.universal(4, 8).size()).isEqualTo((long) four * (four + 1) / 2);
        assertThat(SubsetSpace.universal(5, 8).size())
                .isEqualTo((long) four * (four + 1) / 2 * two);
        assertThat(SubsetSpace.binary(3, 8).size())
                .isEqualTo((long) two * (two + 1) * (two + 2) / 6);
        assertThat(SubsetSpace.universal(8, 8).size()).isGreaterThan(1_000_000_000_000L);
        assertThat(SubsetSpace.binary(8, 8).size()).isGreaterThan(1_000_000_000_000L);
        assertThat(SubsetSpace.additive(4, 8, true).size()).isEqualTo(56 * 8); // 3 and 1 of 8
        assertThat(SubsetSpace.additive(4, 8, false).size()).isEqualTo(56 * 57 / 2);
        // Three of four powers, and one of four: as many, yet not the same.
        assertThat(SubsetSpace.additive(3, 4, false).size()).isEqualTo(4 * 4);
    }

    @Test
    void prefixesAndLastSubsetsMakeUpTheSpace() {
        for (var space :
                new SubsetSpace[] {
                    SubsetSpace.universal(5, 2),
                    SubsetSpace.universal(4, 3),
                    SubsetSpace.additive(6, 4, true),
                    SubsetSpace.binary(4, 2)
                }) {
            int last = space.subsets() - 1;
            long count =
                    space.prefixes().stream()
                            .mapToLong(
                                    prefix ->
                                            space.choices(last).length
                                                    - (space.repeats(last) ? prefix[last - 1] : 0))
                            .sum();
            assertThat(count).isEqualTo(space.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5", "6", "7", "8"})
    void aCodeIsAsWideAsAskedAndDecodesToTheSums(int bits) {
        var random = new SplittableRandom(bits);
        for (int exponents = 2; exponents <= 8; exponents++) {
            for (var space :
                    new SubsetSpace[] {
                        SubsetSpace.universal(bits, exponents),
                        SubsetSpace.binary(bits, exponents),
                        SubsetSpace.additive(bits, exponents, true),
                        SubsetSpace.additive(bits, exponents, false)
                    }) {
                int[] picks = space.random(random);
                var encoding = space.encoding(picks);
                assertThat(encoding.bits()).isEqualTo(bits);
                assertThat(encoding.codes()).isEqualTo(space.codes());
                int[] levels = Grid.levelsOf(encoding);
                var set = space.levelSet();
                set.become(space.sums(picks, picks.length), new int[1]);
                int shift = width(levels) / width(set.toArray());
                assertThat(Arrays.stream(set.toArray()).map(level -> level * shift).toArray())
                        .isEqualTo(levels);
                assertThat(levels.length).isLessThanOrEqualTo(space.mostLevels());
                assertThat(width(levels)).isLessThanOrEqualTo(space.reach());
            }
        }
    }

    private static int width(int[] levels) {
        return Math.max(-levels[0], levels[levels.length - 1]);
    }

    @Test
    void aConfigurationIsShiftedToTheLargestPower() {
        var space = SubsetSpace.additive(2, 8, true);
        for (int pick = 0; pick < 8; pick++) {
            var encoding = space.encoding(new int[] {pick});
            assertThat(Grid.levelsOf(encoding)).containsExactly(-128, 0, 128);
            assertThat(space.usesTop(0, pick)).isEqualTo(pick == 7);
        }
    }

    @Test
    void aSpaceWithZeroStartsAndStaysWithIt() {
        var space = SubsetSpace.universal(4, 8).withZero();
        var random = new SplittableRandom(4);
        for (int i = 0; i < 100; i++) {
            assertThat(Grid.levelsOf(space.encoding(space.random(random)))).contains(0);
        }
        var levels = space.levelSet();
        levels.become(new int[] {1, 2}, new int[] {-2});
        assertThat(space.admits(levels)).isTrue();
        levels.become(new int[] {1, 2}, new int[] {2});
        assertThat(space.admits(levels)).isFalse();
        assertThat(SubsetSpace.universal(4, 8).admits(levels)).isTrue();
    }

    @Test
    void sumsLeaveOneSubsetOut() {
        var space = SubsetSpace.binary(2, 2);
        int[] picks = {0, 1};
        assertThat(space.sums(picks, 1)).isEqualTo(space.choices(0)[0]);
        assertThat(space.sums(picks, 0)).isEqualTo(space.choices(1)[1]);
        assertThat(IntStream.of(space.sums(picks, 2)).sum())
                .isEqualTo(
                        2 * IntStream.of(space.choices(0)[0]).sum()
                                + 2 * IntStream.of(space.choices(1)[1]).sum());
    }
}
