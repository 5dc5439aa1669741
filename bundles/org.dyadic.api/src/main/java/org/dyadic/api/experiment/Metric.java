package org.dyadic.api.experiment;

import java.util.Locale;
import org.dyadic.api.unit.Dimension;

/** A figure that an experiment may state a limit for. */
public enum Metric {
    /** Top-1 accuracy. */
    ACCURACY(Dimension.RATIO),
    /** Of one image. */
    LATENCY(Dimension.TIME),
    /** Of one image, off-chip memory included. */
    ENERGY(Dimension.ENERGY),
    /** Of the chip. */
    AREA(Dimension.AREA);

    private final Dimension dimension;

    Metric(Dimension dimension) {
        this.dimension = dimension;
    }

    /** What a limit must measure. */
    public Dimension dimension() {
        return dimension;
    }

    /** The word in the language. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
