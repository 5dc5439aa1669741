package org.dyadic.api.hardware;

/**
 * How a machine brings an accumulated sum to the scale of the next tensor. A sum s becomes {@code v
 * = m s + b} in 64-bit fixed point, where m approximates the ratio of the scales; then v takes the
 * nearest level of the output grid, half way going up. The cases differ in which m they can hold.
 */
public sealed interface Requantizer {

    /** An integer multiplier of so many bits, signed, and a shift. */
    record Multiplier(int bits) implements Requantizer {
        public Multiplier {
            if (bits < 2 || bits > 32) {
                throw new IllegalArgumentException("a multiplier has 2 to 32 bits, was " + bits);
            }
        }
    }

    /** A sum or difference of so many powers of two: shifts and adders, no multiplier. */
    record Shifts(int terms) implements Requantizer {
        public Shifts {
            if (terms < 1 || terms > 4) {
                throw new IllegalArgumentException(
                        "a shift requantizer has 1 to 4 terms, was " + terms);
            }
        }
    }
}
