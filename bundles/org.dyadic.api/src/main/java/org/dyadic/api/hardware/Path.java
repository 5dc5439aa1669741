package org.dyadic.api.hardware;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * How long a signal takes through parts that it passes one after another between two clock edges.
 *
 * @param constants that the time rests on; none if the cost model tells none
 */
public record Path(Quantity delay, Kind kind, String source, List<Constant> constants) {

    public Path {
        if (delay.in(Unit.NANOSECOND) < 0) {
            throw new IllegalArgumentException("a delay is not negative, was " + delay);
        }
        Objects.requireNonNull(kind, "kind");
        if (source.isBlank()) {
            throw new IllegalArgumentException("a delay names its source");
        }
        constants = List.copyOf(constants);
    }
}
