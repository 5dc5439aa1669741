package org.dyadic.api.quant;

import java.util.Arrays;

/**
 * The best that any {@code k} levels could do for a distribution, whatever hardware they need: its
 * optimal clustering into at most {@code k} intervals, each represented by its mean.
 *
 * <p>No grid of {@code k} levels has a smaller squared error, at any scale, so this is a lower
 * bound for all of them, to the rounding of double precision. Found by dynamic programming (Fisher
 * 1958), each row by divide and conquer as the best split never moves down when the end moves up:
 * {@code k n log n} steps for {@code n} distinct places. Immutable.
 */
public final class Clustering {

    private final double[] centres;
    private final double squaredError;

    private Clustering(double[] centres, double squaredError) {
        this.centres = centres;
        this.squaredError = squaredError;
    }

    /** The optimal clustering into at most {@code k} clusters; throws unless there is one. */
    public static Clustering of(Distribution samples, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("there is at least one cluster, was " + k);
        }
        var places = Places.of(samples);
        int[] starts = new Splits(places).best(Math.min(k, places.size()));
        var centres = new double[starts.length - 1];
        double error = 0;
        for (int cluster = 0; cluster < centres.length; cluster++) {
            int start = starts[cluster];
            int end = starts[cluster + 1];
            centres[cluster] = places.mean(start, end);
            error += places.squaresAbout(centres[cluster], start, end);
        }
        return new Clustering(centres, error / samples.mass() + places.inside);
    }

    /** The centres, ascending: {@code k}, or as many as there are distinct values; a copy. */
    public double[] centres() {
        return centres.clone();
    }

    /**
     * The mean squared error when every sample goes to its nearest centre, as {@link
     * Distribution#squaredError} counts it: what lies inside summarised places is in it.
     */
    public double squaredError() {
        return squaredError;
    }

    /**
     * Distinct values with positive weight, ascending.
     *
     * @param inside the mean square of samples about the places they were summarised at, rounded
     *     down so that the error stays a lower bound
     */
    private record Places(double[] values, double[] weights, double inside) {

        static Places of(Distribution samples) {
            int n = samples.size();
            var values = new double[n];
            var weights = new double[n];
            int used = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double value = samples.value(i);
                double weight = samples.weight(i);
                squares += weight * value * value;
                if (weight > 0) {
                    boolean again = used > 0 && values[used - 1] == value;
                    used = again ? used : used + 1;
                    values[used - 1] = value;
                    weights[used - 1] += weight;
                }
            }
            double rounding = Math.ulp(samples.power()) * n;
            double inside = samples.power() - squares / samples.mass() - rounding;
            return new Places(
                    Arrays.copyOf(values, used), Arrays.copyOf(weights, used), Math.max(0, inside));
        }

        int size() {
            return values.length;
        }

        /** The mean of some places, accurate however far they are from zero. */
        double mean(int start, int end) {
            double mass = 0;
            double sum = 0;
            for (int i = start; i < end; i++) {
                mass += weights[i];
                sum += weights[i] * (values[i] - values[start]);
            }
            return Math.min(values[start] + sum / mass, values[end - 1]);
        }

        double squaresAbout(double centre, int start, int end) {
            double squares = 0;
            for (int i = start; i < end; i++) {
                squares += weights[i] * (values[i] - centre) * (values[i] - centre);
            }
            return squares;
        }
    }

    /**
     * The dynamic programme: row {@code c} holds the least cost of the first places in c clusters.
     */
    private static final class Splits {

        private final int n;

        // Sums over the first places, less those up to the middle one: what lies far out on either
        // side then takes no digits from what lies between.
        private final double[] mass;
        private final double[] first;
        private final double[] second;

        private double[] last;
        private double[] next;
        private int[] split;

        Splits(Places places) {
            n = places.size();
            mass = new double[n + 1];
            first = new double[n + 1];
            second = new double[n + 1];
            int middle = n / 2;
            for (int i = middle; i < n; i++) {
                add(places, i, i, i + 1, 1);
            }
            for (int i = middle - 1; i >= 0; i--) {
                add(places, i, i + 1, i, -1);
            }
        }

        private void add(Places places, int place, int from, int to, int sign) {
            double weight = sign * places.weights[place];
            double value = places.values[place] - places.values[n / 2];
            mass[to] = mass[from] + weight;
            first[to] = first[from] + weight * value;
            second[to] = second[from] + weight * value * value;
        }

        /** Where each cluster starts, and after the last, the number of places. */
        int[] best(int k) {
            var splits = new int[k + 1][];
            last = new double[n + 1];
            next = new double[n + 1];
            for (int end = 1; end <= n; end++) {
                last[end] = cost(0, end);
            }
            for (int c = 2; c <= k; c++) {
                split = new int[n + 1];
                // Each cluster, before and after, has at least one place.
                fill(c, n - (k - c), c - 1, n - 1);
                splits[c] = split;
                var row = last;
                last = next;
                next = row;
            }
            var starts = new int[k + 1];
            starts[k] = n;
            for (int c = k; c >= 2; c--) {
                starts[c - 1] = splits[c][starts[c]];
            }
            return starts;
        }

        /** One row for the ends from low to high, whose splits lie between two bounds. */
        private void fill(int low, int high, int lowest, int highest) {
            if (low > high) {
                return;
            }
            int end = (low + high) >>> 1;
            double least = Double.POSITIVE_INFINITY;
            int at = lowest;
            for (int start = lowest; start <= Math.min(highest, end - 1); start++) {
                double cost = last[start] + cost(start, end);
                if (cost < least) {
                    least = cost;
                    at = start;
                }
            }
            next[end] = least;
            split[end] = at;
            fill(low, end - 1, lowest, at);
            fill(end + 1, high, at, highest);
        }

        /** The squares about their mean of the places from start to before end. */
        private double cost(int start, int end) {
            double sum = first[end] - first[start];
            double squares = second[end] - second[start];
            return Math.max(0, squares - sum * sum / (mass[end] - mass[start]));
        }
    }
}
