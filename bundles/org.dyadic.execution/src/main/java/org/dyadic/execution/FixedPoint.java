package org.dyadic.execution;

import org.dyadic.api.hardware.Requantizer;

/**
 * A real factor as the hardware holds it: an integer multiplier and a right shift that rounds half
 * up. Products and biases stay within 64 bits, as the maker of the number sees to.
 */
public record FixedPoint(long multiplier, int shift) {

    /** Sums and their biases keep below 2^61, so that adding the two cannot overflow. */
    private static final int ROOM = 61;

    /** Beyond this shift a 16-bit result no longer depends on the bits shifted out. */
    private static final int MAX_SHIFT = 40;

    /**
     * The number nearest to a factor that a requantizer can hold.
     *
     * @param factor not negative
     * @param bound what the multiplied integers do not exceed in magnitude
     */
    static FixedPoint of(double factor, Requantizer by, long bound) {
        if (!(factor >= 0) || !Double.isFinite(factor)) {
            throw new IllegalArgumentException(
                    "a factor is finite and not negative, was " + factor);
        }
        double held = held(factor, by);
        int bits = by instanceof Requantizer.Multiplier multiplier ? multiplier.bits() - 1 : 32;
        if (held == 0) {
            return new FixedPoint(0, 1);
        }
        int room = ROOM - (64 - Long.numberOfLeadingZeros(bound));
        int exponent = Math.getExponent(held) + 1; // held < 2^exponent
        // A factor too large for any shift takes every integer but zero beyond 16 bits, whatever it
        // is.
        int shift = Math.max(1, Math.min(MAX_SHIFT, Math.min(bits, room) - exponent));
        return new FixedPoint(
                Math.round(Math.min(Math.scalb(held, shift), Math.scalb(1.0, room))), shift);
    }

    /** The nearest factor that a requantizer's precision allows, at whatever magnitude. */
    static double held(double factor, Requantizer by) {
        if (factor == 0) {
            return 0;
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

    /** Half of the last place: what rounds half up. */
    long half() {
        return 1L << (shift - 1);
    }

    /** The product, rounded half up, unsaturated. */
    long apply(long x) {
        return apply(x, 0);
    }

    /** As above, with something added before the shift. */
    long apply(long x, long addend) {
        return (x * multiplier + addend + half()) >> shift;
    }
}
