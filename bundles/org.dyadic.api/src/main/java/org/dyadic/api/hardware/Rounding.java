package org.dyadic.api.hardware;

import org.dyadic.api.spec.Value;

/** Where a result between two integers goes. Nearest it is but for {@link #FLOOR}. */
public enum Rounding {
    /** To the nearest, half way up: 2.5 to 3, -2.5 to -2. An adder of half the last place. */
    HALF_UP,
    /** To the nearest, half way to the even one: 2.5 to 2, -2.5 to -2. IEEE 754's default. */
    HALF_EVEN,
    /** To the nearest, half way away from zero: 2.5 to 3, -2.5 to -3. Gemmlowp's last shift. */
    HALF_AWAY,
    /** Down: 2.9 to 2, -2.1 to -3. Bits are dropped, and no adder is needed. */
    FLOOR;

    /**
     * {@code x / 2^places} as an integer, and so the definition of each mode.
     *
     * @param x of magnitude at most {@code 2^62}
     * @param places 1 to 61
     */
    public long shift(long x, int places) {
        long half = 1L << (places - 1);
        return switch (this) {
            case HALF_UP -> (x + half) >> places;
            // One less than half lifts what is beyond half way; the last place settles a tie.
            case HALF_EVEN -> (x + half - 1 + (x >> places & 1)) >> places;
            // x >> 63 is -1 for negative numbers, whose ties stay below.
            case HALF_AWAY -> (x + half + (x >> 63)) >> places;
            case FLOOR -> x >> places;
        };
    }

    /** The word in the language: {@code half-up}. */
    public String id() {
        return Value.Word.of(this).word();
    }
}
