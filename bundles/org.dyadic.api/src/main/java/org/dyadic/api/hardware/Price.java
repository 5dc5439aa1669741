package org.dyadic.api.hardware;

import java.util.Objects;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * What one component costs.
 *
 * @param area of one component; zero if it is off the chip
 * @param energy of one use
 * @param source where the numbers come from: a publication or a measurement, and how they were
 *     scaled
 */
public record Price(Quantity area, Quantity energy, Kind kind, String source) {

    public Price {
        if (area.in(Unit.SQUARE_MICROMETRE) < 0 || energy.in(Unit.PICOJOULE) < 0) {
            throw new IllegalArgumentException(
                    "a price is not negative, was " + area + ", " + energy);
        }
        Objects.requireNonNull(kind, "kind");
        if (source.isBlank()) {
            throw new IllegalArgumentException("a price names its source");
        }
    }
}
