package org.dyadic.api.report;

import java.util.Objects;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.unit.Quantity;

/** A number in a report: how much, what kind of number it is, and where it comes from. */
public record Figure(Quantity quantity, Kind kind, String source) {

    public Figure {
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
    }
}
