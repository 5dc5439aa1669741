package org.dyadic.execution;

import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;

/**
 * A real factor as the hardware holds it: an integer multiplier and a right shift that rounds.
 * Products and biases stay within 64 bits, as the maker of the number sees to.
 */
public record FixedPoint(long multiplier, int shift, Rounding rounding) {

    /** Sums and their biases keep below 2^61, so that adding the two cannot overflow. */
    private static final int ROOM = 61;

    /** Beyond this shift a 16-bit result no longer depends on the bits shifted out. */
    private static final int MAX_SHIFT = 40;

    /** For machines that hold a factor exactly: biases up to 2^17 of a result still have room. */
    private static final int EXACT_SHIFT = 44;

    /**
     * The number nearest to a factor that a datapath can hold, with the datapath's rounding.
     *
     * @param factor not negative
     * @param bound what the multiplied integers do not exceed in magnitude
     */
    static FixedPoint of(double factor, Datapath datapath, long bound) {
        if (!(factor >= 0) || !Double.isFinite(factor)) {
            throw new IllegalArgumentException(
                    "a factor is finite and not negative, was " + factor);
        }
        var by = datapath.requantizer();
        double held = held(factor, by);
        if (held == 0) {
            return new FixedPoint(0, 1, datapath.rounding());
        }
        int room = ROOM - (64 - Long.numberOfLeadingZeros(bound));
        int exponent = Math.getExponent(held) + 1; // held < 2^exponent
        int furthest = by instanceof Requantizer.Thresholds ? EXACT_SHIFT : MAX_SHIFT;
        // A factor too large for any shift takes every integer but zero beyond 16 bits, whatever it
        // is.
        int shift = Math.max(1, Math.min(furthest, Math.min(precision(by), room) - exponent));
        return new FixedPoint(
                Math.round(Math.min(Math.scalb(held, shift), Math.scalb(1.0, room))),
                shift,
                datapath.rounding());
    }

    /** The bits of the multiplier that stands for a requantizer, where there is room for them. */
    private static int precision(Requantizer by) {
        if (by instanceof Requantizer.Multiplier multiplier) {
            return multiplier.bits() - 1;
        }
        return by instanceof Requantizer.Shifts ? 32 : 62;
    }

    /** The nearest factor that a requantizer's precision allows, at whatever magnitude. */
    static double held(double factor, Requantizer by) {
        if (factor == 0 || by instanceof Requantizer.Thresholds) {
            return factor;
        }
        if (by instanceof Requantizer.Shifts shifts) {
            return sumOfPowers(factor, shifts.terms());
        }
        int bits = ((Requantizer.Multiplier) by).bits() - 1;
        int shift = bits - 1 - Math.getExponent(factor);
        return Math.scalb((double) Math.round(Math.scalb(factor, shift)), -shift);
    }

    /**
     * The nearest sum or difference of so many powers of two, chosen greedily: each takes most of
     * what is left.
     */
    static double sumOfPowers(double factor, int terms) {
        double sum = 0;
        for (int term = 0; term < terms && sum != factor; term++) {
            double rest = factor - sum;
            double power = Math.scalb(1.0, Math.getExponent(rest));
            sum += Math.copySign(Math.abs(rest) >= 1.5 * power ? 2 * power : power, rest);
        }
        return sum;
    }

    /**
     * An addend in the units of the product, so that {@code (x m + addend) >> shift} adds {@code
     * value}.
     */
    long addend(double value) {
        double limit = Math.scalb(1.0, ROOM);
        return Math.round(Math.max(-limit, Math.min(limit, Math.scalb(value, shift))));
    }

    /** True if rounding is adding {@link #half} and dropping bits, whatever the number. */
    public boolean roundsByAdding() {
        return roundsByAdding(rounding);
    }

    static boolean roundsByAdding(Rounding rounding) {
        return rounding == Rounding.HALF_UP || rounding == Rounding.FLOOR;
    }

    /**
     * What to add before bits are dropped: half of the last place, or nothing to round down. There
     * must be such a constant.
     */
    public long half() {
        return half(rounding, shift);
    }

    static long half(Rounding rounding, int shift) {
        if (!roundsByAdding(rounding)) {
            throw new IllegalStateException("no constant rounds " + rounding.id());
        }
        return rounding == Rounding.FLOOR ? 0 : 1L << (shift - 1);
    }

    /** The product with an integer, rounded, unsaturated. */
    long apply(long x) {
        return apply(x, 0);
    }

    /** The product with an integer and an addend in its units, rounded once, unsaturated. */
    long apply(long x, long addend) {
        return rounding.shift(x * multiplier + addend, shift);
    }
}
