package org.dyadic.api.quant;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The values a quantized tensor may take: ascending integer levels, a code for each, and a scale. A
 * value is {@code scale x level}; the levels are exact, and the scale never meets them: it lives in
 * the requantizer. The scale is one number, or one for each output channel. Immutable.
 */
public final class Grid {

    /** Texts list so many levels at most: those of an 8-bit code. */
    private static final int LISTED = 256;

    private final Encoding.Integral encoding;
    private final int[] levels;
    private final int[] codes;
    private final double[] scales;

    /**
     * A grid of some of the levels of an encoding.
     *
     * @param levels strictly ascending; each must be what some code decodes to, and takes the
     *     lowest such code
     * @param scales positive and finite; one for the tensor, or one a channel
     */
    public Grid(Encoding.Integral encoding, int[] levels, double... scales) {
        this(encoding, levels.clone(), codes(encoding, levels), scales);
    }

    /** Shares its arrays, except the scales. */
    private Grid(Encoding.Integral encoding, int[] levels, int[] codes, double[] scales) {
        this.encoding = encoding;
        this.levels = levels;
        this.codes = codes;
        this.scales = scales.clone();
        if (scales.length == 0) {
            throw new IllegalArgumentException("a grid needs at least one scale");
        }
        for (double scale : scales) {
            if (!(scale > 0 && Double.isFinite(scale))) {
                throw new IllegalArgumentException(
                        "a scale must be positive and finite, was " + scale);
            }
        }
    }

    /** The code of each level; throws if they are no levels of a grid. */
    private static int[] codes(Encoding.Integral encoding, int[] levels) {
        if (levels.length == 0) {
            throw new IllegalArgumentException("a grid needs at least one level");
        }
        if (levels.length > encoding.codes()) {
            throw new IllegalArgumentException(
                    levels.length + " levels do not fit " + encoding.bits() + " bits");
        }
        IntFunction<Integer> codeOf =
                encoding instanceof Encoding.Uniform uniform
                        ? uniform::codeOf
                        : codesByLevel(encoding)::get;
        var codes = new int[levels.length];
        for (int i = 0; i < levels.length; i++) {
            if (i > 0 && levels[i] <= levels[i - 1]) {
                throw new IllegalArgumentException(
                        "levels must ascend, but " + levels[i] + " follows " + levels[i - 1]);
            }
            Integer code = codeOf.apply(levels[i]);
            if (code == null) {
                throw new IllegalArgumentException(
                        "no code of a " + encoding.describe() + " decodes to level " + levels[i]);
            }
            codes[i] = code;
        }
        return codes;
    }

    /** The grid of every level that an encoding can express. */
    public static Grid of(Encoding.Integral encoding, double... scales) {
        return new Grid(encoding, levelsOf(encoding), scales);
    }

    /** Every level that an encoding can express, ascending. */
    public static int[] levelsOf(Encoding.Integral encoding) {
        if (encoding instanceof Encoding.Uniform uniform) {
            return IntStream.rangeClosed(uniform.least(), uniform.most()).toArray();
        }
        return codesByLevel(encoding).keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private static TreeMap<Integer, Integer> codesByLevel(Encoding.Integral encoding) {
        var codeOf = new TreeMap<Integer, Integer>();
        for (int code = encoding.codes() - 1; code >= 0; code--) {
            codeOf.put(encoding.decode(code), code);
        }
        return codeOf;
    }

    /** How a code decodes to a level. */
    public Encoding.Integral encoding() {
        return encoding;
    }

    /** Width of a code. */
    public int bits() {
        return encoding.bits();
    }

    /** The number of levels. */
    public int size() {
        return levels.length;
    }

    /** The level at an index from 0 to {@code size() - 1}. */
    public int level(int index) {
        return levels[index];
    }

    /** The code of the level at an index. */
    public int code(int index) {
        return codes[index];
    }

    /** The levels, ascending; a copy. */
    public int[] levels() {
        return levels.clone();
    }

    /** The lowest level. */
    public int min() {
        return levels[0];
    }

    /** The highest level. */
    public int max() {
        return levels[levels.length - 1];
    }

    /** The largest absolute level: what a multiplier must be wide enough for. */
    public int absMax() {
        return Math.max(Math.abs(min()), Math.abs(max()));
    }

    /** True if zero is a level, so that it costs no error. */
    public boolean hasZero() {
        return Arrays.binarySearch(levels, 0) >= 0;
    }

    /** True if each output channel has a scale of its own. */
    public boolean perChannel() {
        return scales.length > 1;
    }

    /** The scale of an output channel. */
    public double scale(int channel) {
        return scales.length == 1 ? scales[0] : scales[channel];
    }

    /** The scales; one, or one a channel; a copy. */
    public double[] scales() {
        return scales.clone();
    }

    /** This grid with other scales. */
    public Grid withScales(double... scales) {
        return new Grid(encoding, levels, codes, scales);
    }

    /**
     * The index of the level nearest to {@code value / scale(channel)}; half way between two levels
     * it is the upper one, which is what counting thresholds at or below a sum gives in hardware.
     * Throws if the value is not a number.
     */
    public int nearest(double value, int channel) {
        double x = value / scale(channel);
        if (Double.isNaN(x)) {
            throw new IllegalArgumentException("no level is nearest to what is not a number");
        }
        return nearest(levels, x);
    }

    /**
     * The index of the level nearest to a number in units of the scale, ties as in {@link
     * #nearest(double, int)}.
     *
     * @param levels ascending, at least one
     */
    public static int nearest(int[] levels, double x) {
        int low = 0;
        int high = levels.length - 1;
        if ((long) levels[high] - levels[0] == high) { // every integer from the lowest up
            double floor = Math.floor(x);
            double nearest = x - floor >= 0.5 ? floor + 1 : floor;
            return (int) Math.max(0, Math.min(high, nearest - levels[0]));
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (2 * x >= (double) levels[middle] + levels[middle + 1]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid grid
                && encoding.equals(grid.encoding)
                && Arrays.equals(levels, grid.levels)
                && Arrays.equals(scales, grid.scales);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(levels) * 31 + Arrays.hashCode(scales);
    }

    @Override
    public String toString() {
        return encoding.describe()
                + " "
                + (size() <= LISTED
                        ? Arrays.toString(levels)
                        : "[" + min() + ", " + levels[1] + ", ..., " + max() + "]")
                + (perChannel()
                        ? " x one scale for each of " + scales.length + " channels"
                        : " x " + scales[0]);
    }
}
