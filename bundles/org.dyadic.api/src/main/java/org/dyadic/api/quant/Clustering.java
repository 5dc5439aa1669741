package org.dyadic.api.quant;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The best that any {@code k} levels could do for a distribution, whatever hardware they need: its
 * optimal clustering into at most {@code k} intervals, each represented by its mean.
 *
 * <p>Found by dynamic programming (Fisher 1958), each row by divide and conquer as the best split
 * never moves down when the end moves up: {@code k n log n} steps for {@code n} distinct values. Of
 * more than 65,536 values it is nearly optimal, and the lower bound says how nearly. Immutable.
 */
public final class Clustering {

    /** Values that are clustered as they are; of more, so many stand for all. */
    private static final int MANY = 1 << 16;

    private final double[] centres;
    private final double squaredError;
    private final double lowerBound;

    private Clustering(double[] centres, double squaredError, double lowerBound) {
        this.centres = centres;
        this.squaredError = squaredError;
        this.lowerBound = lowerBound;
    }

    /** The clustering into at most {@code k} clusters; throws unless there is one. */
    public static Clustering of(Distribution samples, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("there is at least one cluster, was " + k);
        }
        return of(samples, k, MANY);
    }

    /** As {@link #of(Distribution, int)}, exact up to so many distinct values, at least 4. */
    static Clustering of(Distribution samples, int k, int many) {
        double[] values = IntStream.range(0, samples.size()).mapToDouble(samples::value).toArray();
        double[] weights =
                IntStream.range(0, samples.size()).mapToDouble(samples::weight).toArray();
        var places = Places.of(values, weights);
        double mass = samples.mass();
        double inside = inside(samples);
        if (places.size() <= many) {
            int[] clusters = places.clusters(k);
            double error = places.squares(clusters) / mass + inside;
            return new Clustering(places.means(clusters), error, error);
        }
        // No level set does worse with the samples spread over a grid than what that adds: its
        // error less the power is a concave function of a sample, and spreading keeps the mean
        // (Jensen).
        double[] grid = places.grid(many);
        var spread = places.spreadOver(grid);
        int[] clusters = spread.clusters(k);
        double bound = Math.max(0, spread.squares(clusters) - places.addedBy(grid));
        int[] nearest = places.nearest(spread.means(clusters));
        return new Clustering(
                places.means(nearest),
                places.squares(nearest) / mass + inside,
                bound / mass + inside);
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
     * A mean squared error that no {@code k} levels go below, at any scale, up to the rounding of
     * double precision: that of this clustering, where it is exact.
     */
    public double lowerBound() {
        return lowerBound;
    }

    /** The mean square of samples about the places they are kept at, not rounded up. */
    private static double inside(Distribution samples) {
        double squares = 0;
        for (int i = 0; i < samples.size(); i++) {
            squares += samples.weight(i) * samples.value(i) * samples.value(i);
        }
        double rounding = Math.ulp(samples.power()) * samples.size();
        return Math.max(0, samples.power() - squares / samples.mass() - rounding);
    }

    /**
     * Distinct ascending values with positive weights. Clusters of them are given by where each
     * starts, and after the last, the number of values.
     */
    private record Places(double[] values, double[] weights) {

        /** From ascending values, equal ones put together and those without weight left out. */
        static Places of(double[] values, double[] weights) {
            var distinct = new double[values.length];
            var sums = new double[values.length];
            int used = 0;
            for (int i = 0; i < values.length; i++) {
                if (weights[i] > 0) {
                    boolean again = used > 0 && distinct[used - 1] == values[i];
                    used = again ? used : used + 1;
                    distinct[used - 1] = values[i];
                    sums[used - 1] += weights[i];
                }
            }
            return new Places(Arrays.copyOf(distinct, used), Arrays.copyOf(sums, used));
        }

        int size() {
            return values.length;
        }

        int[] clusters(int k) {
            return new Splits(this).best(Math.min(k, size()));
        }

        double[] means(int[] starts) {
            var means = new double[starts.length - 1];
            Arrays.setAll(means, cluster -> mean(starts[cluster], starts[cluster + 1]));
            return means;
        }

        /** The mean of some values, accurate however far they are from zero. */
        private double mean(int start, int end) {
            double mass = 0;
            double sum = 0;
            for (int i = start; i < end; i++) {
                mass += weights[i];
                sum += weights[i] * (values[i] - values[start]);
            }
            return Math.min(values[start] + sum / mass, values[end - 1]);
        }

        /** The squares about the means of clusters. */
        double squares(int[] starts) {
            var means = means(starts);
            double squares = 0;
            for (int cluster = 0; cluster < means.length; cluster++) {
                for (int i = starts[cluster]; i < starts[cluster + 1]; i++) {
                    double off = values[i] - means[cluster];
                    squares += weights[i] * off * off;
                }
            }
            return squares;
        }

        /** The clusters of the values nearest to each of some ascending centres. */
        int[] nearest(double[] centres) {
            var starts = new int[centres.length + 1];
            starts[centres.length] = size();
            for (int i = 1; i < centres.length; i++) {
                double middle = centres[i - 1] + (centres[i] - centres[i - 1]) / 2;
                int found = Arrays.binarySearch(values, middle);
                starts[i] = found < 0 ? -found - 1 : found;
            }
            return Arrays.stream(starts).distinct().toArray();
        }

        /**
         * Ascending points from the least value to the largest: half of them at equal ranks, half
         * at equal distances, so that neither a dense middle nor a far tail is coarse.
         */
        double[] grid(int points) {
            int half = points / 2;
            double step = (values[size() - 1] - values[0]) / (half - 1);
            return IntStream.range(0, half)
                    .mapToObj(
                            i ->
                                    DoubleStream.of(
                                            values[(int) ((size() - 1L) * i / (half - 1))],
                                            Math.min(values[0] + i * step, values[size() - 1])))
                    .flatMapToDouble(Function.identity())
                    .sorted()
                    .distinct()
                    .toArray();
        }

        /** The weights moved to the two points about each value, so that its mean stays. */
        Places spreadOver(double[] grid) {
            var moved = new double[grid.length];
            int at = 0;
            for (int i = 0; i < size(); i++) {
                at = below(values[i], grid, at);
                double up = (values[i] - grid[at]) / (grid[at + 1] - grid[at]);
                moved[at] += weights[i] * (1 - up);
                moved[at + 1] += weights[i] * up;
            }
            return of(grid, moved);
        }

        /** What spreading adds to the squares, whatever they are about. */
        double addedBy(double[] grid) {
            double added = 0;
            int at = 0;
            for (int i = 0; i < size(); i++) {
                at = below(values[i], grid, at);
                added += weights[i] * (values[i] - grid[at]) * (grid[at + 1] - values[i]);
            }
            return added;
        }

        /** The interval of a grid that a value lies in, from some interval on. */
        private static int below(double value, double[] grid, int from) {
            int at = from;
            while (at < grid.length - 2 && grid[at + 1] <= value) {
                at++;
            }
            return at;
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
