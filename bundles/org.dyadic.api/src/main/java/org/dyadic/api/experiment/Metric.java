package org.dyadic.api.experiment;

import java.util.Locale;
import org.dyadic.api.unit.Dimension;

/** A figure that an experiment may state a limit for. */
public enum Metric {
    ACCURACY(Dimension.RATIO),
    LATENCY(Dimension.TIME),
    ENERGY(Dimension.ENERGY),
    AREA(Dimension.AREA);

    private final Dimension dimension;

    Metric(Dimension dimension) {
        this.dimension = dimension;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** The word in the language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
