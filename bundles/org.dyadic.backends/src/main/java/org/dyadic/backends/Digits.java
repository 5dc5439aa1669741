package org.dyadic.backends;

import java.util.Arrays;
import java.util.List;

/** How integers are written as sums of signed powers of two. */
final class Digits {

    /** So many that no array does it. */
    static final int TOO_MANY = 1 << 20;

    private Digits() {}

    /** The places of a number of places: bits that count that many choices. */
    static int bitsToCount(int choices) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(choices - 1);
    }

    /**
     * The fewest signed powers of two, none above the highest shift, whose sum is the level: as
     * many of the highest as it holds, and the non-adjacent form of the rest, whose digits are
     * where the rest and its triple differ (G. W. Reitwiesner, "Binary arithmetic", 1960).
     */
    static int free(long level, int shifts) {
        long magnitude = Math.abs(level);
        long highest = magnitude >> (shifts - 1);
        long rest = magnitude - (highest << (shifts - 1));
        return (int) Math.min(highest + Long.bitCount(rest ^ 3 * rest), TOO_MANY);
    }

    /**
     * The fewest rounds in which a level comes together if a round adds at most one signed power of
     * two from each window of so many neighbouring shifts.
     */
    static int inWindows(long level, int window, int shifts) {
        if (shifts <= window) {
            return free(level, shifts);
        }
        long rest = Math.floorMod(level, 1L << window);
        int fewest = TOO_MANY;
        // More than that in the lowest window never saves a round in the others.
        for (long beyond = -2; beyond <= 1; beyond++) {
            fewest = Math.min(fewest, rounds(level, rest + (beyond << window), window, shifts));
        }
        return fewest;
    }

    /** If the lowest window makes so much of a level. */
    private static int rounds(long level, long low, int window, int shifts) {
        return Math.max(
                free(low, window), inWindows((level - low) >> window, window, shifts - window));
    }

    /**
     * The rounds for every number up to a limit if a round adds the same or the negative of one
     * entry from each subset, where zero is an entry of each; at index n those of n.
     */
    static int[] inSubsets(List<List<Integer>> subsets, int limit) {
        var sums = new boolean[limit + 1];
        sums[0] = true;
        for (var subset : subsets) {
            var with = sums.clone();
            for (int entry : subset) {
                for (int sum = 0; sum + entry <= limit; sum++) {
                    with[sum + entry] |= sums[sum];
                }
            }
            sums = with;
        }
        var rounds = new int[limit + 1];
        Arrays.fill(rounds, TOO_MANY);
        rounds[0] = 0;
        boolean found = true;
        for (int round = 0; found; round++) {
            found = false;
            for (int from = 0; from <= limit; from++) {
                for (int sum = 1; rounds[from] == round && sum <= limit; sum++) {
                    for (int to : new int[] {from + sum, Math.abs(from - sum)}) {
                        if (sums[sum] && to <= limit && rounds[to] > round + 1) {
                            rounds[to] = round + 1;
                            found = true;
                        }
                    }
                }
            }
        }
        return rounds;
    }

    /**
     * The fewest rounds in which a level comes together of so many slices, each of so many places
     * above the one before and each worth the rounds of its number.
     */
    static int inSlices(long level, int[] rounds, int places, int slices) {
        if (slices == 1) {
            return Math.abs(level) < rounds.length ? rounds[(int) Math.abs(level)] : TOO_MANY;
        }
        long radix = 1L << places;
        long rest = Math.floorMod(level, radix);
        int fewest = TOO_MANY;
        for (long low : new long[] {rest, rest - radix}) {
            fewest =
                    Math.min(
                            fewest,
                            rounds[(int) Math.abs(low)]
                                    + inSlices(
                                            (level - low) >> places, rounds, places, slices - 1));
        }
        return fewest;
    }
}
