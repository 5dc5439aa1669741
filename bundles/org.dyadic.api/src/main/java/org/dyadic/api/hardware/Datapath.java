package org.dyadic.api.hardware;

import java.util.Objects;

/**
 * The arithmetic of a machine, which execution obeys to the bit.
 *
 * @param accumulatorBits width of the signed accumulator, 8 to 64
 */
public record Datapath(
        int accumulatorBits, Overflow overflow, Requantizer requantizer, Padding padding) {

    public Datapath {
        if (accumulatorBits < 8 || accumulatorBits > 64) {
            throw new IllegalArgumentException(
                    "an accumulator has 8 to 64 bits, was " + accumulatorBits);
        }
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(requantizer, "requantizer");
        Objects.requireNonNull(padding, "padding");
    }

    /**
     * What execution obeys when an experiment names no accelerator: wide, exact as far as a machine
     * can be.
     */
    public static Datapath wide() {
        return new Datapath(32, Overflow.SATURATE, new Requantizer.Multiplier(32), Padding.ZERO);
    }
}
