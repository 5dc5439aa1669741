package org.dyadic.quantizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The subsets that a search may put together.
 *
 * @param signBit whether a code has a sign bit besides
 * @param choices for each subset in turn, every content it may have
 * @param top the largest power of two; a scale absorbs any shift, so a configuration must use it
 */
record SubsetSpace(boolean signBit, List<List<List<Integer>>> choices, int top) {

    /**
     * Signed entries, zero not forced; four-entry subsets, and one of two entries when bits are
     * odd.
     */
    static SubsetSpace universal(int bits, int exponents) {
        var entries = new ArrayList<Integer>();
        entries.add(0);
        for (int exponent = 0; exponent < exponents; exponent++) {
            entries.add(1 << exponent);
            entries.add(-(1 << exponent));
        }
        return of(false, bits, size -> combinations(entries, size), exponents);
    }

    /** Zero and positive powers, and a sign bit if the tensor is signed. */
    static SubsetSpace additive(int bits, int exponents, boolean signed) {
        var powers = new ArrayList<Integer>();
        for (int exponent = 0; exponent < exponents; exponent++) {
            powers.add(1 << exponent);
        }
        return of(
                signed,
                signed ? bits - 1 : bits,
                size ->
                        combinations(powers, Math.min(size - 1, exponents)).stream()
                                .map(chosen -> withZero(chosen, size))
                                .toList(),
                exponents);
    }

    private static SubsetSpace of(
            boolean signBit, int bits, IntFunction<List<List<Integer>>> contents, int exponents) {
        var choices = new ArrayList<List<List<Integer>>>();
        for (int rest = bits; rest > 0; rest -= 2) {
            choices.add(contents.apply(rest >= 2 ? 4 : 2));
        }
        return new SubsetSpace(signBit, choices, 1 << (exponents - 1));
    }

    /** Zero first, then the powers; with fewer powers than places, the last is repeated. */
    private static List<Integer> withZero(List<Integer> powers, int size) {
        var subset = new ArrayList<Integer>();
        subset.add(0);
        subset.addAll(powers);
        while (subset.size() < size) {
            subset.add(powers.get(powers.size() - 1));
        }
        return subset;
    }

    private static List<List<Integer>> combinations(List<Integer> entries, int size) {
        var found = new ArrayList<List<Integer>>();
        collect(entries, size, 0, new ArrayList<>(), found);
        return found;
    }

    private static void collect(
            List<Integer> entries,
            int size,
            int from,
            List<Integer> chosen,
            List<List<Integer>> found) {
        if (chosen.size() == size) {
            found.add(List.copyOf(chosen));
            return;
        }
        for (int i = from; i < entries.size(); i++) {
            chosen.add(entries.get(i));
            collect(entries, size, i + 1, chosen, found);
            chosen.remove(chosen.size() - 1);
        }
    }

    /** Configurations, counting those that differ only in the order of equal-sized subsets once. */
    double size() {
        double size = 1;
        int equal = 1;
        for (int i = 0; i < choices.size(); i++) {
            equal = i > 0 && interchangeable(i - 1, i) ? equal + 1 : 1;
            size *= (choices.get(i).size() + equal - 1.0) / equal;
        }
        return size;
    }

    /** True if two subsets have the same choices, so that their order does not matter. */
    boolean interchangeable(int a, int b) {
        return choices.get(a).equals(choices.get(b));
    }

    /** Whether a configuration reaches the largest power. */
    boolean normalised(int[] picks) {
        for (int i = 0; i < picks.length; i++) {
            for (int entry : choices.get(i).get(picks[i])) {
                if (Math.abs(entry) == top) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The ascending distinct sums of a configuration. */
    int[] levels(int[] picks) {
        int[] sums = {0};
        for (int i = 0; i < picks.length; i++) {
            var subset = choices.get(i).get(picks[i]);
            var next = new int[sums.length * subset.size()];
            int at = 0;
            for (int entry : subset) {
                for (int sum : sums) {
                    next[at++] = sum + entry;
                }
            }
            sums = next;
        }
        if (signBit) {
            int n = sums.length;
            sums = Arrays.copyOf(sums, 2 * n);
            for (int i = 0; i < n; i++) {
                sums[n + i] = -sums[i];
            }
        }
        Arrays.sort(sums);
        int distinct = 1;
        for (int i = 1; i < sums.length; i++) {
            if (sums[i] != sums[i - 1]) {
                sums[distinct++] = sums[i];
            }
        }
        return Arrays.copyOf(sums, distinct);
    }

    /** The subsets of a configuration. */
    List<List<Integer>> subsets(int[] picks) {
        var subsets = new ArrayList<List<Integer>>();
        for (int i = 0; i < picks.length; i++) {
            subsets.add(choices.get(i).get(picks[i]));
        }
        return subsets;
    }
}
