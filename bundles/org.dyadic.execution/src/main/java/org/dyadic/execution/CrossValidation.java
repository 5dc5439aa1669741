package org.dyadic.execution;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much weights are held to what they were trained to be: as much as lets one half of the
 * calibration images tell best what the other half needs. Few images, or inputs that say little,
 * ask for more of it; many images for less.
 */
final class CrossValidation {

    /** Shares of the mean variance of an input, about that of GPTQ. */
    private static final double[] SHARES = {0.001, LeastSquares.DAMPING, 0.1, 1};

    /** Half of the images see a weight with twice the variance, so that they need twice as much. */
    private static final double HALF = 2;

    private final List<Regression> first;
    private final List<Regression> second;
    private final List<double[][]> trained;

    /**
     * @param first of one half of the images, by group of the layer; the same for the second
     * @param trained by group, the weights of each of its outputs
     */
    CrossValidation(List<Regression> first, List<Regression> second, List<double[][]> trained) {
        this.first = first;
        this.second = second;
        this.trained = trained;
    }

    /** The best of a few shares of damping, for all images together. */
    double damping() {
        // Either half of the images at each share: enough tasks for wide layers of a single group.
        double[] explained =
                IntStream.range(0, 2 * SHARES.length)
                        .parallel()
                        .mapToDouble(
                                task ->
                                        task % 2 == 0
                                                ? explained(first, second, SHARES[task / 2])
                                                : explained(second, first, SHARES[task / 2]))
                        .toArray();
        int best =
                IntStream.range(0, SHARES.length)
                        .reduce((a, b) -> sum(explained, b) > sum(explained, a) ? b : a)
                        .orElseThrow();
        return SHARES[best];
    }

    private static double sum(double[] explained, int share) {
        return explained[2 * share] + explained[2 * share + 1];
    }

    /** What the weights that one half asks for explain of the targets of the other. */
    private double explained(List<Regression> seen, List<Regression> unseen, double share) {
        double sum = 0;
        for (int group = 0; group < trained.size(); group++) {
            var own = new LeastSquares(seen.get(group).covariance(), HALF * share);
            sum += unseen.get(group).explained(own.solve(seen.get(group), trained.get(group)));
        }
        return sum;
    }
}
