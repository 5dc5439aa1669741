package org.dyadic.kernels;

import java.util.Optional;

/**
 * How sums of 16 bits are scaled, channel by channel: {@code (sum x multiplier + addend) >> shift},
 * exactly, in arithmetic of 32 bits. The multiplier and the addend are cut into a high part and a
 * low half of 16 bits, so that {@code (sum x high + ((sum x low + addendLow) >> 16) + addendHigh)
 * >> (shift - 16)} is the same.
 *
 * <p>The arrays are the object's own, one number for each channel, and not to be written to.
 */
public final class Scaling {

    private final int[] high;
    private final int[] low;
    private final int[] addendHigh;
    private final int[] addendLow;
    private final int[] shift;

    private Scaling(int channels) {
        high = new int[channels];
        low = new int[channels];
        addendHigh = new int[channels];
        addendLow = new int[channels];
        shift = new int[channels];
    }

    /**
     * Empty if 32 bits do not suffice for every sum of 16 bits.
     *
     * @param multipliers of each channel; the results of channels beyond them are zero
     * @param channels a multiple of {@link PairKernels#ROUND}
     */
    public static Optional<Scaling> of(
            long[] multipliers, long[] addends, int[] shifts, int channels) {
        var scaling = new Scaling(channels);
        for (int c = 0; c < multipliers.length; c++) {
            int dropped = dropped(multipliers[c], shifts[c]);
            int further = shifts[c] - dropped;
            long multiplier = multipliers[c] >> dropped;
            long high = multiplier >> 16;
            long addend = addends[c] >> dropped >> 16;
            boolean fits =
                    further >= 16
                            && further < 48
                            && Math.abs(addend) <= Integer.MAX_VALUE
                            && Math.abs(high) <= 1 << 16
                            && (Math.abs(high) << 15) + Math.abs(addend) + (1 << 16)
                                    <= Integer.MAX_VALUE;
            if (!fits) {
                return Optional.empty();
            }
            scaling.high[c] = (int) high;
            scaling.low[c] = (int) multiplier & 0xffff;
            scaling.addendHigh[c] = (int) addend;
            scaling.addendLow[c] = (int) (addends[c] >> dropped) & 0xffff;
            scaling.shift[c] = further - 16;
        }
        return Optional.of(scaling);
    }

    /**
     * Zeros at the end of a multiplier: bits that need not be multiplied, only to be shifted out.
     */
    static int dropped(long multiplier, int shift) {
        return Math.max(0, Math.min(Long.numberOfTrailingZeros(multiplier), shift - 16));
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

    public int[] addendLow() {
        return addendLow;
    }

    /** What is left to shift by, after the 16 bits of the low half. */
    public int[] shift() {
        return shift;
    }
}
