package org.dyadic.execution;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dyadic.kernels.PairKernels;

/**
 * Weights by which codes are multiplied in 16 bits. An image that is alone stands in both halves of
 * its codes; there the weights of two channels take the place of two images, so that none is
 * computed twice.
 */
final class PairMatrix {

    private final PairKernels kernels;
    private final int[] taps;
    private final int channels;
    private final int[] weights;
    private final int[] halves; // of two channels each; null if there are too few channels

    /**
     * @param taps where the codes lie that the weights of a channel multiply
     * @param weights {@code [channel][tap]}
     */
    PairMatrix(PairKernels kernels, int[] taps, int[][] weights) {
        this.kernels = kernels;
        this.taps = taps;
        this.channels = PairKernels.rounded(weights.length);
        this.weights = PairWeights.pairs(PairWeights.panels(weights));
        this.halves = channels % (2 * PairKernels.ROUND) == 0 ? halves(weights) : null;
    }

    private int[] halves(int[][] weights) {
        int half = channels / 2;
        int[] low = PairWeights.panels(Arrays.copyOf(weights, half));
        var upper = new int[half][weights[0].length];
        System.arraycopy(weights, half, upper, 0, weights.length - half);
        int[] high = PairWeights.panels(upper);
        return IntStream.range(0, low.length).map(i -> PairLayout.pair(low[i], high[i])).toArray();
    }

    /** Of the result, rounded. */
    int channels() {
        return channels;
    }

    /**
     * Sums of the products of the taps between {@code from} and {@code to}.
     *
     * @param alone true if both halves of the codes are the same
     */
    void multiply(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int from,
            int to,
            boolean alone,
            int[] sums,
            int begin,
            Arena arena) {
        if (!alone || halves == null) {
            kernels.multiply(
                    codes, offset, pixels, first, count, taps, from, to, weights, channels, sums,
                    begin);
            return;
        }
        int[] both = arena.ints(count * channels / 2);
        kernels.multiply(
                codes, offset, pixels, first, count, taps, from, to, halves, channels / 2, both, 0);
        kernels.spread(both, count, channels, sums, begin);
        arena.release(both);
    }
}
