package org.dyadic.api.hardware;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * What one component costs.
 *
 * @param area of one component; zero if it is off the chip
 * @param energy of one use
 * @param leakage power of one component for as long as it is switched on, used or not
 * @param delay of one use, from its inputs to its outputs
 * @param source where the numbers come from: a publication or a measurement, and how they were
 *     scaled
 * @param constants that the numbers rest on, factors of scaling included; none if the cost model
 *     tells none
 * @param toggles share of the bits of its operands that change from one use to the next where it
 *     takes {@code energy}, above 0 and at most 1. A part of an element takes energy in proportion
 *     if a simulator counted {@link org.dyadic.api.sim.Switching}; empty if a use costs the same
 *     whatever the operands are
 */
public record Price(
        Quantity area,
        Quantity energy,
        Quantity leakage,
        Quantity delay,
        Kind kind,
        String source,
        List<Constant> constants,
        OptionalDouble toggles) {

    public Price {
        if (area.in(Unit.SQUARE_MICROMETRE) < 0
                || energy.in(Unit.PICOJOULE) < 0
                || leakage.in(Unit.WATT) < 0
                || delay.in(Unit.NANOSECOND) < 0) {
            throw new IllegalArgumentException(
                    "a price is not negative, was "
                            + area
                            + ", "
                            + energy
                            + ", "
                            + leakage
                            + ", "
                            + delay);
        }
        Objects.requireNonNull(kind, "kind");
        if (source.isBlank()) {
            throw new IllegalArgumentException("a price names its source");
        }
        constants = List.copyOf(constants);
        if (toggles.isPresent() && !(toggles.getAsDouble() > 0 && toggles.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "the share of bits that toggle lies between 0 and 1, was "
                            + toggles.getAsDouble());
        }
    }

    /** One that a use costs whatever the operands are. */
    public Price(
            Quantity area,
            Quantity energy,
            Quantity leakage,
            Quantity delay,
            Kind kind,
            String source,
            List<Constant> constants) {
        this(area, energy, leakage, delay, kind, source, constants, OptionalDouble.empty());
    }

    /** The same where a use takes energy in proportion to the bits of its operands that toggle. */
    public Price atToggles(double toggles) {
        return new Price(
                area, energy, leakage, delay, kind, source, constants, OptionalDouble.of(toggles));
    }

    /** One of area and energy alone. */
    public Price(Quantity area, Quantity energy, Kind kind, String source) {
        this(
                area,
                energy,
                Quantity.of(0, Unit.WATT),
                Quantity.of(0, Unit.NANOSECOND),
                kind,
                source,
                List.of());
    }
}
