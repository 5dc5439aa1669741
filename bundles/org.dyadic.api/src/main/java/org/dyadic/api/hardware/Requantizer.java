package org.dyadic.api.hardware;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

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

    /**
     * A parameter by which a user chooses: {@code multiplier}, of 32 bits as in gemmlowp, or {@code
     * shifts-1} to {@code shifts-4}.
     */
    static Parameter parameter(String fallback) {
        return Parameter.choice(
                        "requantizer", "multiplier", "shifts-1", "shifts-2", "shifts-3", "shifts-4")
                .defaultsTo(fallback)
                .documented(
                        "what scales a sum: a 32 bit multiplier, or so many shifts and their sum");
    }

    /** What the settings of a backend that declares {@link #parameter} say. */
    static Requantizer of(Settings settings) {
        String choice = settings.choice("requantizer");
        return choice.equals("multiplier")
                ? new Multiplier(32)
                : new Shifts(Integer.parseInt(choice.substring("shifts-".length())));
    }
}
