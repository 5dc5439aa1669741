package org.dyadic.api.quant;

import java.util.List;

/**
 * The best of several level sets for a distribution, each at its best scale: an exact choice.
 *
 * @param index which of the level sets it is; the first, if several are equally good
 * @param fit its scale and mean squared error
 * @param candidates how many there were
 * @param evaluated of these, how many had their best scale computed; the others cannot be better
 */
public record Selection(int index, ScaleFit fit, long candidates, long evaluated) {

    /** The best of one level set or more, each ascending. */
    public static Selection of(Distribution samples, List<int[]> candidates) {
        int index = 0;
        var best = samples.bestScale(candidates.get(0));
        int evaluated = 1;
        for (int i = 1; i < candidates.size(); i++) {
            var other = samples.bestScaleBelow(candidates.get(i), best.squaredError());
            evaluated += other.isPresent() ? 1 : 0;
            // Rounding may let an equal one through.
            if (other.isPresent() && other.get().squaredError() < best.squaredError()) {
                index = i;
                best = other.get();
            }
        }
        return new Selection(index, best, candidates.size(), evaluated);
    }

    /** What was done, as the optimum of its candidates. */
    public Certificate certificate(String note) {
        return certificate(fit.squaredError(), note);
    }

    /**
     * What was done, with a bound from elsewhere: proven optimal only if the choice meets it.
     *
     * @param lowerBound no level set of interest has a smaller mean squared error
     */
    public Certificate certificate(double lowerBound, String note) {
        double error = fit.squaredError();
        return new Certificate(
                candidates,
                candidates - evaluated,
                evaluated,
                error,
                Math.min(lowerBound, error),
                lowerBound >= error,
                note);
    }
}
