package org.dyadic.api.report;

import java.util.Objects;

/** One part of a total, such as what the multipliers take of the area. */
public record Share(String purpose, String component, long count, Figure figure) {

    public Share {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(component, "component");
        Objects.requireNonNull(figure, "figure");
    }
}
