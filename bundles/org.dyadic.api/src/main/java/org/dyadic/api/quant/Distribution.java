package org.dyadic.api.quant;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Weighted samples in ascending order with prefix sums, so that the error of a grid costs a look-up
 * per level, however many samples there were. Immutable; safe for any number of threads.
 */
public final class Distribution {

    /** With more levels than this, errors are summed by sample: those of an 8-bit code. */
    private static final int MANY = 256;

    private final double[] values;
    private final double[] mass; // mass[i] = weight of the first i samples
    private final double[] first; // sum of weight x value
    private final double[] second; // sum of weight x value^2

    /** Rank at the start of each of many equal intervals, to find ranks at once. */
    private final int[] cells;

    private final double cellsPerUnit;

    private Distribution(double[] values, double[] mass, double[] first, double[] second) {
        this.values = values;
        this.mass = mass;
        this.first = first;
        this.second = second;
        double span = max() - min();
        this.cells = new int[Math.min(1 << 16, 4 * values.length) + 2];
        double perUnit = span > 0 ? (cells.length - 2) / span : 0;
        this.cellsPerUnit = Double.isFinite(perUnit) ? perUnit : 0;
        int rank = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            while (rank < values.length && cellOf(values[rank]) < cell) {
                rank++;
            }
            cells[cell] = rank;
        }
    }

    /**
     * Every sample by itself, all of weight one; throws when there is none or one is not finite.
     */
    public static Distribution of(float... samples) {
        var sorted = new double[requireSome(samples.length)];
        for (int i = 0; i < samples.length; i++) {
            sorted[i] = requireFinite(samples[i]);
        }
        Arrays.sort(sorted);
        return ofSorted(sorted, ones(sorted.length), null);
    }

    /** Samples of given weights, which must not be negative and not all zero. */
    public static Distribution weighted(double[] samples, double[] weights) {
        requireSome(samples.length);
        if (samples.length != weights.length) {
            throw new IllegalArgumentException(
                    samples.length + " samples do not have " + weights.length + " weights");
        }
        Arrays.stream(samples).forEach(Distribution::requireFinite);
        return sorted(samples, weights, null);
    }

    private static Distribution sorted(double[] samples, double[] weights, double[] squares) {
        int[] order = MergeSort.ascending(samples);
        return ofSorted(
                Arrays.stream(order).mapToDouble(i -> samples[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> weights[i]).toArray(),
                squares == null
                        ? null
                        : Arrays.stream(order).mapToDouble(i -> squares[i]).toArray());
    }

    /**
     * Many samples summarised in equal intervals, each kept as its mean. Exact zeros stay apart, as
     * a rectified tensor has many, and so do negative from positive samples. First and second
     * moments stay those of the samples.
     */
    public static Distribution summarise(float[] samples, int intervals) {
        requireIntervals(intervals);
        if (requireSome(samples.length) <= intervals) {
            return of(samples);
        }
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float sample : samples) {
            requireFinite(sample);
            min = Math.min(min, sample);
            max = Math.max(max, sample);
        }
        double perUnit = max > min ? (intervals - 1) / ((double) max - min) : 0;
        // Interval layout: negative and zero-or-positive parts do not share one, and zero has its
        // own.
        var count = new double[intervals + 2];
        var sum = new double[intervals + 2];
        var squares = new double[intervals + 2];
        int zero = min > 0 ? -1 : (int) (-min * perUnit) + 1;
        for (float sample : samples) {
            int interval = (int) ((sample - (double) min) * perUnit);
            int slot =
                    min > 0 || sample < 0
                            ? interval
                            : sample == 0 ? zero : Math.max(interval + 2, zero + 1);
            count[Math.min(slot, intervals + 1)]++;
            sum[Math.min(slot, intervals + 1)] += sample;
            squares[Math.min(slot, intervals + 1)] += (double) sample * sample;
        }
        int[] used = IntStream.range(0, count.length).filter(i -> count[i] > 0).toArray();
        return ofSorted(
                Arrays.stream(used).mapToDouble(i -> sum[i] / count[i]).toArray(),
                Arrays.stream(used).mapToDouble(i -> count[i]).toArray(),
                Arrays.stream(used).mapToDouble(i -> squares[i]).toArray());
    }

    private static Distribution ofSorted(double[] values, double[] weights, double[] squares) {
        int n = values.length;
        for (double weight : weights) {
            if (!(weight >= 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException(
                        "a weight must be finite and not negative, was " + weight);
            }
        }
        var mass = running(n, i -> weights[i]);
        var first = running(n, i -> weights[i] * values[i]);
        var second =
                running(n, i -> squares == null ? weights[i] * values[i] * values[i] : squares[i]);
        if (!(mass[n] > 0)) {
            throw new IllegalArgumentException("the weights must not all be zero");
        }
        if (!Double.isFinite(second[n])) {
            throw new IllegalArgumentException(
                    "the squares of samples from %s to %s, weighted, exceed what a double holds"
                            .formatted(values[0], values[n - 1]));
        }
        return new Distribution(values, mass, first, second);
    }

    /** The sums of the first 0 to n terms, each as if rounded once (Neumaier, ZAMM 54, 1974). */
    private static double[] running(int n, IntToDoubleFunction term) {
        var sums = new double[n + 1];
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < n; i++) {
            double next = term.applyAsDouble(i);
            double total = sum + next;
            lost += Math.abs(sum) >= Math.abs(next) ? sum - total + next : next - total + sum;
            sum = total;
            sums[i + 1] = sum + lost;
        }
        return sums;
    }

    /** The number of distinct places samples are kept at. */
    public int size() {
        return values.length;
    }

    /** The value at an index, ascending. */
    public double value(int index) {
        return values[index];
    }

    /** The weight of the value at an index. */
    public double weight(int index) {
        return Math.max(0, mass[index + 1] - mass[index]);
    }

    /** The weight of the lowest so many values. */
    public double massBelow(int rank) {
        return mass[rank];
    }

    /** The sum of weight x value of the lowest so many values. */
    public double sumBelow(int rank) {
        return first[rank];
    }

    /** The sum of all weights. */
    public double mass() {
        return mass[values.length];
    }

    /** The lowest value; of summarised samples, the mean of the lowest interval. */
    public double min() {
        return values[0];
    }

    /** The highest value; of summarised samples, the mean of the highest interval. */
    public double max() {
        return values[values.length - 1];
    }

    /** The largest magnitude. */
    public double absMax() {
        return Math.max(Math.abs(min()), Math.abs(max()));
    }

    /** The mean of the samples. */
    public double mean() {
        return first[values.length] / mass();
    }

    /** The mean of the squares: what a squared error is to be compared with. */
    public double power() {
        return second[values.length] / mass();
    }

    /** The number of values below {@code x}. */
    public int rank(double x) {
        if (!(x > values[0])) {
            return 0;
        }
        if (x > values[values.length - 1]) {
            return values.length;
        }
        int cell = cellOf(x);
        int low = cells[cell];
        int high = cell + 1 < cells.length ? cells[cell + 1] : values.length;
        // One outlier may put all other samples into one cell.
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int cellOf(double x) {
        return (int) ((x - values[0]) * cellsPerUnit);
    }

    /** The smallest magnitude that a share {@code p} of the weight, 0 to 1, does not exceed. */
    public double magnitudeQuantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a share lies between 0 and 1, was " + p);
        }
        // Doubles of one sign are ordered as their bits are: bisecting these is exact at any range.
        long low = 0;
        long high = Double.doubleToLongBits(absMax());
        while (low < high) {
            long bits = (low + high) >>> 1;
            double middle = Double.longBitsToDouble(bits);
            double inside = mass[rank(Math.nextUp(middle))] - mass[rank(-middle)];
            if (inside < p * mass()) {
                low = bits + 1;
            } else {
                high = bits;
            }
        }
        return Double.longBitsToDouble(high);
    }

    /** These samples, each divided by {@code divisor}. */
    public Distribution dividedBy(double divisor) {
        if (!(divisor > 0 && Double.isFinite(divisor))) {
            throw new IllegalArgumentException(
                    "the divisor must be positive and finite, was " + divisor);
        }
        int n = values.length;
        return new Distribution(
                Arrays.stream(values).map(value -> value / divisor).toArray(),
                mass,
                Arrays.stream(first, 0, n + 1).map(sum -> sum / divisor).toArray(),
                Arrays.stream(second, 0, n + 1).map(sum -> sum / divisor / divisor).toArray());
    }

    /** The samples of several distributions together; moments are kept. */
    public static Distribution pooled(List<Distribution> parts) {
        var values = parts.stream().flatMapToDouble(part -> Arrays.stream(part.values)).toArray();
        var weights =
                parts.stream()
                        .flatMapToDouble(
                                part -> IntStream.range(0, part.size()).mapToDouble(part::weight))
                        .toArray();
        var squares =
                parts.stream()
                        .flatMapToDouble(
                                part ->
                                        IntStream.range(0, part.size())
                                                .mapToDouble(
                                                        i -> part.second[i + 1] - part.second[i]))
                        .toArray();
        requireSome(values.length);
        return sorted(values, weights, squares);
    }

    /** These samples in at most {@code intervals} equal intervals; moments are kept. */
    public Distribution coarse(int intervals) {
        requireIntervals(intervals);
        if (values.length <= intervals) {
            return this;
        }
        int[] ends =
                IntStream.rangeClosed(1, intervals)
                        .map(
                                k ->
                                        k == intervals
                                                ? values.length
                                                : rank(min() + (max() - min()) * k / intervals))
                        .toArray();
        var centre = new double[intervals];
        var weight = new double[intervals];
        var square = new double[intervals];
        int used = 0;
        int start = 0;
        for (int end : ends) {
            double m = mass[end] - mass[start];
            if (end > start && m > 0) {
                centre[used] = (first[end] - first[start]) / m;
                weight[used] = m;
                square[used++] = second[end] - second[start];
            }
            start = Math.max(start, end);
        }
        return ofSorted(
                Arrays.copyOf(centre, used),
                Arrays.copyOf(weight, used),
                Arrays.copyOf(square, used));
    }

    /**
     * The mean squared error when every sample goes to its nearest level.
     *
     * @param levels ascending integers; {@code value = scale x level}
     */
    public double squaredError(int[] levels, double scale) {
        return levels.length > MANY ? ofMany(levels, scale) : ofFew(levels, scale);
    }

    /**
     * Sample by sample. Samples that were summarised, and spread over more than the cell of a
     * level, count as if they lay evenly in cells.
     */
    private double ofMany(int[] levels, double scale) {
        double error = 0;
        for (int i = 0; i < values.length; i++) {
            double weight = mass[i + 1] - mass[i];
            double sum = first[i + 1] - first[i];
            double squares = second[i + 1] - second[i];
            int at = Grid.nearest(levels, values[i] / scale);
            double value = scale * levels[at];
            double cell =
                    at == 0 || at == levels.length - 1
                            ? Double.POSITIVE_INFINITY
                            : 0.5 * scale * ((double) levels[at + 1] - levels[at - 1]);
            double even = weight * cell * cell / 12; // the variance of a uniform distribution
            error +=
                    squares - values[i] * sum > even
                            ? even
                            : Math.max(0, squares - 2 * value * sum + value * value * weight);
        }
        return error / mass();
    }

    /** Level by level. */
    private double ofFew(int[] levels, double scale) {
        double cross = 0; // sum of level x value
        double energy = 0; // sum of level^2
        int start = 0;
        for (int i = 0; i < levels.length; i++) {
            int end =
                    i == levels.length - 1
                            ? values.length
                            : rank(0.5 * scale * ((double) levels[i] + levels[i + 1]));
            double level = levels[i];
            cross += level * (first[end] - first[start]);
            energy += level * level * (mass[end] - mass[start]);
            start = end;
        }
        double squares = second[values.length];
        return Math.max(0, (squares - 2 * scale * cross + scale * scale * energy) / mass());
    }

    /**
     * The scale of least mean squared error: the optimum over all scales, up to 1e-13 of the power,
     * which is what sums of doubles lose. It is the optimum for the places this distribution keeps;
     * samples that were summarised count at their mean.
     *
     * <p>Where no scale helps, as for negative samples and positive levels, the scale is so small
     * that the error exceeds the power by no more than rounding.
     *
     * @param levels ascending integers
     */
    public ScaleFit bestScale(int[] levels) {
        return bestScaleBelow(levels, Double.POSITIVE_INFINITY).orElseThrow();
    }

    /**
     * As {@link #bestScale}, but only if its error is below a limit, which takes less time to find
     * out than the best scale does.
     */
    public Optional<ScaleFit> bestScaleBelow(int[] levels, double limit) {
        return new ScaleSearch(this, levels)
                .below(limit)
                .or(
                        () ->
                                Optional.of(indifferent(levels))
                                        .filter(fit -> fit.squaredError() < limit));
    }

    /** For levels that no scale brings nearer to the samples than zero is. */
    private ScaleFit indifferent(int[] levels) {
        double top = Math.max(1, Math.max(Math.abs((double) levels[0]), levels[levels.length - 1]));
        double scale = absMax() == 0 ? Float.MIN_NORMAL : 1e-14 * absMax() / top;
        return new ScaleFit(scale, squaredError(levels, scale));
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static int requireSome(int samples) {
        if (samples == 0) {
            throw new IllegalArgumentException("a distribution needs at least one sample");
        }
        return samples;
    }

    private static void requireIntervals(int intervals) {
        if (intervals < 1) {
            throw new IllegalArgumentException("there is at least one interval, was " + intervals);
        }
    }

    private static double requireFinite(double sample) {
        if (!Double.isFinite(sample)) {
            throw new IllegalArgumentException("a sample must be finite, was " + sample);
        }
        return sample;
    }
}
