package org.dyadic.quantizers;

import org.dyadic.api.quant.Distribution;

/**
 * What evenly spaced levels should span if there are more of them than errors can tell apart one by
 * one. A sample within the span counts with the error of an even spread between two levels, scale^2
 * / 12 (Bennett, Bell System Technical Journal 27, 1948), and one beyond it with the square of its
 * distance besides. The sum is convex in the scale, and its least is where its slope is zero.
 */
final class FineRange {

    /** Halvings of an interval of scales, after which no double lies between its ends. */
    private static final int HALVINGS = 64;

    private final Distribution samples;

    FineRange(Distribution samples) {
        this.samples = samples;
    }

    /**
     * The scale of least error; zero if there is no sample that the levels reach for.
     *
     * @param lowest level, not positive; {@code highest} not negative
     */
    double scale(int lowest, int highest) {
        double low = 0;
        double high = Math.max(span(-samples.min(), -lowest), span(samples.max(), highest));
        for (int i = 0; i < HALVINGS; i++) {
            double scale = 0.5 * (low + high);
            double slope =
                    samples.mass() * scale / 12
                            + lowest * below(lowest * scale)
                            - highest * above(highest * scale);
            if (slope < 0) {
                low = scale;
            } else {
                high = scale;
            }
        }
        return high;
    }

    /**
     * The zero point of least error for so many consecutive levels: the first that cuts off no more
     * below than above.
     */
    int zeroPoint(int levels) {
        int low = 0;
        int high = levels - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int highest = levels - 1 - middle;
            double scale = scale(-middle, highest);
            if (below(-middle * scale) > above(highest * scale)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double span(double reach, int levels) {
        return levels > 0 ? Math.max(0, reach / levels) : 0;
    }

    /** By how much samples lie below a number, in all. */
    private double below(double x) {
        int rank = samples.rank(x);
        return x * samples.massBelow(rank) - samples.sumBelow(rank);
    }

    /** By how much samples lie above a number, in all. */
    private double above(double x) {
        int rank = samples.rank(x);
        return samples.sumBelow(samples.size())
                - samples.sumBelow(rank)
                - x * (samples.mass() - samples.massBelow(rank));
    }
}
