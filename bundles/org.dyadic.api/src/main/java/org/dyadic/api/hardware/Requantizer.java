package org.dyadic.api.hardware;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/**
 * How a machine brings an accumulated sum to the scale of the next tensor. A sum s becomes the
 * integer {@code round(m s + b)}, where m is the ratio of the scales as the machine holds it, b the
 * bias, and {@code round} that of the datapath. The cases differ in which m they can hold.
 */
public sealed interface Requantizer {

    /** What a person calls it: {@code 32-bit multiplier}. */
    String describe();

    /** An integer multiplier of so many bits, signed, and a shift. */
    record Multiplier(int bits) implements Requantizer {
        public Multiplier {
            if (bits < 2 || bits > 32) {
                throw new IllegalArgumentException("a multiplier has 2 to 32 bits, was " + bits);
            }
        }

        @Override
        public String describe() {
            return bits + "-bit multiplier";
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

        @Override
        public String describe() {
            return terms + "-term shift";
        }
    }

    /**
     * No factor at all: comparators count the thresholds that a sum reaches. Thresholds are
     * integers of the accumulator's width, a set for each channel, made before the run from the
     * ratio itself, so that m is the ratio as exactly as 64-bit fixed point holds it. Levels of any
     * spacing are searched in a table; integers of even spacing, such as a tensor that is added,
     * averaged or joined with another needs, are found one bit after the other by comparing with
     * and subtracting the spacing times powers of two.
     */
    record Thresholds() implements Requantizer {
        @Override
        public String describe() {
            return "thresholds";
        }
    }

    /**
     * A parameter by which a user chooses: {@code multiplier}, of 32 bits as in gemmlowp, {@code
     * multiplier-4} to {@code multiplier-24}, {@code shifts-1} to {@code shifts-4}, or {@code
     * thresholds}.
     */
    static Parameter parameter(String fallback) {
        return Parameter.choice(
                        "requantizer",
                        "multiplier",
                        "multiplier-24",
                        "multiplier-16",
                        "multiplier-12",
                        "multiplier-8",
                        "multiplier-4",
                        "shifts-1",
                        "shifts-2",
                        "shifts-3",
                        "shifts-4",
                        "thresholds")
                .defaultsTo(fallback)
                .documented(
                        "what scales a sum: a multiplier of 32 or of so many bits, so many shifts"
                                + " and their sum, or comparison with thresholds");
    }

    /** What the settings of a backend that declares {@link #parameter} say. */
    static Requantizer of(Settings settings) {
        String choice = settings.choice("requantizer");
        int dash = choice.indexOf('-');
        String kind = dash < 0 ? choice : choice.substring(0, dash);
        return switch (kind) {
            case "multiplier" ->
                    new Multiplier(dash < 0 ? 32 : Integer.parseInt(choice.substring(dash + 1)));
            case "shifts" -> new Shifts(Integer.parseInt(choice.substring(dash + 1)));
            case "thresholds" -> new Thresholds();
            default -> throw new IllegalArgumentException("no requantizer is '" + choice + "'");
        };
    }
}
