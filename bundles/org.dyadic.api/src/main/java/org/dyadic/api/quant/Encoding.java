package org.dyadic.api.quant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a code decodes to an integer level. Closed, so that a backend can answer for every case
 * without knowing which quantizer made it. Adding a case is a major change of this package.
 */
public sealed interface Encoding {

    /** Width of a code. */
    int bits();

    /** What a person calls this encoding: {@code 4-bit power sum}. */
    String describe();

    /** Not encoded at all: the values stay IEEE 754 single precision. */
    record Float32() implements Encoding {
        @Override
        public int bits() {
            return 32;
        }

        @Override
        public String describe() {
            return "float32";
        }
    }

    /** An encoding with 2^bits codes, each of which decodes to an integer. */
    sealed interface Integral extends Encoding {

        /** The integer level of a code from 0 to 2^bits - 1. */
        int decode(int code);

        /** The number of codes, used or not. */
        default int codes() {
            return 1 << bits();
        }
    }

    /** A binary integer, two's complement if signed, less a zero point. */
    record Uniform(int bits, boolean signed, int zeroPoint) implements Integral {
        public Uniform {
            requireBits(bits);
            requireLevel(least(bits, signed) - zeroPoint);
            requireLevel(least(bits, signed) - zeroPoint + (1L << bits) - 1);
        }

        private static long least(int bits, boolean signed) {
            return signed ? -(1L << (bits - 1)) : 0;
        }

        /** The lowest level; every integer from there to {@link #most} is one. */
        int least() {
            return (int) least(bits, signed) - zeroPoint;
        }

        int most() {
            return least() + codes() - 1;
        }

        /** The code of a level; null if it is none. */
        Integer codeOf(int level) {
            return level < least() || level > most() ? null : (level + zeroPoint) & (codes() - 1);
        }

        @Override
        public int decode(int code) {
            requireCode(code, bits);
            int integer = signed && code >= 1 << (bits - 1) ? code - (1 << bits) : code;
            return integer - zeroPoint;
        }

        @Override
        public String describe() {
            return bits
                    + "-bit "
                    + (signed ? "signed" : "unsigned")
                    + " integer"
                    + (zeroPoint == 0 ? "" : " with zero point " + zeroPoint);
        }
    }

    /**
     * A sum of one entry from each subset; an entry is zero or plus or minus a power of two. The
     * code holds, from its highest bit down, the sign bit if there is one, then the index into each
     * subset in turn. The size of a subset is a power of two. This is UPoT as this project reads
     * it, and APoT (Li et al. 2020, eq. 5), and with one subset plain powers of two.
     */
    record PowerSum(boolean signBit, List<List<Integer>> subsets) implements Integral {
        public PowerSum {
            subsets = subsets.stream().map(List::copyOf).toList();
            if (subsets.isEmpty()) {
                throw new IllegalArgumentException("a power sum needs at least one subset");
            }
            long reach = 0;
            for (var subset : subsets) {
                if (subset.size() < 2 || Integer.bitCount(subset.size()) != 1) {
                    throw new IllegalArgumentException(
                            "the size of a subset must be a power of two and at least 2, was "
                                    + subset.size());
                }
                long largest = 0;
                for (int entry : subset) {
                    largest = Math.max(largest, Math.abs((long) entry));
                    if (Integer.bitCount(Math.abs(entry)) > 1) {
                        throw new IllegalArgumentException(
                                "a subset entry is zero or plus or minus a power of two, was "
                                        + entry);
                    }
                }
                reach += largest;
            }
            requireBits(width(signBit, subsets));
            requireLevel(reach);
        }

        @Override
        public int bits() {
            return width(signBit, subsets);
        }

        /** How many shifted operands a multiplication adds. */
        public int terms() {
            return subsets.size();
        }

        @Override
        public int decode(int code) {
            requireCode(code, bits());
            int sum = 0;
            int rest = code;
            for (int i = subsets.size() - 1; i >= 0; i--) {
                var subset = subsets.get(i);
                sum += subset.get(rest & (subset.size() - 1));
                rest >>= Integer.numberOfTrailingZeros(subset.size());
            }
            return signBit && rest != 0 ? -sum : sum;
        }

        @Override
        public String describe() {
            return bits()
                    + "-bit power sum "
                    + (signBit ? "± " : "")
                    + subsets.stream()
                            .map(
                                    subset ->
                                            subset.stream()
                                                    .map(String::valueOf)
                                                    .collect(Collectors.joining(", ", "{", "}")))
                            .collect(Collectors.joining(" + "));
        }

        private static int width(boolean signBit, List<List<Integer>> subsets) {
            int width = signBit ? 1 : 0;
            for (var subset : subsets) {
                width += Integer.numberOfTrailingZeros(subset.size());
            }
            return width;
        }
    }

    /** A look-up table: code i decodes to entry i. */
    record Table(int bits, List<Integer> entries) implements Integral {
        public Table {
            requireBits(bits);
            entries = List.copyOf(entries);
            entries.forEach(Encoding::requireLevel);
            if (entries.size() != 1 << bits) {
                throw new IllegalArgumentException(
                        "a "
                                + bits
                                + "-bit table needs "
                                + (1 << bits)
                                + " entries, had "
                                + entries.size());
            }
        }

        /** A table of some levels; codes that are left over decode to the last of them. */
        public static Table of(int bits, int... levels) {
            if (levels.length == 0) {
                throw new IllegalArgumentException("a table needs at least one level");
            }
            var entries = new ArrayList<Integer>();
            for (int level : levels) {
                entries.add(level);
            }
            while (entries.size() < 1 << bits) {
                entries.add(levels[levels.length - 1]);
            }
            return new Table(bits, entries);
        }

        @Override
        public int decode(int code) {
            requireCode(code, bits);
            return entries.get(code);
        }

        @Override
        public String describe() {
            return bits + "-bit table";
        }
    }

    private static void requireBits(int bits) {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("an encoding has 1 to 16 bits, was " + bits);
        }
    }

    /** A level and its negative must both fit an int. */
    private static void requireLevel(long level) {
        if (Math.abs(level) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a level lies between -2147483647 and 2147483647, was " + level);
        }
    }

    private static void requireCode(int code, int bits) {
        if (code < 0 || code >= 1 << bits) {
            throw new IllegalArgumentException(
                    "a code of "
                            + bits
                            + " bits lies between 0 and "
                            + ((1 << bits) - 1)
                            + ", was "
                            + code);
        }
    }
}
