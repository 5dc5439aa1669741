package org.dyadic.api.experiment;

import java.util.List;
import java.util.Objects;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Value;

/**
 * An experiment in many versions: one for each combination of the values of its axes.
 *
 * @param experiment the experiment as it stands, nothing varied
 * @param axes what is varied; at least one
 * @param objectives what to look for among the points; at least one
 * @param points every combination, the values of the last axis changing fastest
 */
public record Sweep(
        String name,
        Experiment experiment,
        List<Axis> axes,
        List<Objective> objectives,
        List<Point> points,
        Position at) {

    /** A sweep may have so many points; beyond, nobody waits for the last. */
    public static final int MOST_POINTS = 10_000;

    public Sweep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(experiment, "experiment");
        axes = List.copyOf(axes);
        objectives = List.copyOf(objectives);
        points = List.copyOf(points);
        if (axes.isEmpty() || objectives.isEmpty()) {
            throw new IllegalArgumentException("a sweep needs an axis and an objective");
        }
        int product = 1;
        for (var axis : axes) {
            product = Math.multiplyExact(product, axis.values().size());
        }
        if (points.size() != product) {
            throw new IllegalArgumentException(
                    "axes of " + product + " combinations, but " + points.size() + " points");
        }
    }

    /**
     * A setting that varies, and the values it takes.
     *
     * @param setting as it stands in the file: {@code FourBit.default.weights.bits}
     */
    public record Axis(String setting, List<Value> values, Position at) {

        public Axis {
            Objects.requireNonNull(setting, "setting");
            Objects.requireNonNull(at, "at");
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("an axis needs a value");
            }
        }

        /** As it stands in a file, after {@code vary}. */
        @Override
        public String toString() {
            return setting + " over " + new Value.Sequence(values);
        }
    }

    /** A figure of which less is better, or more. */
    public record Objective(Metric metric, boolean minimise, Position at) {

        public Objective {
            Objects.requireNonNull(metric, "metric");
            Objects.requireNonNull(at, "at");
        }

        /** As it stands in a file. */
        @Override
        public String toString() {
            return (minimise ? "minimise " : "maximise ") + metric.id();
        }
    }

    /**
     * One combination.
     *
     * @param values one for each axis, in their order
     * @param experiment with these values in place
     */
    public record Point(List<Value> values, Experiment experiment) {

        public Point {
            values = List.copyOf(values);
            Objects.requireNonNull(experiment, "experiment");
        }
    }
}
