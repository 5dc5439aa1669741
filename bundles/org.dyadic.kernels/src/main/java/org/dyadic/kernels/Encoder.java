package org.dyadic.kernels;

import java.util.ArrayList;

/**
 * The level of each 16-bit integer, in the form that is fastest: a product that is rounded or
 * shifted for even levels, comparisons for a few uneven ones, a table for all others. Which of them
 * it is changes no result.
 */
public sealed interface Encoder {

    /** With more levels than this, the table is faster than comparing. */
    int COMPARABLE = 20;

    /**
     * {@code clamp(round(x factor), least, most)}, half way to the even integer: the product is
     * exact, and below 2^15.
     */
    record Rounded(float factor, int least, int most) implements Encoder {

        @Override
        public int level(int x) {
            return Math.max(least, Math.min(most, (int) Math.rint((double) x * factor)));
        }
    }

    /** {@code clamp((x high + ((x low + addendLow) >> 16) + addendHigh) >> shift, least, most)}. */
    record Even(int high, int low, int addendHigh, int addendLow, int shift, int least, int most)
            implements Encoder {

        @Override
        public int level(int x) {
            int scaled = (x * high + ((x * low + addendLow) >> 16) + addendHigh) >> shift;
            return Math.max(least, Math.min(most, scaled));
        }
    }

    /** The sum of the steps whose threshold is reached, and the lowest level. */
    final class Uneven implements Encoder {
        private final short lowest;
        private final short[] thresholds;
        private final short[] steps;

        private Uneven(short lowest, short[] thresholds, short[] steps) {
            this.lowest = lowest;
            this.thresholds = thresholds;
            this.steps = steps;
        }

        public short lowest() {
            return lowest;
        }

        public int count() {
            return thresholds.length;
        }

        public short threshold(int index) {
            return thresholds[index];
        }

        /** By how much the level rises at a threshold. */
        public short step(int index) {
            return steps[index];
        }

        @Override
        public int level(int x) {
            int level = lowest;
            for (int i = 0; i < thresholds.length && x >= thresholds[i]; i++) {
                level += steps[i];
            }
            return level;
        }
    }

    /** A table of all levels. */
    final class Table implements Encoder {
        private final int[] levels;

        private Table(int[] levels) {
            this.levels = levels;
        }

        @Override
        public int level(int x) {
            return levels[x - Short.MIN_VALUE];
        }
    }

    /** The level of an integer of 16 bits. */
    int level(int x);

    /**
     * @param levels of -32768 and up, 65,536 of them, none less than the one before
     * @param ratio how many integers there are to a level, where levels are consecutive
     */
    static Encoder of(int[] levels, double ratio) {
        var rounded = rounded(levels);
        if (rounded != null) {
            return rounded;
        }
        var even = even(levels, ratio);
        if (even != null) {
            return even;
        }
        var uneven = uneven(levels);
        return uneven != null ? uneven : new Table(levels.clone());
    }

    /** Null if some level would differ. */
    private static Rounded rounded(int[] levels) {
        double least = 0; // of the factors that put every threshold where it is
        double most = 1 - 1.0 / (1 << 14);
        for (int i = 1; i < levels.length; i++) {
            int level = levels[i];
            if (level != levels[i - 1]) {
                int x = i + Short.MIN_VALUE; // the first of this level
                double reached = (level - 0.5) / x;
                double missed = (level - 0.5) / (x - 1);
                least = Math.max(least, x > 0 ? reached : x < 0 ? missed : least);
                most = Math.min(most, x > 1 ? missed : x < 0 ? reached : most);
            }
        }
        var rounded =
                new Rounded((float) ((least + most) / 2), levels[0], levels[levels.length - 1]);
        return least <= most && agrees(rounded, levels) ? rounded : null;
    }

    /** Null if some level would differ. */
    private static Even even(int[] levels, double ratio) {
        int shift = 30 - Math.getExponent(1 / ratio); // a multiplier of 31 bits
        if (shift < 16 || shift > 47) {
            return null;
        }
        long multiplier = Math.round(Math.scalb(1 / ratio, shift));
        long half = 1L << (shift - 1);
        if (multiplier >> 31 != 0 || half >> 16 > 1 << 29) {
            return null;
        }
        var even =
                new Even(
                        (int) (multiplier >> 16),
                        (int) multiplier & 0xffff,
                        (int) (half >> 16),
                        (int) half & 0xffff,
                        shift - 16,
                        levels[0],
                        levels[levels.length - 1]);
        return agrees(even, levels) ? even : null;
    }

    /** Null if there are too many levels. */
    private static Uneven uneven(int[] levels) {
        var thresholds = new ArrayList<Integer>();
        for (int i = 1; i < levels.length; i++) {
            if (levels[i] != levels[i - 1]) {
                thresholds.add(i);
            }
        }
        boolean fits =
                Math.abs(levels[0]) < 1 << 14 && Math.abs(levels[levels.length - 1]) < 1 << 14;
        if (thresholds.size() >= COMPARABLE || !fits) {
            return null;
        }
        var at = new short[thresholds.size()];
        var steps = new short[at.length];
        for (int i = 0; i < at.length; i++) {
            int index = thresholds.get(i);
            at[i] = (short) (index + Short.MIN_VALUE);
            steps[i] = (short) (levels[index] - levels[index - 1]);
        }
        var uneven = new Uneven((short) levels[0], at, steps);
        return agrees(uneven, levels) ? uneven : null;
    }

    /** Where levels rise and at the ends is enough: no form falls where the levels do not. */
    private static boolean agrees(Encoder encoder, int[] levels) {
        for (int i = 0; i < levels.length; i++) {
            boolean level =
                    i > 0
                            && i < levels.length - 1
                            && levels[i - 1] == levels[i]
                            && levels[i] == levels[i + 1];
            if (!level && encoder.level(i + Short.MIN_VALUE) != levels[i]) {
                return false;
            }
        }
        return true;
    }
}
