package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import org.dyadic.kernels.PairKernels;

/** How the sums of a layer are formed from its codes. Thread-safe. */
interface PairSums {

    /**
     * Forms the sums of some pixels, counted through all pairs: in pairs, in {@code
     * scratch.sums()}, or, if they are wide, image by image in {@code scratch.low()} and {@code
     * scratch.high()}.
     *
     * @param alone true if both halves of the codes are of one image
     */
    void form(Object codes, int pairs, int first, int count, boolean alone, Scratch scratch);

    /** The least pixels that can be worked on at once. */
    default int least() {
        return 1;
    }

    /**
     * How many pixels to work on at once.
     *
     * @param most as many as there is room for
     */
    default int chunk(int first, int total, int most) {
        return Math.min(most, total - first);
    }

    /**
     * Where windows lie.
     *
     * @param pixels where each pixel's window begins, of the most pairs there can be
     * @param taps what lies between the beginning and each of its elements
     * @param channels of the result, rounded
     */
    record Windows(int[] pixels, int[] taps, int channels) {}

    /** Products of 16 bits, in one block of taps or in several with their sums widened between. */
    final class Shorts implements PairSums {
        private final PairKernels kernels;
        private final int[] pixels;
        private final PairMatrix matrix;
        private final List<Integer> blocks;
        private final boolean wide;

        /**
         * @param pixels where each pixel's window begins
         */
        Shorts(
                PairKernels kernels,
                int[] pixels,
                PairMatrix matrix,
                List<Integer> blocks,
                boolean wide) {
            this.kernels = kernels;
            this.pixels = pixels;
            this.matrix = matrix;
            this.blocks = blocks;
            this.wide = wide;
        }

        @Override
        public void form(
                Object codes, int pairs, int first, int count, boolean alone, Scratch scratch) {
            int length = count * matrix.channels();
            if (wide) {
                Arrays.fill(scratch.low(), 0, length, 0);
                Arrays.fill(scratch.high(), 0, length, 0);
            }
            int from = 0;
            for (int to : blocks) {
                matrix.multiply(
                        (int[]) codes,
                        0,
                        pixels,
                        first,
                        count,
                        from,
                        to,
                        alone,
                        scratch.sums(),
                        0,
                        scratch.arena());
                if (wide) {
                    kernels.widen(scratch.sums(), length, scratch.low(), scratch.high());
                }
                from = to;
            }
        }
    }

    /** Products in single precision, exact in each block of taps; the sums are wide. */
    final class Floats implements PairSums {

        /** Pixels of which twice as many still have room: half of {@link Scratch#TILE}. */
        private static final int FEW = Scratch.TILE / 2;

        private final PairKernels kernels;
        private final Windows windows;
        private final float[] weights;
        private final List<Integer> blocks;
        private final int plane;

        /**
         * @param plane the codes of an image
         */
        Floats(
                PairKernels kernels,
                Windows windows,
                int[] panels,
                List<Integer> blocks,
                int plane) {
            this.kernels = kernels;
            this.windows = windows;
            this.weights = PairWeights.floats(panels);
            this.blocks = blocks;
            this.plane = plane;
        }

        @Override
        public void form(
                Object codes, int pairs, int first, int count, boolean alone, Scratch scratch) {
            int length = count * windows.channels();
            if (alone) {
                form((float[]) codes, 0, windows.pixels(), first, count, scratch.low());
                System.arraycopy(scratch.low(), 0, scratch.high(), 0, length);
                return;
            }
            if (count <= FEW) {
                // Both images at once, so that many weights are read once.
                int[] pixels = new int[2 * count];
                for (int p = 0; p < count; p++) {
                    pixels[p] = windows.pixels()[first + p];
                    pixels[count + p] = pixels[p] + pairs * plane;
                }
                form((float[]) codes, 0, pixels, 0, 2 * count, scratch.sums());
                System.arraycopy(scratch.sums(), 0, scratch.low(), 0, length);
                System.arraycopy(scratch.sums(), length, scratch.high(), 0, length);
                return;
            }
            int[] pixels = windows.pixels();
            form((float[]) codes, 0, pixels, first, count, scratch.low());
            form((float[]) codes, pairs * plane, pixels, first, count, scratch.high());
        }

        private void form(
                float[] codes, int offset, int[] pixels, int first, int count, int[] sums) {
            Arrays.fill(sums, 0, count * windows.channels(), 0);
            int from = 0;
            for (int to : blocks) {
                kernels.multiply(
                        codes,
                        offset,
                        pixels,
                        first,
                        count,
                        windows.taps(),
                        from,
                        to,
                        weights,
                        windows.channels(),
                        sums,
                        0);
                from = to;
            }
        }
    }

    /** Products of each channel with weights of its own. */
    final class Each implements PairSums {
        private final PairKernels kernels;
        private final Windows windows;
        private final int[] weights;
        private final boolean wide;

        /**
         * @param weights {@code [tap][channel]}
         */
        Each(PairKernels kernels, Windows windows, int[] weights, boolean wide) {
            this.kernels = kernels;
            this.windows = windows;
            this.weights = PairWeights.pairs(weights);
            this.wide = wide;
        }

        @Override
        public void form(
                Object codes, int pairs, int first, int count, boolean alone, Scratch scratch) {
            if (wide) {
                kernels.multiplyEach(
                        (int[]) codes,
                        windows.pixels(),
                        first,
                        count,
                        windows.taps(),
                        weights,
                        windows.channels(),
                        scratch.low(),
                        scratch.high());
            } else {
                kernels.multiplyEach(
                        (int[]) codes,
                        windows.pixels(),
                        first,
                        count,
                        windows.taps(),
                        weights,
                        windows.channels(),
                        scratch.sums());
            }
        }
    }

    /** Products of each channel with weights of its own, in two parts; the sums are wide. */
    final class EachInParts implements PairSums {
        private final PairKernels kernels;
        private final Windows windows;
        private final int[] upper;
        private final int[] lower;
        private final int shift;

        /**
         * @param upper {@code [tap][channel]}, as {@code lower}
         */
        EachInParts(PairKernels kernels, Windows windows, int[] upper, int[] lower, int shift) {
            this.kernels = kernels;
            this.windows = windows;
            this.upper = PairWeights.pairs(upper);
            this.lower = PairWeights.pairs(lower);
            this.shift = shift;
        }

        @Override
        public void form(
                Object codes, int pairs, int first, int count, boolean alone, Scratch scratch) {
            kernels.multiplyEach(
                    (int[]) codes,
                    windows.pixels(),
                    first,
                    count,
                    windows.taps(),
                    upper,
                    lower,
                    shift,
                    windows.channels(),
                    scratch.low(),
                    scratch.high());
        }
    }
}
