package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** What the sums of each output channel can come to, whatever the image, as taps are added. */
final class SumBounds {

    private final int[][] weights; // [channel][tap]
    private final int least;
    private final int most;
    private final long[] low;
    private final long[] high;
    private final long[] reach; // what no sum of some of the taps exceeds in magnitude

    /**
     * @param least the least level an activation can have; {@code most} is the greatest
     */
    SumBounds(int[][] weights, int least, int most) {
        this.weights = weights;
        this.least = least;
        this.most = most;
        this.low = new long[weights.length];
        this.high = new long[weights.length];
        this.reach = new long[weights.length];
    }

    void add(int tap) {
        for (int channel = 0; channel < weights.length; channel++) {
            long a = (long) weights[channel][tap] * least;
            long b = (long) weights[channel][tap] * most;
            low[channel] += Math.min(a, b);
            high[channel] += Math.max(a, b);
            reach[channel] += Math.max(Math.abs(a), Math.abs(b));
        }
    }

    /** True if every sum, times a factor, fits 16 bits. */
    boolean fitShorts(int factor) {
        for (int channel = 0; channel < weights.length; channel++) {
            if (factor * low[channel] < Short.MIN_VALUE
                    || factor * high[channel] > Short.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    /** True if no sum, finished or not, exceeds a limit in magnitude. */
    boolean stayWithin(long limit) {
        return Arrays.stream(reach).allMatch(sum -> sum <= limit);
    }

    /**
     * Cuts parts of the sums, in their order, into blocks as long as can be, and tells where each
     * ends; empty if a part alone does not fit.
     *
     * @param add adds a part to these bounds
     */
    Optional<List<Integer>> blocks(int parts, IntConsumer add, BooleanSupplier fits) {
        var ends = new ArrayList<Integer>();
        int begin = 0;
        for (int part = 0; part < parts; part++) {
            add.accept(part);
            if (fits.getAsBoolean()) {
                continue;
            }
            if (part == begin) {
                return Optional.empty();
            }
            ends.add(part);
            begin = part--; // which begins the next block, and may not fit even that
            Arrays.fill(low, 0);
            Arrays.fill(high, 0);
            Arrays.fill(reach, 0);
        }
        ends.add(parts);
        return Optional.of(ends);
    }
}
