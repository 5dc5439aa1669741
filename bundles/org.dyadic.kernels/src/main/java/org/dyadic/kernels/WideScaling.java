package org.dyadic.kernels;

import java.util.Optional;

/**
 * How sums of up to 32 bits are scaled, channel by channel: {@code (sum x multiplier + addend) >>
 * shift}, exactly, in arithmetic of 32 bits. Sum, multiplier and addend are cut into digits of 16
 * bits, all but the highest without sign, and multiplied as by hand; the lowest 16 bits of the
 * result are dropped, for a shift is never less.
 *
 * <p>The arrays are the object's own, one number for each channel, and not to be written to.
 */
public final class WideScaling {

    private final int[] high;
    private final int[] low;
    private final int[] addendHigh;
    private final int[] addendMiddle;
    private final int[] addendLow;
    private final int[] left;
    private final int[] right;
    private final int[] rest;

    private WideScaling(int channels) {
        high = new int[channels];
        low = new int[channels];
        addendHigh = new int[channels];
        addendMiddle = new int[channels];
        addendLow = new int[channels];
        left = new int[channels];
        right = new int[channels];
        rest = new int[channels];
    }

    /**
     * Empty if 32 bits do not suffice for every sum up to a bound.
     *
     * @param multipliers of each channel, not negative; the results of channels beyond them are
     *     zero
     * @param channels a multiple of {@link PairKernels#ROUND}
     * @param bound what no sum exceeds in magnitude
     */
    public static Optional<WideScaling> of(
            long[] multipliers, long[] addends, int[] shifts, int channels, int bound) {
        var scaling = new WideScaling(channels);
        for (int c = 0; c < multipliers.length; c++) {
            int dropped = Scaling.dropped(multipliers[c], shifts[c]);
            // A short shift becomes a longer one by multiplying everything by a power of two.
            int more = Math.max(0, 16 - shifts[c]);
            long multiplier = multipliers[c] >> dropped << more;
            int shift = shifts[c] - dropped + more;
            boolean fits =
                    multipliers[c] >= 0
                            && multipliers[c] >> dropped <= Integer.MAX_VALUE >> more
                            && shift < 64
                            && Math.abs(addends[c]) < 1L << (61 - more)
                            && (bound * multiplier + (Math.abs(addends[c]) >> dropped << more))
                                            >> shift
                                    < Integer.MAX_VALUE;
            if (!fits) {
                return Optional.empty();
            }
            long addend = addends[c] >> dropped << more;
            scaling.high[c] = (int) (multiplier >> 16);
            scaling.low[c] = (int) multiplier & 0xffff;
            scaling.addendHigh[c] = (int) (addend >> 32);
            scaling.addendMiddle[c] = (int) (addend >> 16) & 0xffff;
            scaling.addendLow[c] = (int) addend & 0xffff;
            scaling.left[c] = Math.max(0, 32 - shift);
            scaling.right[c] = Math.max(0, shift - 32);
            scaling.rest[c] = Math.min(16, shift - 16);
        }
        return Optional.of(scaling);
    }

    public int channels() {
        return high.length;
    }

    public int[] high() {
        return high;
    }

    public int[] low() {
        return low;
    }

    public int[] addendHigh() {
        return addendHigh;
    }

    public int[] addendMiddle() {
        return addendMiddle;
    }

    public int[] addendLow() {
        return addendLow;
    }

    /** By how much what is above 32 bits is shifted to the left; zero where the shift is long. */
    public int[] left() {
        return left;
    }

    /** By how much it is shifted to the right; zero where the shift is short. */
    public int[] right() {
        return right;
    }

    /** By how much the 16 bits below them are shifted to the right. */
    public int[] rest() {
        return rest;
    }
}
