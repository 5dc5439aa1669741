package org.dyadic.api.hardware;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** The process an accelerator is made in. */
public record Technology(Quantity node, Quantity voltage) {

    public Technology {
        if (!(node.in(Unit.NANOMETRE) > 0)) {
            throw new IllegalArgumentException("a process node is positive, was " + node);
        }
        if (!(voltage.in(Unit.VOLT) > 0)) {
            throw new IllegalArgumentException("a supply voltage is positive, was " + voltage);
        }
    }

    /** The setting {@code technology 45 nm}; the range is that of Stillmaker & Baas 2017. */
    public static final Parameter NODE =
            Parameter.measure(
                            "technology",
                            Quantity.of(7, Unit.NANOMETRE),
                            Quantity.of(130, Unit.NANOMETRE))
                    .defaultsTo(Quantity.of(45, Unit.NANOMETRE))
                    .documented("the process node that area and energy are scaled to");

    /** The setting {@code voltage 0.9 V}. */
    public static final Parameter VOLTAGE =
            Parameter.measure("voltage", Quantity.of(0.6, Unit.VOLT), Quantity.of(1.3, Unit.VOLT))
                    .defaultsTo(Quantity.of(0.9, Unit.VOLT))
                    .documented("supply voltage; energy depends on it, the clock does not");

    /** What the settings of a backend that declares {@link #NODE} and {@link #VOLTAGE} say. */
    public static Technology of(Settings settings) {
        return new Technology(settings.measure("technology"), settings.measure("voltage"));
    }
}
