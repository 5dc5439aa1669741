package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
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
        /** Each weight in two parts, the sums of which are put together in 32 bits. */
        INT16_PARTS,
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
        if (!shorts(weights, least, most)) {
            return Optional.empty();
        }
        var narrow = narrowBlocks(weights, least, most);
        if (narrow.isPresent() && depth >= WORTHWHILE * (narrow.get().size() - 1)) {
            return Optional.of(new PairWeights(Form.INT16, narrow.get()));
        }
        var bounds = new SumBounds(weights, least, most);
        return bounds.blocks(depth, bounds::add, () -> bounds.stayWithin(FLOAT_LIMIT))
                .map(blocks -> new PairWeights(Form.FLOAT32, blocks));
    }

    /** Of weights that each multiply a channel of their own. */
    static Optional<PairWeights> each(int[][] weights, int least, int most) {
        if (!shorts(weights, least, most)) {
            return Optional.empty();
        }
        var form =
                oneBlock(weights, least, most)
                        ? Form.INT16
                        : Parts.of(weights, least, most).isPresent()
                                ? Form.INT16_PARTS
                                : Form.INT32;
        return Optional.of(new PairWeights(form, List.of(weights[0].length)));
    }

    private static boolean oneBlock(int[][] weights, int least, int most) {
        return narrowBlocks(weights, least, most).filter(blocks -> blocks.size() == 1).isPresent();
    }

    /** Weights as {@code (upper << shift) + lower}, so that the sums of either fit 16 bits. */
    record Parts(int[][] upper, int[][] lower, int shift) {

        /** Empty if no cut makes parts that are small enough. */
        static Optional<Parts> of(int[][] weights, int least, int most) {
            return IntStream.range(1, 15)
                    .mapToObj(shift -> cut(weights, shift))
                    .filter(
                            parts ->
                                    oneBlock(parts.upper, least, most)
                                            && oneBlock(parts.lower, least, most))
                    .findFirst();
        }

        private static Parts cut(int[][] weights, int shift) {
            int half = 1 << (shift - 1);
            return new Parts(
                    each(weights, weight -> (weight + half) >> shift),
                    each(weights, weight -> weight - ((weight + half) >> shift << shift)),
                    shift);
        }

        private static int[][] each(int[][] weights, IntUnaryOperator part) {
            return Arrays.stream(weights)
                    .map(channel -> Arrays.stream(channel).map(part).toArray())
                    .toArray(int[][]::new);
        }
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

    private static Optional<List<Integer>> narrowBlocks(int[][] weights, int least, int most) {
        var bounds = new SumBounds(weights, least, most);
        return bounds.blocks(weights[0].length, bounds::add, () -> bounds.fitShorts(1));
    }

    /** True if sums are of one block of 16 bits, and need not be kept wider. */
    boolean narrow() {
        return form == Form.INT16 && blocks.size() == 1;
    }

    /** What a report calls it. */
    String describe() {
        String name =
                switch (form) {
                    case INT16 -> "int16";
                    case INT16_PARTS -> "int16 in two parts";
                    case FLOAT32 -> "float32";
                    case INT32 -> "int32";
                };
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
            pairs[i] = PairLayout.pair(weights[i], weights[i]);
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
