package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digits beside an exhaustive search of the sums that so many rounds can make. */
class DigitsTest {

    /** The fewest rounds for each number of a range, if a round adds one of the steps. */
    private static int[] fewest(List<Integer> steps, int range) {
        var fewest = new int[2 * range + 1];
        Arrays.fill(fewest, Integer.MAX_VALUE);
        fewest[range] = 0;
        boolean found = true;
        for (int round = 0; found; round++) {
            found = false;
            for (int from = 0; from < fewest.length; from++) {
                for (int step : fewest[from] == round ? steps : List.<Integer>of()) {
                    int to = from + step;
                    if (to >= 0 && to < fewest.length && fewest[to] > round + 1) {
                        fewest[to] = round + 1;
                        found = true;
                    }
                }
            }
        }
        return fewest;
    }

    /** Every sum of one choice from each list. */
    private static List<Integer> sums(List<List<Integer>> choices) {
        List<Integer> sums = List.of(0);
        for (var choice : choices) {
            var more = new ArrayList<Integer>();
            sums.forEach(sum -> choice.forEach(one -> more.add(sum + one)));
            sums = more.stream().distinct().toList();
        }
        return sums;
    }

    private static List<Integer> signed(int from, int to) {
        var powers = new ArrayList<>(List.of(0));
        for (int shift = from; shift < to; shift++) {
            powers.addAll(List.of(1 << shift, -(1 << shift)));
        }
        return powers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void digitsAreTheFewestSignedPowersThereAre(int shifts) {
        int reach = 1 << (shifts + 1);
        var fewest = fewest(signed(0, shifts), 2 * reach);
        for (int level = -reach / 2; level <= reach / 2; level++) {
            assertThat(Digits.free(level, shifts))
                    .as("level %d", level)
                    .isEqualTo(fewest[level + 2 * reach]);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 4", "3, 6", "2, 5", "4, 8", "2, 6"})
    void roundsOfWindowsAreTheFewestThereAre(int window, int shifts) {
        var windows = new ArrayList<List<Integer>>();
        for (int from = 0; from < shifts; from += window) {
            windows.add(signed(from, Math.min(shifts, from + window)));
        }
        int range = 1 << (shifts + 2);
        var fewest = fewest(sums(windows), range);
        for (int level = -(1 << shifts); level <= 1 << shifts; level++) {
            assertThat(Digits.inWindows(level, window, shifts))
                    .as("level %d", level)
                    .isEqualTo(fewest[level + range]);
        }
    }

    @Test
    void roundsOfSubsetsAreTheFewestThereAre() {
        var subsets = List.of(List.of(8, 4, 1), List.of(2));
        var positive = sums(List.of(List.of(0, 8, 4, 1), List.of(0, 2)));
        var steps = new ArrayList<>(positive);
        positive.forEach(step -> steps.add(-step));
        var fewest = fewest(steps, 200);
        var rounds = Digits.inSubsets(subsets, 40);
        for (int level = 0; level <= 40; level++) {
            assertThat(rounds[level]).as("level %d", level).isEqualTo(fewest[level + 200]);
        }
    }

    @Test
    void slicesAddUpToTheLevel() {
        var rounds = Digits.inSubsets(List.of(List.of(8, 4, 1), List.of(2)), 32);
        for (int level = -128; level < 128; level++) {
            int fewest = Integer.MAX_VALUE;
            for (int low = -16; low <= 16; low++) {
                if ((level - low) % 16 == 0) {
                    int high = (level - low) / 16;
                    fewest = Math.min(fewest, rounds[Math.abs(low)] + rounds[Math.abs(high)]);
                }
            }
            assertThat(Digits.inSlices(level, rounds, 4, 2))
                    .as("level %d", level)
                    .isEqualTo(fewest);
        }
        assertThat(Digits.inSlices(1 << 20, rounds, 4, 2)).isEqualTo(Digits.TOO_MANY);
    }
}
