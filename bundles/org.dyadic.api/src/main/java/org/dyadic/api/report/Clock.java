package org.dyadic.api.report;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * The clock that an accelerator's description asks for, and the fastest that its elements reach.
 *
 * @param slowest the parts of an element that set the limit, one after another
 * @param constants that {@code fastest} rests on
 */
public record Clock(
        Quantity asked, Figure fastest, List<String> slowest, List<Constant> constants) {

    public Clock {
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(fastest, "fastest");
        slowest = List.copyOf(slowest);
        constants = List.copyOf(constants);
    }

    /** True if the elements are fast enough. */
    public boolean reached() {
        return asked.in(Unit.HERTZ) <= fastest.quantity().in(Unit.HERTZ);
    }
}
