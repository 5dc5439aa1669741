package org.dyadic.quantizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Encoding;

/**
 * The subsets that a search may put together. A configuration picks one content for each subset; it
 * is written as the indices of the contents.
 */
final class SubsetSpace {

    private final boolean signBit;
    private final int[][][] choices; // by subset, index of its content, place in it
    private final int top;
    private final boolean zero;

    private SubsetSpace(boolean signBit, int[][][] choices, int exponents, boolean zero) {
        this.signBit = signBit;
        this.choices = choices;
        this.top = 1 << (exponents - 1);
        this.zero = zero;
    }

    /**
     * Signed entries, zero not forced: subsets of four entries, and one of two when bits are odd.
     */
    static SubsetSpace universal(int bits, int exponents) {
        int[] entries = signedEntries(exponents);
        return of(false, sizes(bits), exponents, size -> combinations(entries, size));
    }

    /** As universal, but subsets of two entries alone, one for each bit. */
    static SubsetSpace binary(int bits, int exponents) {
        int[] entries = signedEntries(exponents);
        int[] sizes = IntStream.generate(() -> 2).limit(bits).toArray();
        return of(false, sizes, exponents, size -> combinations(entries, size));
    }

    /** Zero and positive powers, and a sign bit if the tensor is signed. */
    static SubsetSpace additive(int bits, int exponents, boolean signed) {
        int[] powers = IntStream.range(0, exponents).map(exponent -> 1 << exponent).toArray();
        return of(
                signed,
                sizes(signed ? bits - 1 : bits),
                exponents,
                size ->
                        combinations(powers, Math.min(size - 1, exponents)).stream()
                                .map(chosen -> withZero(chosen, size))
                                .toList());
    }

    private interface Contents {
        List<int[]> ofSize(int size);
    }

    private static SubsetSpace of(boolean signBit, int[] sizes, int exponents, Contents contents) {
        var bySize = new HashMap<Integer, int[][]>(); // shared, so that equal choices are the same
        var choices = new int[sizes.length][][];
        for (int i = 0; i < sizes.length; i++) {
            choices[i] =
                    bySize.computeIfAbsent(
                            sizes[i], size -> contents.ofSize(size).toArray(int[][]::new));
        }
        return new SubsetSpace(signBit, choices, exponents, false);
    }

    /** This space without the configurations that do not have zero among their levels. */
    SubsetSpace withZero() {
        return new SubsetSpace(signBit, choices, 1 + Integer.numberOfTrailingZeros(top), true);
    }

    /** Fours as far as the bits go, then a two. */
    private static int[] sizes(int bits) {
        return IntStream.rangeClosed(1, (bits + 1) / 2).map(i -> 2 * i > bits ? 2 : 4).toArray();
    }

    private static int[] signedEntries(int exponents) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, exponents).flatMap(e -> IntStream.of(1 << e, -(1 << e))))
                .toArray();
    }

    /** Zero first, then the powers; with fewer powers than places, the last is repeated. */
    private static int[] withZero(int[] powers, int size) {
        var subset = new int[size];
        for (int i = 1; i < size; i++) {
            subset[i] = powers[Math.min(i, powers.length) - 1];
        }
        return subset;
    }

    private static List<int[]> combinations(int[] entries, int size) {
        var found = new ArrayList<int[]>();
        combine(entries, 0, new int[size], 0, found);
        return found;
    }

    private static void combine(int[] entries, int from, int[] chosen, int at, List<int[]> found) {
        if (at == chosen.length) {
            found.add(chosen.clone());
            return;
        }
        for (int i = from; i < entries.length; i++) {
            chosen[at] = entries[i];
            combine(entries, i + 1, chosen, at + 1, found);
        }
    }

    /** The number of subsets. */
    int subsets() {
        return choices.length;
    }

    /** The contents that a subset may have; not to be changed. */
    int[][] choices(int subset) {
        return choices[subset];
    }

    /** Configurations, those that differ only in the order of equal-sized subsets counted once. */
    long size() {
        long size = 1;
        int equal = 1;
        for (int i = 0; i < choices.length; i++) {
            equal = repeats(i) ? equal + 1 : 1;
            // With repetition, k of n: n (n + 1) .. (n + k - 1) / k!
            size = size * (choices[i].length + equal - 1) / equal;
        }
        return size;
    }

    /** True if a subset has the same choices as the one before, so that their order is nothing. */
    boolean repeats(int subset) {
        return subset > 0 && choices[subset] == choices[subset - 1];
    }

    /** The number of codes of every configuration. */
    int codes() {
        int codes = signBit ? 2 : 1;
        for (var contents : choices) {
            codes *= contents[0].length;
        }
        return codes;
    }

    /**
     * The most levels that a configuration can have: a sign bit spends one code on a second zero.
     */
    int mostLevels() {
        return signBit ? codes() - 1 : codes();
    }

    /** The largest magnitude a level can have. */
    int reach() {
        return choices.length * top;
    }

    /** Whether a content has the largest power; a configuration without one is another shifted. */
    boolean usesTop(int subset, int pick) {
        for (int entry : choices[subset][pick]) {
            if (Math.abs(entry) == top) {
                return true;
            }
        }
        return false;
    }

    /** Whether a level set is wanted. */
    boolean admits(LevelSet levels) {
        return !zero || levels.hasZero();
    }

    /** Every way to fill all subsets but the last, in a fixed order. */
    List<int[]> prefixes() {
        var found = new ArrayList<int[]>();
        fill(new int[choices.length - 1], 0, found);
        return found;
    }

    private void fill(int[] picks, int subset, List<int[]> found) {
        if (subset == picks.length) {
            found.add(picks.clone());
            return;
        }
        int from = repeats(subset) ? picks[subset - 1] : 0;
        for (int pick = from; pick < choices[subset].length; pick++) {
            picks[subset] = pick;
            fill(picks, subset + 1, found);
        }
    }

    /** A configuration at random; with zero in every subset if zero must be a level. */
    int[] random(SplittableRandom random) {
        var picks = new int[choices.length];
        for (int i = 0; i < picks.length; i++) {
            do {
                picks[i] = random.nextInt(choices[i].length);
            } while (zero && Arrays.stream(choices[i][picks[i]]).noneMatch(entry -> entry == 0));
        }
        return picks;
    }

    /**
     * All sums of one entry from each subset picked, but for one subset; any number leaves none.
     */
    int[] sums(int[] picks, int without) {
        int[] sums = {0};
        for (int i = 0; i < picks.length; i++) {
            if (i != without) {
                int[] before = sums;
                sums =
                        Arrays.stream(choices[i][picks[i]])
                                .flatMap(entry -> Arrays.stream(before).map(sum -> sum + entry))
                                .toArray();
            }
        }
        return sums;
    }

    /** Room for the level sets of this space. */
    LevelSet levelSet() {
        return new LevelSet(reach(), mostLevels(), signBit);
    }

    /** The code of a configuration, shifted so that it uses the largest power. */
    Encoding.PowerSum encoding(int[] picks) {
        int largest = 1;
        for (int i = 0; i < picks.length; i++) {
            for (int entry : choices[i][picks[i]]) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        int shift = top / largest;
        return new Encoding.PowerSum(
                signBit,
                IntStream.range(0, picks.length)
                        .mapToObj(
                                i ->
                                        Arrays.stream(choices[i][picks[i]])
                                                .mapToObj(entry -> shift * entry)
                                                .toList())
                        .toList());
    }
}
