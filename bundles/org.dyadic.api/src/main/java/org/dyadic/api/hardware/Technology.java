package org.dyadic.api.hardware;

import java.util.Objects;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** The process an accelerator is made in. */
public record Technology(Quantity node, Quantity voltage, Transistors transistors) {

    public Technology {
        if (!(node.in(Unit.NANOMETRE) > 0)) {
            throw new IllegalArgumentException("a process node is positive, was " + node);
        }
        if (!(voltage.in(Unit.VOLT) > 0)) {
            throw new IllegalArgumentException("a supply voltage is positive, was " + voltage);
        }
        Objects.requireNonNull(transistors, "transistors");
    }

    /** One of low-power transistors. */
    public Technology(Quantity node, Quantity voltage) {
        this(node, voltage, Transistors.LOW_POWER);
    }

    /** The setting {@code technology 45 nm}; the range is that of Stillmaker & Baas 2017. */
    public static final Parameter NODE =
            Parameter.measure(
                            "technology",
                            Quantity.of(7, Unit.NANOMETRE),
                            Quantity.of(130, Unit.NANOMETRE))
                    .defaultsTo(Quantity.of(45, Unit.NANOMETRE))
                    .documented("the process node that area, energy and delay are scaled to");

    /** The setting {@code voltage 0.9 V}. */
    public static final Parameter VOLTAGE =
            Parameter.measure("voltage", Quantity.of(0.6, Unit.VOLT), Quantity.of(1.3, Unit.VOLT))
                    .defaultsTo(Quantity.of(0.9, Unit.VOLT))
                    .documented(
                            "supply voltage; energy and leakage depend on it, delay is that of the usual voltage of the node");

    /** What the settings of a backend that declares {@link #NODE} and {@link #VOLTAGE} say. */
    public static Technology of(Settings settings) {
        return new Technology(
                settings.measure("technology"),
                settings.measure("voltage"),
                settings.has("transistors")
                        ? settings.choice("transistors", Transistors.class)
                        : Transistors.LOW_POWER);
    }
}
