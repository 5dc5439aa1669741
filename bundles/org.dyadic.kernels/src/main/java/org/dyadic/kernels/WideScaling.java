package org.dyadic.kernels;

import java.util.Optional;

/**
 * How sums of up to 32 bits are scaled, channel by channel: {@code (sum x multiplier + addend) >>
 * shift}, exactly, in arithmetic of 32 bits. Sum, multiplier and addend are cut into digits of 16
 * bits, all but the highest without sign, and multiplied as by hand; of the result only what is
 * above 32 bits is kept.
 *
 * <p>The arrays are the object's own, one number for each channel, and not to be written to.
 */
public final class WideScaling {

    private final int[] high;
    private final int[] low;
    private final int[] addendHigh;
    private final int[] addendMiddle;
    private final int[] addendLow;
    private final int[] shift;

    private WideScaling(int channels) {
        high = new int[channels];
        low = new int[channels];
        addendHigh = new int[channels];
        addendMiddle = new int[channels];
        addendLow = new int[channels];
        shift = new int[channels];
    }

    /**
     * Empty if 32 bits do not suffice for every sum of 32 bits.
     *
     * @param multipliers of each channel, not negative; the results of channels beyond them are
     *     zero
     * @param channels a multiple of {@link PairKernels#ROUND}
     */
    public static Optional<WideScaling> of(
            long[] multipliers, long[] addends, int[] shifts, int channels) {
        var scaling = new WideScaling(channels);
        for (int c = 0; c < multipliers.length; c++) {
            // A short shift becomes one of 32 by multiplying everything by a power of two.
            int more = Math.max(0, 32 - shifts[c]);
            long limit = Integer.MAX_VALUE >> more;
            boolean fits =
                    multipliers[c] >= 0
                            && multipliers[c] <= limit
                            && shifts[c] < 64
                            && Math.abs(addends[c]) < 1L << (61 - more);
            if (!fits) {
                return Optional.empty();
            }
            long multiplier = multipliers[c] << more;
            long addend = addends[c] << more;
            scaling.high[c] = (int) (multiplier >> 16);
            scaling.low[c] = (int) multiplier & 0xffff;
            scaling.addendHigh[c] = (int) (addend >> 32);
            scaling.addendMiddle[c] = (int) (addend >> 16) & 0xffff;
            scaling.addendLow[c] = (int) addend & 0xffff;
            scaling.shift[c] = shifts[c] + more - 32;
        }
        return Optional.of(scaling);
    }

    public int channels() {
        return shift.length;
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

    /** What is left to shift by, after the 32 bits that are not kept. */
    public int[] shift() {
        return shift;
    }
}
