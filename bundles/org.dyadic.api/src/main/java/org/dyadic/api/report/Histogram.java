package org.dyadic.api.report;

import java.util.List;

/**
 * How the samples of a tensor lie, in units of the scale of its grid, so that levels are whole
 * numbers on the axis. For a float tensor the unit is 1. Counts are of equal intervals from {@code
 * low} to {@code high}.
 */
public record Histogram(double low, double high, List<Long> counts) {

    public Histogram {
        counts = List.copyOf(counts);
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "an interval from " + low + " to " + high + " is none");
        }
    }
}
