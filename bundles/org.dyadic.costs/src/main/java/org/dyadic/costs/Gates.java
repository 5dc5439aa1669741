package org.dyadic.costs;

import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.FusedMultiplier;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Component.SubsetMultiplier;
import org.dyadic.api.hardware.Requantizer;

/**
 * Gate equivalents of parts: their area over that of the smallest two-input NAND. The formulas are
 * fitted to netlists that this project synthesised (yosys, OSU 0.18 um library, ripple carry, area
 * first) and checked bit by bit against a model. What they were fitted to stands with each constant
 * {@code gate.*} in constants.csv.
 */
final class Gates {

    private final Constants.Page page;

    /** Gates whose constants are noted on a page. */
    Gates(Constants.Page page) {
        this.page = page;
    }

    private double gate(String name) {
        return page.of("gate." + name);
    }

    double flipFlops(int bits) {
        return gate("flip-flop") * bits;
    }

    /** A ripple-carry adder: a full adder a bit. */
    double adder(int bits) {
        return gate("full-adder") * bits;
    }

    /** Baugh-Wooley array; measured 4x4 102, 8x4 196, 8x8 434, 16x16 1792. */
    double of(Multiplier part) {
        double a = part.weightBits();
        double b = part.activationBits();
        // 101.5, 210.0, 434.1, 1792.3
        return gate("multiplier.bit-pair") * a * b + gate("multiplier.bit") * (a + b);
    }

    /**
     * Shifters, conditional negation and joining adders, where every term has its own sign, as they
     * are inside an element: the measured elements without their adder (20 or 16 bits) and
     * flip-flops. There the last carries merge with the accumulator, so that they are smaller than
     * alone.
     */
    double of(ShiftMultiplier part) {
        double bits = part.activationBits();
        double term = gate("shift.bit") * bits + gate("shift.term");
        double join = part.terms() == 1 ? 0 : gate("join.bit") * bits + gate("join.term");
        double range =
                1 + gate("shift.range") * (StrictMath.log(part.shifts()) / StrictMath.log(2) - 3);
        return range * (part.terms() * term + (part.terms() - 1) * join);
    }

    /**
     * A choice among the powers of each subset, adders that join the subsets, and negation of the
     * sum. Within 10 % of the measured elements, less their adder and flip-flops.
     */
    double of(SubsetMultiplier part) {
        double bits = part.activationBits();
        int subsets = part.powers().size();
        int powers = part.powers().stream().mapToInt(Integer::intValue).sum();
        double sum = gate("full-adder") * (subsets - 1) + gate("multiplexer"); // 8 bit: 152
        return gate("subset.power") * powers * bits
                + gate("subset.term") * subsets
                + sum * (bits + part.span());
    }

    /** A multiplexer of all words, and negation, which the adder takes part in. */
    double of(Selector part) {
        return (gate("multiplexer") * (part.words() - 1) + gate("selector.negation"))
                * part.bits(); // 8 words of 16 bit: 244
    }

    /** Bricks and the shifts and adders that join four of them, again and again. */
    double of(FusedMultiplier part) {
        double joins = StrictMath.log(part.bits() / 2.0) / StrictMath.log(2);
        return part.bricks() * (gate("fused.brick") + gate("fused.join") * joins);
    }

    /** A multiplexer of all table words, for each bit of a word. */
    double of(Decoder part) {
        return gate("multiplexer") * ((1 << part.codeBits()) - 1) * part.outputBits();
    }

    /** Scaling with rounding, clipping and output register, and the search for the level. */
    double of(Requantize part) {
        if (part.by() instanceof Requantizer.Thresholds) {
            return successive(part) + search(part.accumulatorBits(), part.searchBits());
        }
        double scaling =
                part.by() instanceof Requantizer.Multiplier multiplier
                        ? gate("requantizer.multiplier.bit-pair")
                                        * part.accumulatorBits()
                                        * multiplier.bits()
                                + gate("requantizer.multiplier")
                        : gate("requantizer.shifts-" + ((Requantizer.Shifts) part.by()).terms())
                                        * part.accumulatorBits()
                                + gate("requantizer.output-bit") * part.outputBits();
        int thresholdBits = part.outputBits() + 2; // a sign, and half way between two levels
        return scaling + rounding(part) + search(thresholdBits, part.searchBits());
    }

    /**
     * What rounding adds to or saves of the measured units, which all round half up. Adding half
     * takes a half adder for each bit of the sum, and two of them with an OR are a full adder: of
     * the 13.5 gates a bit of the 1-term shift, five stages of multiplexers take 10. Where ties do
     * not all go up, a tree of two-input gates tells whether a bit is set below them.
     */
    private double rounding(Requantize part) {
        return switch (part.rounding()) {
            case HALF_UP -> 0;
            case FLOOR -> -gate("full-adder") / 2 * part.accumulatorBits();
            case HALF_EVEN, HALF_AWAY -> gate("nand") * (part.accumulatorBits() - 1);
        };
    }

    /**
     * Levels of even spacing without a multiplier: for each bit of the result a comparison with the
     * spacing times a power of two, which is a subtraction, a choice of what is left, and the
     * register of the result. Rounding is in the thresholds. Composed of measured cells; no netlist
     * of the whole was made.
     */
    private double successive(Requantize part) {
        return part.outputBits()
                * ((gate("full-adder") + gate("multiplexer")) * part.accumulatorBits()
                        + gate("flip-flop"));
    }

    /**
     * Binary search for a level among thresholds that registers hold: a comparator for each code
     * bit, and the multiplexers that choose what it compares with. Measured for 4 bit codes: 8 bit
     * 436, 24 bit 1418.
     */
    private double search(int thresholdBits, int codeBits) {
        if (codeBits == 0) {
            return 0;
        }
        double multiplexers = (1 << codeBits) - 1 - codeBits;
        return thresholdBits // 8 bit: 436.3
                * (gate("full-adder") * codeBits + gate("search.multiplexer") * multiplexers);
    }

    /** The choice of what leaves, and a tree of gates over the bits above it. */
    double of(Saturator part) {
        return gate("multiplexer") * part.toBits()
                + gate("nand") * Math.max(0, part.fromBits() - part.toBits());
    }
}
