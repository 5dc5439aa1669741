package org.dyadic.api.hardware;

import java.util.Objects;

/**
 * A number that a cost model rests on, and where it comes from.
 *
 * @param name permanent; unique within a cost model
 * @param unit as people write it, such as {@code pJ} or {@code GE}; empty for a ratio
 * @param node the process it holds for, such as {@code 45 nm}
 * @param voltage the supply it holds for, such as {@code 0.9 V}
 * @param corner the process corner or kind of transistors
 * @param source the publication or measurement; never blank
 */
public record Constant(
        String name,
        double value,
        String unit,
        String node,
        String voltage,
        String corner,
        String source) {

    public Constant {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(voltage, "voltage");
        Objects.requireNonNull(corner, "corner");
        if (name.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException(
                    "a constant has a name and a source, was '" + name + "' from '" + source + "'");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "constant " + name + " is a finite number, was " + value);
        }
    }
}
