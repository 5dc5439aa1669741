package org.dyadic.api.report;

import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.hardware.Price;

/**
 * One part of a total, such as what the multipliers take of the area.
 *
 * @param count of components in an area, of uses in an energy; of cycles where {@code figure} is
 *     what leaks in them
 * @param price of the component, if the figure is a count times one
 */
public record Share(
        String purpose, String component, long count, Figure figure, Optional<Price> price) {

    /** The purpose of energy that goes into no use of any part. */
    public static final String LEAKAGE = "leakage";

    public Share {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(figure, "figure");
        Objects.requireNonNull(price, "price");
    }

    /** A part whose price nobody tells. */
    public Share(String purpose, String component, long count, Figure figure) {
        this(purpose, component, count, figure, Optional.empty());
    }
}
