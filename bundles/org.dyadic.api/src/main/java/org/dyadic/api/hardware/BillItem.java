package org.dyadic.api.hardware;

import java.util.Objects;

/** One line of a bill of materials: what for, which component, how many. */
public record BillItem(String purpose, Component component, long count) {

    public BillItem {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(component, "component");
        if (count < 1) {
            throw new IllegalArgumentException(
                    "a bill lists parts that are there, count was " + count);
        }
    }
}
