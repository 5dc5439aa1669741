package org.dyadic.kernels;

import java.util.Optional;

/**
 * How sums of some 20 bits are scaled, channel by channel: {@code (sum x multiplier + addend) >>
 * shift}, exactly, in arithmetic of 32 bits and with half the steps of {@link WideScaling}. The
 * multiplier and the addend are cut into three digits, each of so few bits that its product with
 * any sum fits.
 *
 * <p>The arrays are the object's own, one number for each channel, and not to be written to.
 */
public final class DigitScaling {

    private final int digit;
    private final int[] high;
    private final int[] middle;
    private final int[] low;
    private final int[] addendHigh;
    private final int[] addendMiddle;
    private final int[] addendLow;
    private final int[] shift;

    private DigitScaling(int digit, int channels) {
        this.digit = digit;
        high = new int[channels];
        middle = new int[channels];
        low = new int[channels];
        addendHigh = new int[channels];
        addendMiddle = new int[channels];
        addendLow = new int[channels];
        shift = new int[channels];
    }

    /**
     * Empty if 32 bits do not suffice for every sum up to a bound.
     *
     * @param multipliers of each channel; the results of channels beyond them are zero
     * @param channels a multiple of {@link PairKernels#ROUND}
     * @param bound what no sum exceeds in magnitude
     */
    public static Optional<DigitScaling> of(
            long[] multipliers, long[] addends, int[] shifts, int channels, int bound) {
        int digit = Long.numberOfLeadingZeros(bound + 1L) - 33; // (bound + 1) 2^digit < 2^31
        for (int own : shifts) {
            digit = Math.min(digit, own / 2);
        }
        if (digit < 1) {
            return Optional.empty();
        }
        var scaling = new DigitScaling(digit, channels);
        int mask = (1 << digit) - 1;
        for (int c = 0; c < multipliers.length; c++) {
            long high = multipliers[c] >> 2 * digit;
            long addend = addends[c] >> 2 * digit;
            boolean fits =
                    Math.abs(high) <= Integer.MAX_VALUE
                            && Math.abs(addend) <= Integer.MAX_VALUE
                            && (bound + 1L) * (Math.abs(high) + 1) + Math.abs(addend)
                                    <= Integer.MAX_VALUE;
            if (!fits) {
                return Optional.empty();
            }
            scaling.high[c] = (int) high;
            scaling.middle[c] = (int) (multipliers[c] >> digit) & mask;
            scaling.low[c] = (int) multipliers[c] & mask;
            scaling.addendHigh[c] = (int) addend;
            scaling.addendMiddle[c] = (int) (addends[c] >> digit) & mask;
            scaling.addendLow[c] = (int) addends[c] & mask;
            scaling.shift[c] = Math.min(31, shifts[c] - 2 * digit);
        }
        return Optional.of(scaling);
    }

    public int channels() {
        return high.length;
    }

    /** The bits of a digit. */
    public int digit() {
        return digit;
    }

    public int[] high() {
        return high;
    }

    public int[] middle() {
        return middle;
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

    /** What is left to shift by, after the two lower digits. */
    public int[] shift() {
        return shift;
    }
}
