package org.dyadic.api.quant;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The exact scale of least squared error for one level set.
 *
 * <p>With every sample x, of weight m, on its nearest level l, the error at scale a is
 *
 * <pre>
 *     J(a) = sum of m min over l of (x - a l)^2 = S + a G(a),   S = sum of m x^2,
 *     G(a) = sum of m min over l of (a l^2 - 2 l x).
 * </pre>
 *
 * G is a minimum of lines in a: concave, and piecewise linear. Assigning the samples at one scale
 * gives a line that touches G there and lies nowhere below it,
 *
 * <pre>
 *     G(a) <= a E - 2 C,   E = sum of m l^2,   C = sum of m l x,
 * </pre>
 *
 * so that an error of S - C^2 / E, at a = C / E, can be had; the least of these over all lines is
 * the optimum. A chord of G lies nowhere above it and bounds the error between two scales from
 * below, by a parabola. The search splits the interval of the lowest bound where the lines of its
 * ends cross: either a line lies below both there, or the interval holds no other line (the
 * parametric method of Eisner and Severance, J. ACM 23, 1976). It ends when no bound lies below the
 * best error. The kinks of G are the breakpoints that Idelbayev et al. (CVPR 2021) sweep one by
 * one; here the bounds skip nearly all of them.
 */
final class ScaleSearch {

    /** What sums of doubles lose, as a share of the power. */
    private static final double ROUNDING = 1e-13;

    /** The samples assigned at a scale. */
    private record Line(double scale, double energy, double cross) {

        double at(double a) {
            return a * energy - 2 * cross;
        }

        double touch() {
            return at(scale);
        }
    }

    /** The scales between two assignments, and what no error there is below. */
    private record Interval(Line left, Line right, double bound) {}

    private final Distribution data;
    private final int[] levels;
    private final double squares;
    private final double slack;
    private double least;
    private double best;

    ScaleSearch(Distribution data, int[] levels) {
        this.data = data;
        this.levels = levels;
        this.squares = data.power() * data.mass();
        this.slack = ROUNDING * squares;
    }

    /**
     * The best scale, if its mean squared error is below a limit and below what a scale of nearly
     * zero gives.
     */
    Optional<ScaleFit> below(double limit) {
        least = Math.min(limit * data.mass(), squares);
        best = 0;
        var open = new PriorityQueue<>(Comparator.comparingDouble(Interval::bound));
        var first = assign(0);
        double far = far();
        if (far > 0) {
            open.add(interval(first, assign(far)));
        }
        while (!open.isEmpty() && open.peek().bound() < least - slack) {
            var next = open.poll();
            var left = next.left();
            var right = next.right();
            double crossing = 2 * (left.cross() - right.cross()) / (left.energy() - right.energy());
            if (crossing > left.scale() && crossing < right.scale()) {
                var middle = assign(crossing);
                if (crossing * (left.at(crossing) - middle.touch()) > slack) {
                    open.add(interval(left, middle));
                    open.add(interval(middle, right));
                }
            }
        }
        return best > 0
                ? Optional.of(new ScaleFit(best, data.squaredError(levels, best)))
                : Optional.empty();
    }

    /** A scale beyond which no sample changes its level; zero if none ever does. */
    private double far() {
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < levels.length; i++) {
            double sum = Math.abs((double) levels[i - 1] + levels[i]);
            closest = sum > 0 ? Math.min(closest, sum) : closest;
        }
        return 2 * data.absMax() / closest;
    }

    /** Assigns the samples at a scale, and takes the least-squares scale if it is the best yet. */
    private Line assign(double scale) {
        double energy = 0;
        double cross = 0;
        double mass = 0;
        double sum = 0;
        for (int i = 0; i < levels.length; i++) {
            double level = levels[i];
            int rank =
                    i == levels.length - 1
                            ? data.size()
                            : data.rank(0.5 * scale * (level + levels[i + 1]));
            energy += level * level * (data.massBelow(rank) - mass);
            cross += level * (data.sumBelow(rank) - sum);
            mass = data.massBelow(rank);
            sum = data.sumBelow(rank);
        }
        // Weights that vanish beside the others leave a cross without energy.
        double fitted = energy > 0 ? cross / energy : 0;
        double error = Math.max(0, squares - cross * fitted);
        if (fitted > 0 && error < least) {
            least = error;
            best = fitted;
        }
        return new Line(scale, energy, cross);
    }

    /** With a parabola through the errors at both ends, which is the chord times the scale. */
    private Interval interval(Line left, Line right) {
        double slope = (right.touch() - left.touch()) / (right.scale() - left.scale());
        double offset = left.touch() - slope * left.scale();
        // G rises with the scale, as energy is not negative; where it does not, its ends decide.
        double valley = slope > 0 ? -offset / (2 * slope) : right.scale();
        double lowest = Math.max(left.scale(), Math.min(right.scale(), valley));
        double bound = squares + lowest * (offset + slope * lowest);
        return new Interval(left, right, bound);
    }
}
