package org.dyadic.api.quant;

import java.util.Objects;

/**
 * What a search did, so that its result can be trusted as far as it goes.
 *
 * @param candidates configurations in the search space, those that differ only in the order of
 *     equal parts counted once
 * @param pruned of these, how many were ruled out: by a bound, as another one shifted or with the
 *     same levels, or for lack of a level that was required
 * @param evaluated of these, how many had their exact best scale computed
 * @param squaredError mean squared error of the best one, under the objective the note states
 * @param lowerBound no candidate has a smaller error under that objective
 * @param proven true if the best one is the optimum of the whole space under that objective
 * @param note one line: the objective, and what the search did and did not do
 */
public record Certificate(
        long candidates,
        long pruned,
        long evaluated,
        double squaredError,
        double lowerBound,
        boolean proven,
        String note) {

    /** What rounding may put a bound above the error it bounds. */
    private static final double ROUNDING = 1 + 1e-9;

    public Certificate {
        Objects.requireNonNull(note, "note");
        if (pruned < 0 || evaluated < 0 || pruned > candidates - evaluated) {
            throw new IllegalArgumentException(
                    "cannot have pruned %d and evaluated %d of %d candidates"
                            .formatted(pruned, evaluated, candidates));
        }
        if (!(lowerBound >= 0 && lowerBound <= squaredError * ROUNDING)
                || !Double.isFinite(squaredError)) {
            throw new IllegalArgumentException(
                    "a lower bound lies between 0 and the error, but was %s for an error of %s"
                            .formatted(lowerBound, squaredError));
        }
    }

    /**
     * By how many dB at most a better candidate could lower the error: 0 if the result is proven,
     * infinite if nothing but zero bounds the error from below.
     */
    public double gap() {
        if (proven || squaredError <= lowerBound) {
            return 0;
        }
        return 10 * StrictMath.log10(squaredError / lowerBound);
    }
}
