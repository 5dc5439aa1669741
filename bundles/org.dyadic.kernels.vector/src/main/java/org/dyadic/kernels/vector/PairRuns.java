package org.dyadic.kernels.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.dyadic.kernels.PairKernels;

/**
 * Products of pairs where the codes that a pixel takes lie side by side, as in windows of one pixel
 * and in Winograd's tiles. Of such C2 checks the bounds once, before the loop; with them it takes a
 * quarter longer (measured).
 */
final class PairRuns {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    private PairRuns() {}

    /** The tiles here are for vectors of 512 bits, of which there are 32. */
    static boolean suit(int[] taps, int from, int to) {
        return LANES == PairKernels.ROUND && to > from && spaced(taps, from, to - from, 1);
    }

    /** Whether places are so far apart, each from the one before it. */
    static boolean spaced(int[] places, int first, int count, int step) {
        for (int i = 1; i < count; i++) {
            if (places[first + i] - places[first + i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    static void multiply(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
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
                PairProducts.two(
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
            PairProducts.two(
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
            if (spaced(pixels, first, count, LANES)) {
                for (; p + 16 <= count; p += 16) {
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
                }
            }
            PairProducts.one(
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

    // As in PairProducts: one loop a method, and no call but of vectors.

    /**
     * Of two panels.
     *
     * @param other where the weights of the second begin
     */
    private static void tile4x4(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            int[] weights,
            int w,
            int other,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        int p1 = pixels[p + 1] + offset;
        int p2 = pixels[p + 2] + offset;
        int p3 = pixels[p + 3] + offset;
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        var c0 = ShortVector.zero(SHORTS);
        var d0 = ShortVector.zero(SHORTS);
        var a1 = ShortVector.zero(SHORTS);
        var b1 = ShortVector.zero(SHORTS);
        var c1 = ShortVector.zero(SHORTS);
        var d1 = ShortVector.zero(SHORTS);
        var a2 = ShortVector.zero(SHORTS);
        var b2 = ShortVector.zero(SHORTS);
        var c2 = ShortVector.zero(SHORTS);
        var d2 = ShortVector.zero(SHORTS);
        var a3 = ShortVector.zero(SHORTS);
        var b3 = ShortVector.zero(SHORTS);
        var c3 = ShortVector.zero(SHORTS);
        var d3 = ShortVector.zero(SHORTS);
        for (int k = 0; k < depth; k++, w += PairKernels.PANEL, other += PairKernels.PANEL) {
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var w1 = IntVector.fromArray(INTS, weights, w + LANES).reinterpretAsShorts();
            var w2 = IntVector.fromArray(INTS, weights, other).reinterpretAsShorts();
            var w3 = IntVector.fromArray(INTS, weights, other + LANES).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + k]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            c0 = c0.add(x0.mul(w2));
            d0 = d0.add(x0.mul(w3));
            var x1 = IntVector.broadcast(INTS, codes[p1 + k]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            c1 = c1.add(x1.mul(w2));
            d1 = d1.add(x1.mul(w3));
            var x2 = IntVector.broadcast(INTS, codes[p2 + k]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            c2 = c2.add(x2.mul(w2));
            d2 = d2.add(x2.mul(w3));
            var x3 = IntVector.broadcast(INTS, codes[p3 + k]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
            c3 = c3.add(x3.mul(w2));
            d3 = d3.add(x3.mul(w3));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
        b0.reinterpretAsInts().intoArray(sums, at + LANES);
        c0.reinterpretAsInts().intoArray(sums, at + 2 * LANES);
        d0.reinterpretAsInts().intoArray(sums, at + 3 * LANES);
        a1.reinterpretAsInts().intoArray(sums, at + channels);
        b1.reinterpretAsInts().intoArray(sums, at + channels + LANES);
        c1.reinterpretAsInts().intoArray(sums, at + channels + 2 * LANES);
        d1.reinterpretAsInts().intoArray(sums, at + channels + 3 * LANES);
        a2.reinterpretAsInts().intoArray(sums, at + 2 * channels);
        b2.reinterpretAsInts().intoArray(sums, at + 2 * channels + LANES);
        c2.reinterpretAsInts().intoArray(sums, at + 2 * channels + 2 * LANES);
        d2.reinterpretAsInts().intoArray(sums, at + 2 * channels + 3 * LANES);
        a3.reinterpretAsInts().intoArray(sums, at + 3 * channels);
        b3.reinterpretAsInts().intoArray(sums, at + 3 * channels + LANES);
        c3.reinterpretAsInts().intoArray(sums, at + 3 * channels + 2 * LANES);
        d3.reinterpretAsInts().intoArray(sums, at + 3 * channels + 3 * LANES);
    }

    private static void tile8x2(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            int[] weights,
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
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        var a1 = ShortVector.zero(SHORTS);
        var b1 = ShortVector.zero(SHORTS);
        var a2 = ShortVector.zero(SHORTS);
        var b2 = ShortVector.zero(SHORTS);
        var a3 = ShortVector.zero(SHORTS);
        var b3 = ShortVector.zero(SHORTS);
        var a4 = ShortVector.zero(SHORTS);
        var b4 = ShortVector.zero(SHORTS);
        var a5 = ShortVector.zero(SHORTS);
        var b5 = ShortVector.zero(SHORTS);
        var a6 = ShortVector.zero(SHORTS);
        var b6 = ShortVector.zero(SHORTS);
        var a7 = ShortVector.zero(SHORTS);
        var b7 = ShortVector.zero(SHORTS);
        for (int k = 0; k < depth; k++, w += PairKernels.PANEL) {
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var w1 = IntVector.fromArray(INTS, weights, w + LANES).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + k]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            var x1 = IntVector.broadcast(INTS, codes[p1 + k]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            var x2 = IntVector.broadcast(INTS, codes[p2 + k]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            var x3 = IntVector.broadcast(INTS, codes[p3 + k]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
            var x4 = IntVector.broadcast(INTS, codes[p4 + k]).reinterpretAsShorts();
            a4 = a4.add(x4.mul(w0));
            b4 = b4.add(x4.mul(w1));
            var x5 = IntVector.broadcast(INTS, codes[p5 + k]).reinterpretAsShorts();
            a5 = a5.add(x5.mul(w0));
            b5 = b5.add(x5.mul(w1));
            var x6 = IntVector.broadcast(INTS, codes[p6 + k]).reinterpretAsShorts();
            a6 = a6.add(x6.mul(w0));
            b6 = b6.add(x6.mul(w1));
            var x7 = IntVector.broadcast(INTS, codes[p7 + k]).reinterpretAsShorts();
            a7 = a7.add(x7.mul(w0));
            b7 = b7.add(x7.mul(w1));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
        b0.reinterpretAsInts().intoArray(sums, at + LANES);
        a1.reinterpretAsInts().intoArray(sums, at + channels);
        b1.reinterpretAsInts().intoArray(sums, at + channels + LANES);
        a2.reinterpretAsInts().intoArray(sums, at + 2 * channels);
        b2.reinterpretAsInts().intoArray(sums, at + 2 * channels + LANES);
        a3.reinterpretAsInts().intoArray(sums, at + 3 * channels);
        b3.reinterpretAsInts().intoArray(sums, at + 3 * channels + LANES);
        a4.reinterpretAsInts().intoArray(sums, at + 4 * channels);
        b4.reinterpretAsInts().intoArray(sums, at + 4 * channels + LANES);
        a5.reinterpretAsInts().intoArray(sums, at + 5 * channels);
        b5.reinterpretAsInts().intoArray(sums, at + 5 * channels + LANES);
        a6.reinterpretAsInts().intoArray(sums, at + 6 * channels);
        b6.reinterpretAsInts().intoArray(sums, at + 6 * channels + LANES);
        a7.reinterpretAsInts().intoArray(sums, at + 7 * channels);
        b7.reinterpretAsInts().intoArray(sums, at + 7 * channels + LANES);
    }

    /** Of pixels side by side, which are so reached from one. */
    private static void tile16x1(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int depth,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = ShortVector.zero(SHORTS);
        var a1 = ShortVector.zero(SHORTS);
        var a2 = ShortVector.zero(SHORTS);
        var a3 = ShortVector.zero(SHORTS);
        var a4 = ShortVector.zero(SHORTS);
        var a5 = ShortVector.zero(SHORTS);
        var a6 = ShortVector.zero(SHORTS);
        var a7 = ShortVector.zero(SHORTS);
        var a8 = ShortVector.zero(SHORTS);
        var a9 = ShortVector.zero(SHORTS);
        var a10 = ShortVector.zero(SHORTS);
        var a11 = ShortVector.zero(SHORTS);
        var a12 = ShortVector.zero(SHORTS);
        var a13 = ShortVector.zero(SHORTS);
        var a14 = ShortVector.zero(SHORTS);
        var a15 = ShortVector.zero(SHORTS);
        for (int k = 0; k < depth; k++, w += PairKernels.ROUND) {
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + k]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            var x1 = IntVector.broadcast(INTS, codes[p0 + k + LANES]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            var x2 = IntVector.broadcast(INTS, codes[p0 + k + 2 * LANES]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            var x3 = IntVector.broadcast(INTS, codes[p0 + k + 3 * LANES]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            var x4 = IntVector.broadcast(INTS, codes[p0 + k + 4 * LANES]).reinterpretAsShorts();
            a4 = a4.add(x4.mul(w0));
            var x5 = IntVector.broadcast(INTS, codes[p0 + k + 5 * LANES]).reinterpretAsShorts();
            a5 = a5.add(x5.mul(w0));
            var x6 = IntVector.broadcast(INTS, codes[p0 + k + 6 * LANES]).reinterpretAsShorts();
            a6 = a6.add(x6.mul(w0));
            var x7 = IntVector.broadcast(INTS, codes[p0 + k + 7 * LANES]).reinterpretAsShorts();
            a7 = a7.add(x7.mul(w0));
            var x8 = IntVector.broadcast(INTS, codes[p0 + k + 8 * LANES]).reinterpretAsShorts();
            a8 = a8.add(x8.mul(w0));
            var x9 = IntVector.broadcast(INTS, codes[p0 + k + 9 * LANES]).reinterpretAsShorts();
            a9 = a9.add(x9.mul(w0));
            var x10 = IntVector.broadcast(INTS, codes[p0 + k + 10 * LANES]).reinterpretAsShorts();
            a10 = a10.add(x10.mul(w0));
            var x11 = IntVector.broadcast(INTS, codes[p0 + k + 11 * LANES]).reinterpretAsShorts();
            a11 = a11.add(x11.mul(w0));
            var x12 = IntVector.broadcast(INTS, codes[p0 + k + 12 * LANES]).reinterpretAsShorts();
            a12 = a12.add(x12.mul(w0));
            var x13 = IntVector.broadcast(INTS, codes[p0 + k + 13 * LANES]).reinterpretAsShorts();
            a13 = a13.add(x13.mul(w0));
            var x14 = IntVector.broadcast(INTS, codes[p0 + k + 14 * LANES]).reinterpretAsShorts();
            a14 = a14.add(x14.mul(w0));
            var x15 = IntVector.broadcast(INTS, codes[p0 + k + 15 * LANES]).reinterpretAsShorts();
            a15 = a15.add(x15.mul(w0));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
        a1.reinterpretAsInts().intoArray(sums, at + channels);
        a2.reinterpretAsInts().intoArray(sums, at + 2 * channels);
        a3.reinterpretAsInts().intoArray(sums, at + 3 * channels);
        a4.reinterpretAsInts().intoArray(sums, at + 4 * channels);
        a5.reinterpretAsInts().intoArray(sums, at + 5 * channels);
        a6.reinterpretAsInts().intoArray(sums, at + 6 * channels);
        a7.reinterpretAsInts().intoArray(sums, at + 7 * channels);
        a8.reinterpretAsInts().intoArray(sums, at + 8 * channels);
        a9.reinterpretAsInts().intoArray(sums, at + 9 * channels);
        a10.reinterpretAsInts().intoArray(sums, at + 10 * channels);
        a11.reinterpretAsInts().intoArray(sums, at + 11 * channels);
        a12.reinterpretAsInts().intoArray(sums, at + 12 * channels);
        a13.reinterpretAsInts().intoArray(sums, at + 13 * channels);
        a14.reinterpretAsInts().intoArray(sums, at + 14 * channels);
        a15.reinterpretAsInts().intoArray(sums, at + 15 * channels);
    }
}
