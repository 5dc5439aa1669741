package org.dyadic.quantizers;

import java.util.Arrays;

/**
 * The levels under consideration, as a bound on their error needs them. One object serves any
 * number of level sets in turn; it belongs to one thread.
 */
final class LevelSet {

    private final int reach;
    private final boolean mirrored;
    private final long[] present; // bit reach + level
    private final int[] levels;
    private final int[] sums; // reach2 + the sum of a level and the next, reach2 = 2 x reach
    private final double[] gaps; // between a level and the next
    private int size;
    private int anchor;

    /**
     * @param reach the largest magnitude of a level
     * @param most the largest number of levels
     * @param mirrored true if every level is there with either sign
     */
    LevelSet(int reach, int most, boolean mirrored) {
        this.reach = reach;
        this.mirrored = mirrored;
        this.present = new long[(2 * reach >> 6) + 1];
        this.levels = new int[most];
        this.sums = new int[most];
        this.gaps = new double[most];
    }

    /** Becomes every sum of a term and an entry. */
    void become(int[] terms, int[] entries) {
        Arrays.fill(present, 0);
        for (int term : terms) {
            for (int entry : entries) {
                int level = term + entry;
                add(level);
                if (mirrored) {
                    add(-level);
                }
            }
        }
        gather();
    }

    private void add(int level) {
        int bit = reach + level;
        present[bit >> 6] |= 1L << bit;
    }

    private void gather() {
        size = 0;
        anchor = 0;
        for (int word = 0; word < present.length; word++) {
            for (long rest = present[word]; rest != 0; rest &= rest - 1) {
                int level = (word << 6) + Long.numberOfTrailingZeros(rest) - reach;
                levels[size] = level;
                if (size > 0) {
                    int sum = level + levels[size - 1];
                    sums[size - 1] = sum + 2 * reach;
                    gaps[size - 1] = level - levels[size - 1];
                    anchor = sum <= 0 ? level : anchor;
                } else {
                    anchor = level;
                }
                size++;
            }
        }
    }

    boolean hasZero() {
        return (present[reach >> 6] >> reach & 1) != 0;
    }

    /** The level that a sample of zero is nearest to. */
    int anchor() {
        return anchor;
    }

    /**
     * The sum, over pairs of neighbours, of the gap between them times what a table says of their
     * sum.
     */
    double weigh(double[] table) {
        double total = 0;
        for (int i = 0; i < size - 1; i++) {
            total += gaps[i] * table[sums[i]];
        }
        return total;
    }

    /** The ascending levels; a copy. */
    int[] toArray() {
        return Arrays.copyOf(levels, size);
    }
}
