package org.dyadic.quantizers;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.dyadic.api.quant.Distribution;

/**
 * Lower bounds on the error of level sets at their best scale, for millions of level sets on one
 * distribution. Safe for any number of threads.
 *
 * <p>The error at scale a is J(a) = S + a G(a), with S the sum of m x^2 over samples x of weight m,
 * and G(a) that of the minimum, over levels l, of m (a l^2 - 2 l x). A sample that goes to level k
 * instead of the next lower l, because it lies above their threshold t = a (k + l) / 2, changes its
 * term by -2 (k - l) (x - t) m. Hence, counted from the level nearest to zero,
 *
 * <pre>
 *     G(a) = sum of m (a l0^2 - 2 l0 x) - sum over neighbours of (k - l) V(a, k + l),
 * </pre>
 *
 * where V(a, s) is twice the sum of m |x - a s / 2| over the samples further from zero than the
 * threshold. It depends on the level set by the integer s alone: one table for each of some scales
 * gives G there exactly, at one look-up a level, however many samples there are.
 *
 * <p>G is concave, as it is a minimum of lines. Between two scales it lies above its chord, and so
 * the error above a parabola. Scales are halved, in their logarithm, until the lowest point of
 * every parabola reaches the limit, or no scale is left between.
 */
final class ErrorBound {

    private final Distribution data;
    private final int reach;
    private final double[] scales;
    private final double squares;
    private final double sum;
    private final AtomicReferenceArray<double[]> tables;

    /**
     * @param reach the largest magnitude of a level
     * @param steps how many intervals of scales to tell apart at most; a power of two
     */
    ErrorBound(Distribution data, int reach, int steps) {
        this.data = data;
        this.reach = reach;
        this.squares = data.power() * data.mass();
        this.sum = data.mean() * data.mass();
        this.scales = scales(data, reach, steps);
        this.tables = new AtomicReferenceArray<>(scales.length);
    }

    /**
     * Zero, then a geometric series from where the levels cannot explain a tenth of the power to
     * where every sample is on one of the levels nearest to zero.
     */
    private static double[] scales(Distribution data, int reach, int steps) {
        double low = data.power() > 0 ? 0.05 * Math.sqrt(data.power()) / reach : 1;
        double high = Math.max(2 * data.absMax(), 2 * low);
        var scales = new double[steps + 1];
        for (int i = 1; i <= steps; i++) {
            scales[i] = low * StrictMath.pow(high / low, (i - 1) / (steps - 1.0));
        }
        return scales;
    }

    /**
     * A mean squared error that the levels do not go below at any scale, or the limit, if they do
     * not go below that.
     */
    double of(LevelSet levels, double limit) {
        int last = scales.length - 1;
        return between(levels, 0, concave(levels, 0), last, concave(levels, last), limit);
    }

    private double between(
            LevelSet levels, int left, double atLeft, int right, double atRight, double limit) {
        double bound = parabola(scales[left], atLeft, scales[right], atRight) / data.mass();
        if (bound >= limit) {
            return limit;
        }
        if (right - left == 1) {
            return Math.max(0, bound);
        }
        int middle = (left + right) >>> 1;
        double atMiddle = concave(levels, middle);
        return Math.min(
                between(levels, left, atLeft, middle, atMiddle, limit),
                between(levels, middle, atMiddle, right, atRight, limit));
    }

    /** The lowest point between two scales of S plus scale times the chord. */
    private double parabola(double left, double atLeft, double right, double atRight) {
        double rise = (atRight - atLeft) / (right - left);
        double offset = atLeft - rise * left;
        double valley = rise > 0 ? -offset / (2 * rise) : right;
        double lowest = Math.max(left, Math.min(right, valley));
        return squares + lowest * (offset + rise * lowest);
    }

    /** G at one of the scales. */
    private double concave(LevelSet levels, int step) {
        double anchor = levels.anchor();
        return anchor * (scales[step] * anchor * data.mass() - 2 * sum) - levels.weigh(table(step));
    }

    /** V at one of the scales, by s + 2 x reach. */
    private double[] table(int step) {
        var table = tables.get(step);
        if (table == null) {
            table = new double[4 * reach + 1];
            for (int s = -2 * reach; s <= 2 * reach; s++) {
                table[s + 2 * reach] = gain(0.5 * scales[step] * s, s);
            }
            tables.set(step, table); // whoever else did so found the same
        }
        return table;
    }

    private double gain(double threshold, int sum) {
        int below = data.rank(threshold);
        double mass = data.massBelow(below);
        double first = data.sumBelow(below);
        double gain =
                sum <= 0
                        ? threshold * mass - first
                        : this.sum - first - threshold * (data.mass() - mass);
        return 2 * Math.max(0, gain);
    }
}
