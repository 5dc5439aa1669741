package org.dyadic.api.hardware;

import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** The process an accelerator is made in. */
public record Technology(Quantity node, Quantity voltage) {

    public Technology {
        node.in(Unit.NANOMETRE);
        voltage.in(Unit.VOLT);
    }
}
