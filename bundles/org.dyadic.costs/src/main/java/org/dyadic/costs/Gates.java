package org.dyadic.costs;

import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Requantizer;

/**
 * Gate equivalents of parts: their area over that of the smallest two-input NAND. The formulas are
 * fitted to netlists that this project synthesised (yosys, OSU 0.18 um library, ripple carry, area
 * first) and checked bit by bit against a model. What they were fitted to stands beside each.
 */
final class Gates {

    private Gates() {}

    static final double FLIP_FLOP = 4.0; // 4.0 in OSU018, smallest DFF
    static final double FULL_ADDER = 5.0; // 5.0 in OSU018; a ripple-carry adder has one a bit
    static final double NAND = 1.0; // what gates are counted in
    static final double MULTIPLEXER = 2.0; // two-way: `wdec` is 24 of them and 48 GE

    /** Baugh-Wooley array; measured 4x4 102, 8x4 196, 8x8 434, 16x16 1792. */
    static double of(Multiplier part) {
        double a = part.weightBits();
        double b = part.activationBits();
        return 7.22 * a * b - 1.75 * (a + b); // fit: 101.5, 210.0, 434.1, 1792.3
    }

    /**
     * Shifters, conditional negation and joining adders, where every term has its own sign, as they
     * are inside an element: the measured elements without their adder (20 or 16 bits) and
     * flip-flops. There the last carries merge with the accumulator, so that they are smaller than
     * alone.
     */
    static double of(ShiftMultiplier part) {
        double bits = part.activationBits();
        double term =
                9.25 * bits + 20; // `sys_pot`, 8 shifts: 8 bit 322-228 = 94, 4 bit 233-176 = 57
        // `sys_upotd`, 2 x 8 shifts: 8 bit 505-248 = 257, 4 bit 368-196 = 172, one sign for both;
        // signs of their own: `upotsel4` less `upotsel`, 8 bit +26, 4 bit +18
        double join = 4.75 * bits + 57;
        // a halved range of shifts saves 18.5 %: `sys_upotr` 8 bit 451-240 = 211, 4 bit 327-188 =
        // 139
        double range = 1 + 0.185 * (StrictMath.log(part.shifts()) / StrictMath.log(2) - 3);
        return range * (part.terms() * term + (part.terms() - 1) * join);
    }

    /** A multiplexer of all table words, for each bit of a word. */
    static double of(Decoder part) {
        return MULTIPLEXER * ((1 << part.codeBits()) - 1) * part.outputBits();
    }

    /** Scaling with rounding, clipping and output register, and the search for the level. */
    static double of(Requantize part) {
        if (part.by() instanceof Requantizer.Thresholds) {
            return successive(part) + search(part.accumulatorBits(), part.searchBits());
        }
        double scaling =
                part.by() instanceof Requantizer.Multiplier multiplier
                        // gemmlowp, 32 bit sums: 32 bit multiplier 9550, 16 bit 4946
                        ? 9.0 * part.accumulatorBits() * multiplier.bits() + 342
                        // 24 bit sums to 8 bit: 1 term 348, 2 terms 823, 3 terms 1122; to 4 bit:
                        // 1 term 336
                        : SHIFT_SCALING[((Requantizer.Shifts) part.by()).terms()]
                                        * part.accumulatorBits()
                                + 3.0 * part.outputBits();
        int thresholdBits = part.outputBits() + 2; // a sign, and half way between two levels
        return scaling + rounding(part) + search(thresholdBits, part.searchBits());
    }

    /** For each bit of the sum, by terms: (348-24)/24, (823-24)/24, (1122-24)/24; 4: as 2 to 3. */
    private static final double[] SHIFT_SCALING = {0, 13.5, 33.3, 45.8, 58.3};

    /**
     * What rounding adds to or saves of the measured units, which all round half up. Adding half
     * takes a half adder for each bit of the sum, and two of them with an OR are a full adder: of
     * the 13.5 gates a bit of the 1-term shift, five stages of multiplexers take 10. Where ties do
     * not all go up, a tree of two-input gates tells whether a bit is set below them.
     */
    private static double rounding(Requantize part) {
        return switch (part.rounding()) {
            case HALF_UP -> 0;
            case FLOOR -> -FULL_ADDER / 2 * part.accumulatorBits();
            case HALF_EVEN, HALF_AWAY -> NAND * (part.accumulatorBits() - 1);
        };
    }

    /**
     * Levels of even spacing without a multiplier: for each bit of the result a comparison with the
     * spacing times a power of two, which is a subtraction, a choice of what is left, and the
     * register of the result. Rounding is in the thresholds. Composed of measured cells; no netlist
     * of the whole was made.
     */
    private static double successive(Requantize part) {
        return part.outputBits()
                * ((FULL_ADDER + MULTIPLEXER) * part.accumulatorBits() + FLIP_FLOP);
    }

    /**
     * Binary search for a level among thresholds that registers hold: a comparator for each code
     * bit, and the multiplexers that choose what it compares with. Measured for 4 bit codes: 8 bit
     * 436, 24 bit 1418.
     */
    private static double search(int thresholdBits, int codeBits) {
        if (codeBits == 0) {
            return 0;
        }
        double multiplexers = (1 << codeBits) - 1 - codeBits;
        return thresholdBits * (FULL_ADDER * codeBits + 3.14 * multiplexers); // 8 bit: 436.3
    }

    /** The choice of what leaves, and a tree of gates over the bits above it. */
    static double of(Saturator part) {
        return MULTIPLEXER * part.toBits() + NAND * Math.max(0, part.fromBits() - part.toBits());
    }
}
