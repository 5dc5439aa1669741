package org.dyadic.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.dyadic.kernels.PairKernels;

/**
 * Products in single precision of codes that lie side by side, as those of each row of a window do:
 * as {@link PairRuns}, run by run.
 */
final class FloatRuns {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    private FloatRuns() {}

    /** Where all runs are so long, it pays to add up each on its own. */
    private static final int WORTHWHILE = 16;

    static boolean suit(int[] taps, int from, int to) {
        if (LANES != PairKernels.ROUND) {
            return false;
        }
        int end;
        for (int begin = from; begin < to; begin = end) {
            end = end(taps, begin, to);
            if (end - begin < WORTHWHILE) {
                return false;
            }
        }
        return true;
    }

    /** The first tap that no longer lies beside the one before it. */
    private static int end(int[] taps, int begin, int to) {
        int end = begin + 1;
        while (end < to && taps[end] == taps[end - 1] + 1) {
            end++;
        }
        return end;
    }

    static void multiply(
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int channels,
            int[] sums,
            int begin) {
        int end;
        for (int run = from; run < to; run = end) {
            end = end(taps, run, to);
            multiplyRun(
                    codes, offset, pixels, first, count, taps, run, end, weights, channels, sums,
                    begin);
        }
    }

    private static void multiplyRun(
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int channels,
            int[] sums,
            int begin) {
        int start = offset + taps[from];
        int depth = to - from;
        int panel = PairKernels.PANEL * taps.length;
        int c = 0;
        int w = from * PairKernels.PANEL;
        for (; c + 2 * PairKernels.PANEL <= channels; c += 2 * PairKernels.PANEL, w += 2 * panel) {
            int p = 0;
            for (; p + 4 <= count; p += 4) {
                tile4x4(
                        codes,
                        start,
                        pixels,
                        first + p,
                        depth,
                        weights,
                        w,
                        w + panel,
                        sums,
                        begin + c + p * channels,
                        channels);
            }
            for (int half = 0; half < 2 && p < count; half++) {
                FloatProducts.two(
                        codes,
                        offset,
                        pixels,
                        first + p,
                        count - p,
                        taps,
                        from,
                        to,
                        weights,
                        w + half * panel,
                        sums,
                        begin + c + half * PairKernels.PANEL + p * channels,
                        channels);
            }
        }
        if (c + PairKernels.PANEL <= channels) {
            int p = 0;
            for (; p + 8 <= count; p += 8) {
                tile8x2(
                        codes,
                        start,
                        pixels,
                        first + p,
                        depth,
                        weights,
                        w,
                        sums,
                        begin + c + p * channels,
                        channels);
            }
            FloatProducts.two(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    count - p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    begin + c + p * channels,
                    channels);
            c += PairKernels.PANEL;
        }
        if (c < channels) {
            int p = 0;
            w = c * taps.length + from * PairKernels.ROUND;
            for (; p + 16 <= count; p += 16) {
                if (PairRuns.spaced(pixels, first + p, 16, LANES)) {
                    tile16x1(
                            codes,
                            start,
                            pixels,
                            first + p,
                            depth,
                            weights,
                            w,
                            sums,
                            begin + c + p * channels,
                            channels);
                } else {
                    FloatProducts.one(
                            codes,
                            offset,
                            pixels,
                            first + p,
                            16,
                            taps,
                            from,
                            to,
                            weights,
                            w,
                            sums,
                            begin + c + p * channels,
                            channels);
                }
            }
            FloatProducts.one(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    count - p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    begin + c + p * channels,
                    channels);
        }
    }

    // As in FloatProducts: one loop a method, and no call but of vectors.

    /**
     * Of two panels.
     *
     * @param other where the weights of the second begin
     */
    private static void tile4x4(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            float[] weights,
            int w,
            int other,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        int p1 = pixels[p + 1] + offset;
        int p2 = pixels[p + 2] + offset;
        int p3 = pixels[p + 3] + offset;
        var a0 = FloatVector.zero(FLOATS);
        var b0 = FloatVector.zero(FLOATS);
        var c0 = FloatVector.zero(FLOATS);
        var d0 = FloatVector.zero(FLOATS);
        var a1 = FloatVector.zero(FLOATS);
        var b1 = FloatVector.zero(FLOATS);
        var c1 = FloatVector.zero(FLOATS);
        var d1 = FloatVector.zero(FLOATS);
        var a2 = FloatVector.zero(FLOATS);
        var b2 = FloatVector.zero(FLOATS);
        var c2 = FloatVector.zero(FLOATS);
        var d2 = FloatVector.zero(FLOATS);
        var a3 = FloatVector.zero(FLOATS);
        var b3 = FloatVector.zero(FLOATS);
        var c3 = FloatVector.zero(FLOATS);
        var d3 = FloatVector.zero(FLOATS);
        for (int k = 0; k < depth; k++, w += PairKernels.PANEL, other += PairKernels.PANEL) {
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            var w2 = FloatVector.fromArray(FLOATS, weights, other);
            var w3 = FloatVector.fromArray(FLOATS, weights, other + LANES);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + k]);
            a0 = x0.fma(w0, a0);
            b0 = x0.fma(w1, b0);
            c0 = x0.fma(w2, c0);
            d0 = x0.fma(w3, d0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p1 + k]);
            a1 = x1.fma(w0, a1);
            b1 = x1.fma(w1, b1);
            c1 = x1.fma(w2, c1);
            d1 = x1.fma(w3, d1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p2 + k]);
            a2 = x2.fma(w0, a2);
            b2 = x2.fma(w1, b2);
            c2 = x2.fma(w2, c2);
            d2 = x2.fma(w3, d2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p3 + k]);
            a3 = x3.fma(w0, a3);
            b3 = x3.fma(w1, b3);
            c3 = x3.fma(w2, c3);
            d3 = x3.fma(w3, d3);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
                .add(b0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * LANES)
                .add(c0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + 3 * LANES)
                .add(d0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * LANES);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + channels + LANES)
                .add(b1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels + LANES);
        IntVector.fromArray(INTS, sums, at + channels + 2 * LANES)
                .add(c1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + channels + 3 * LANES)
                .add(d1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels + 3 * LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels + LANES)
                .add(b2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels + 2 * LANES)
                .add(c2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels + 3 * LANES)
                .add(d2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + 3 * LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels + LANES)
                .add(b3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels + 2 * LANES)
                .add(c3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + 2 * LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels + 3 * LANES)
                .add(d3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + 3 * LANES);
    }

    private static void tile8x2(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            float[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        int p1 = pixels[p + 1] + offset;
        int p2 = pixels[p + 2] + offset;
        int p3 = pixels[p + 3] + offset;
        int p4 = pixels[p + 4] + offset;
        int p5 = pixels[p + 5] + offset;
        int p6 = pixels[p + 6] + offset;
        int p7 = pixels[p + 7] + offset;
        var a0 = FloatVector.zero(FLOATS);
        var b0 = FloatVector.zero(FLOATS);
        var a1 = FloatVector.zero(FLOATS);
        var b1 = FloatVector.zero(FLOATS);
        var a2 = FloatVector.zero(FLOATS);
        var b2 = FloatVector.zero(FLOATS);
        var a3 = FloatVector.zero(FLOATS);
        var b3 = FloatVector.zero(FLOATS);
        var a4 = FloatVector.zero(FLOATS);
        var b4 = FloatVector.zero(FLOATS);
        var a5 = FloatVector.zero(FLOATS);
        var b5 = FloatVector.zero(FLOATS);
        var a6 = FloatVector.zero(FLOATS);
        var b6 = FloatVector.zero(FLOATS);
        var a7 = FloatVector.zero(FLOATS);
        var b7 = FloatVector.zero(FLOATS);
        for (int k = 0; k < depth; k++, w += PairKernels.PANEL) {
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + k]);
            a0 = x0.fma(w0, a0);
            b0 = x0.fma(w1, b0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p1 + k]);
            a1 = x1.fma(w0, a1);
            b1 = x1.fma(w1, b1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p2 + k]);
            a2 = x2.fma(w0, a2);
            b2 = x2.fma(w1, b2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p3 + k]);
            a3 = x3.fma(w0, a3);
            b3 = x3.fma(w1, b3);
            var x4 = FloatVector.broadcast(FLOATS, codes[p4 + k]);
            a4 = x4.fma(w0, a4);
            b4 = x4.fma(w1, b4);
            var x5 = FloatVector.broadcast(FLOATS, codes[p5 + k]);
            a5 = x5.fma(w0, a5);
            b5 = x5.fma(w1, b5);
            var x6 = FloatVector.broadcast(FLOATS, codes[p6 + k]);
            a6 = x6.fma(w0, a6);
            b6 = x6.fma(w1, b6);
            var x7 = FloatVector.broadcast(FLOATS, codes[p7 + k]);
            a7 = x7.fma(w0, a7);
            b7 = x7.fma(w1, b7);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
                .add(b0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + channels + LANES)
                .add(b1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels + LANES)
                .add(b2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels + LANES)
                .add(b3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 4 * channels)
                .add(a4.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 4 * channels);
        IntVector.fromArray(INTS, sums, at + 4 * channels + LANES)
                .add(b4.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 4 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 5 * channels)
                .add(a5.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 5 * channels);
        IntVector.fromArray(INTS, sums, at + 5 * channels + LANES)
                .add(b5.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 5 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 6 * channels)
                .add(a6.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 6 * channels);
        IntVector.fromArray(INTS, sums, at + 6 * channels + LANES)
                .add(b6.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 6 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 7 * channels)
                .add(a7.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 7 * channels);
        IntVector.fromArray(INTS, sums, at + 7 * channels + LANES)
                .add(b7.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 7 * channels + LANES);
    }

    /** Of pixels side by side, which are so reached from one. */
    private static void tile16x1(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            float[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = FloatVector.zero(FLOATS);
        var a1 = FloatVector.zero(FLOATS);
        var a2 = FloatVector.zero(FLOATS);
        var a3 = FloatVector.zero(FLOATS);
        var a4 = FloatVector.zero(FLOATS);
        var a5 = FloatVector.zero(FLOATS);
        var a6 = FloatVector.zero(FLOATS);
        var a7 = FloatVector.zero(FLOATS);
        var a8 = FloatVector.zero(FLOATS);
        var a9 = FloatVector.zero(FLOATS);
        var a10 = FloatVector.zero(FLOATS);
        var a11 = FloatVector.zero(FLOATS);
        var a12 = FloatVector.zero(FLOATS);
        var a13 = FloatVector.zero(FLOATS);
        var a14 = FloatVector.zero(FLOATS);
        var a15 = FloatVector.zero(FLOATS);
        for (int k = 0; k < depth; k++, w += PairKernels.ROUND) {
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + k]);
            a0 = x0.fma(w0, a0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p0 + k + LANES]);
            a1 = x1.fma(w0, a1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p0 + k + 2 * LANES]);
            a2 = x2.fma(w0, a2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p0 + k + 3 * LANES]);
            a3 = x3.fma(w0, a3);
            var x4 = FloatVector.broadcast(FLOATS, codes[p0 + k + 4 * LANES]);
            a4 = x4.fma(w0, a4);
            var x5 = FloatVector.broadcast(FLOATS, codes[p0 + k + 5 * LANES]);
            a5 = x5.fma(w0, a5);
            var x6 = FloatVector.broadcast(FLOATS, codes[p0 + k + 6 * LANES]);
            a6 = x6.fma(w0, a6);
            var x7 = FloatVector.broadcast(FLOATS, codes[p0 + k + 7 * LANES]);
            a7 = x7.fma(w0, a7);
            var x8 = FloatVector.broadcast(FLOATS, codes[p0 + k + 8 * LANES]);
            a8 = x8.fma(w0, a8);
            var x9 = FloatVector.broadcast(FLOATS, codes[p0 + k + 9 * LANES]);
            a9 = x9.fma(w0, a9);
            var x10 = FloatVector.broadcast(FLOATS, codes[p0 + k + 10 * LANES]);
            a10 = x10.fma(w0, a10);
            var x11 = FloatVector.broadcast(FLOATS, codes[p0 + k + 11 * LANES]);
            a11 = x11.fma(w0, a11);
            var x12 = FloatVector.broadcast(FLOATS, codes[p0 + k + 12 * LANES]);
            a12 = x12.fma(w0, a12);
            var x13 = FloatVector.broadcast(FLOATS, codes[p0 + k + 13 * LANES]);
            a13 = x13.fma(w0, a13);
            var x14 = FloatVector.broadcast(FLOATS, codes[p0 + k + 14 * LANES]);
            a14 = x14.fma(w0, a14);
            var x15 = FloatVector.broadcast(FLOATS, codes[p0 + k + 15 * LANES]);
            a15 = x15.fma(w0, a15);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 4 * channels)
                .add(a4.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 4 * channels);
        IntVector.fromArray(INTS, sums, at + 5 * channels)
                .add(a5.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 5 * channels);
        IntVector.fromArray(INTS, sums, at + 6 * channels)
                .add(a6.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 6 * channels);
        IntVector.fromArray(INTS, sums, at + 7 * channels)
                .add(a7.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 7 * channels);
        IntVector.fromArray(INTS, sums, at + 8 * channels)
                .add(a8.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 8 * channels);
        IntVector.fromArray(INTS, sums, at + 9 * channels)
                .add(a9.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 9 * channels);
        IntVector.fromArray(INTS, sums, at + 10 * channels)
                .add(a10.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 10 * channels);
        IntVector.fromArray(INTS, sums, at + 11 * channels)
                .add(a11.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 11 * channels);
        IntVector.fromArray(INTS, sums, at + 12 * channels)
                .add(a12.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 12 * channels);
        IntVector.fromArray(INTS, sums, at + 13 * channels)
                .add(a13.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 13 * channels);
        IntVector.fromArray(INTS, sums, at + 14 * channels)
                .add(a14.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 14 * channels);
        IntVector.fromArray(INTS, sums, at + 15 * channels)
                .add(a15.add(FloatProducts.MAGIC).reinterpretAsInts().sub(FloatProducts.MAGIC_BITS))
                .intoArray(sums, at + 15 * channels);
    }
}
