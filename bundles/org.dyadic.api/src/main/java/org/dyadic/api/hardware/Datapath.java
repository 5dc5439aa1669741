package org.dyadic.api.hardware;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/**
 * The arithmetic of a machine, which execution obeys to the bit. What each choice means, in
 * formulas, stands in the documentation of this package.
 *
 * @param accumulatorBits width of the signed accumulator, 8 to 64
 */
public record Datapath(
        int accumulatorBits,
        Overflow overflow,
        Requantizer requantizer,
        Rounding rounding,
        Padding padding) {

    public Datapath {
        if (accumulatorBits < 8 || accumulatorBits > 64) {
            throw new IllegalArgumentException(
                    "an accumulator has 8 to 64 bits, was " + accumulatorBits);
        }
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(requantizer, "requantizer");
        Objects.requireNonNull(rounding, "rounding");
        Objects.requireNonNull(padding, "padding");
    }

    /** One that rounds half up. */
    public Datapath(
            int accumulatorBits, Overflow overflow, Requantizer requantizer, Padding padding) {
        this(accumulatorBits, overflow, requantizer, Rounding.HALF_UP, padding);
    }

    /**
     * What execution obeys when an experiment names no accelerator, with a wider accumulator where
     * sums may need one: exact as far as a machine can be.
     */
    public static Datapath wide() {
        return new Datapath(32, Overflow.SATURATE, new Requantizer.Multiplier(32), Padding.ZERO);
    }

    /**
     * The settings by which a user chooses the arithmetic: {@code accumulator}, {@code overflow},
     * {@code requantizer}, {@code rounding} and {@code padding}.
     *
     * @param width what the width is when the accumulator is left out, in words
     * @param requantizer the one when it is left out
     */
    public static List<Parameter> parameters(String width, String requantizer) {
        return List.of(
                Parameter.whole("accumulator", 8, 64)
                        .mayBeLeftOut()
                        .documented("bits of a sum; left out: " + width),
                Parameter.choice("overflow", Overflow.class)
                        .defaultsTo(Overflow.WRAP)
                        .documented(
                                "what becomes of a sum wider than the accumulator: it loses its high"
                                        + " bits, or leaves wider adders as the nearest that fits"),
                Requantizer.parameter(requantizer),
                Parameter.choice("rounding", Rounding.class)
                        .defaultsTo(Rounding.HALF_UP)
                        .documented(
                                "where a requantized result between two integers goes; floor saves"
                                        + " the adder"),
                Parameter.choice("padding", Padding.class)
                        .defaultsTo(Padding.ZERO)
                        .documented(
                                "what enters beyond the border of an image, where a grid has no"
                                        + " zero"));
    }

    /**
     * What the settings of a backend that declares {@link #parameters} say.
     *
     * @param width of the accumulator when it is left out
     */
    public static Datapath of(Settings settings, int width) {
        return new Datapath(
                settings.has("accumulator") ? settings.whole("accumulator") : width,
                settings.choice("overflow", Overflow.class),
                Requantizer.of(settings),
                settings.choice("rounding", Rounding.class),
                settings.choice("padding", Padding.class));
    }

    /** The lowest sum that fits the accumulator. */
    public long min() {
        return -1L << (accumulatorBits - 1);
    }

    /** The highest sum that fits the accumulator. */
    public long max() {
        return ~min();
    }

    /**
     * In words, for reports: {@code 24-bit accumulator, requantized by 32-bit multiplier}. It wraps
     * and rounds half up unless it is said.
     */
    public String describe() {
        return accumulatorBits
                + "-bit accumulator"
                + (overflow == Overflow.WRAP ? "" : " that saturates")
                + ", requantized by "
                + requantizer.describe()
                + (rounding == Rounding.HALF_UP ? "" : ", rounded " + rounding.id());
    }
}
