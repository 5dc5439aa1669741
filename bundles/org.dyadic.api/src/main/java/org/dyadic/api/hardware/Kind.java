package org.dyadic.api.hardware;

import java.util.Locale;

/** What a number in a report is worth. */
public enum Kind {
    /** Counted by executing the network on data. */
    MEASURED,
    /** From a simulator that steps through cycles. */
    SIMULATED,
    /** From a formula or a cost table. */
    MODELLED,
    /** From gates that a synthesis tool made. */
    SYNTHESISED,
    /** From a publication, which is named. */
    PUBLISHED;

    /** The word in reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
