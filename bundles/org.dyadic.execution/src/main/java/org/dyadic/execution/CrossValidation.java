package org.dyadic.execution;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
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
        return DoubleStream.of(SHARES)
                .boxed()
                .max(Comparator.comparingDouble(this::explained))
                .orElseThrow();
    }

    /** What the weights that each half asks for explain of the targets of the other. */
    private double explained(double share) {
        return IntStream.range(0, trained.size())
                .parallel()
                .mapToObj(
                        group ->
                                explained(first, second, group, HALF * share)
                                        + explained(second, first, group, HALF * share))
                .toList()
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private double explained(
            List<Regression> seen, List<Regression> unseen, int group, double share) {
        var own = new LeastSquares(seen.get(group).covariance(), share);
        return unseen.get(group).explained(own.solve(seen.get(group), trained.get(group)));
    }
}
