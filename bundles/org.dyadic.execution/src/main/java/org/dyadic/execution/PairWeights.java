package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dyadic.kernels.PairKernels;

/**
 * In which arithmetic the products of a layer are summed: the fastest in which the layer's own
 * weights prove every sum exact, whatever the image. The taps are cut into blocks whose sums fit;
 * 16 bits may wrap within a block, for what counts is where a sum ends.
 *
 * @param blocks where each block of taps ends
 */
record PairWeights(Form form, List<Integer> blocks) {

    enum Form {
        INT16,
        FLOAT32,
        INT32
    }

    /** With fewer taps to a block, single precision is faster than widening sums (measured). */
    private static final int WORTHWHILE = 24;

    /** What the kernels demand of sums in single precision. */
    private static final long FLOAT_LIMIT = 1 << 22;

    PairWeights {
        blocks = List.copyOf(blocks);
    }

    /**
     * @param weights {@code [channel][tap]}
     * @param least the least level an activation can have; {@code most} is the greatest
     */
    static Optional<PairWeights> of(int[][] weights, int least, int most) {
        int depth = weights[0].length;
        var narrow = blocks(weights, least, most, true);
        if (narrow.isPresent() && depth >= WORTHWHILE * (narrow.get().size() - 1)) {
            return Optional.of(new PairWeights(Form.INT16, narrow.get()));
        }
        return blocks(weights, least, most, false)
                .map(blocks -> new PairWeights(Form.FLOAT32, blocks));
    }

    /** Of weights that each multiply a channel of their own. */
    static Optional<PairWeights> each(int[][] weights, int least, int most) {
        if (!shorts(weights, least, most)) {
            return Optional.empty();
        }
        var narrow = blocks(weights, least, most, true);
        boolean fits = narrow.isPresent() && narrow.get().size() == 1;
        return Optional.of(
                new PairWeights(fits ? Form.INT16 : Form.INT32, List.of(weights[0].length)));
    }

    private static boolean shorts(int[][] weights, int least, int most) {
        for (int[] channel : weights) {
            for (int weight : channel) {
                if ((short) weight != weight) {
                    return false;
                }
            }
        }
        return (short) least == least && (short) most == most;
    }

    /** As long as can be, from the first tap on; empty if a single product does not fit. */
    private static Optional<List<Integer>> blocks(
            int[][] weights, int least, int most, boolean narrow) {
        if (!shorts(weights, least, most)) {
            return Optional.empty();
        }
        int depth = weights[0].length;
        var ends = new ArrayList<Integer>();
        var low = new long[weights.length];
        var high = new long[weights.length];
        int begin = 0;
        for (int tap = 0; tap < depth; tap++) {
            if (!fits(weights, tap, least, most, narrow, low, high)) {
                if (tap == begin) {
                    return Optional.empty();
                }
                ends.add(tap);
                begin = tap;
                Arrays.fill(low, 0);
                Arrays.fill(high, 0);
                if (!fits(weights, tap, least, most, narrow, low, high)) {
                    return Optional.empty();
                }
            }
        }
        ends.add(depth);
        return Optional.of(ends);
    }

    /** Whether the sums still fit with one tap more, which is added to them. */
    private static boolean fits(
            int[][] weights,
            int tap,
            int least,
            int most,
            boolean narrow,
            long[] low,
            long[] high) {
        boolean fits = true;
        for (int channel = 0; channel < weights.length; channel++) {
            long a = (long) weights[channel][tap] * least;
            long b = (long) weights[channel][tap] * most;
            if (narrow) {
                low[channel] += Math.min(a, b);
                high[channel] += Math.max(a, b);
                fits &= low[channel] >= Short.MIN_VALUE && high[channel] <= Short.MAX_VALUE;
            } else {
                high[channel] += Math.max(Math.abs(a), Math.abs(b));
                fits &= high[channel] <= FLOAT_LIMIT;
            }
        }
        return fits;
    }

    /** What a report calls it. */
    String describe() {
        String name = form == Form.INT16 ? "int16" : form == Form.FLOAT32 ? "float32" : "int32";
        if (blocks.size() == 1) {
            return name;
        }
        return name + " in blocks of " + blocks.get(blocks.size() - 1) / blocks.size();
    }

    /** Weights as the kernels take them: panel by panel, in each tap by tap. */
    static int[] panels(int[][] weights) {
        int channels = PairKernels.rounded(weights.length);
        int depth = weights[0].length;
        var panels = new int[channels * depth];
        for (int channel = 0; channel < weights.length; channel++) {
            int begin = channel / PairKernels.PANEL * PairKernels.PANEL;
            int width = PairKernels.panel(begin, channels);
            for (int tap = 0; tap < depth; tap++) {
                panels[begin * depth + tap * width + channel - begin] = weights[channel][tap];
            }
        }
        return panels;
    }

    /** Each in both halves. */
    static int[] pairs(int[] weights) {
        var pairs = new int[weights.length];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (weights[i] & 0xffff) | (weights[i] << 16);
        }
        return pairs;
    }

    static float[] floats(int[] weights) {
        var floats = new float[weights.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = weights[i];
        }
        return floats;
    }
}
