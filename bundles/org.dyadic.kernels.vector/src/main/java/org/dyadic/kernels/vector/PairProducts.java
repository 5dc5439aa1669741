package org.dyadic.kernels.vector;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.dyadic.kernels.PairKernels;

/**
 * Products of pairs in 16-bit lanes: a code in both its halves times a weight in both its halves,
 * for tiles of pixels by vectors of channels.
 */
final class PairProducts {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    /** Where vectors have 256 bits there are but 16 registers, too few for eight pixels. */
    private static final boolean EIGHT = INTS.vectorBitSize() != 256;

    private PairProducts() {}

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
        if (PairRuns.suit(taps, from, to)) {
            PairRuns.multiply(
                    codes, offset, pixels, first, count, taps, from, to, weights, channels, sums,
                    begin);
            return;
        }
        for (int c = 0; c < channels; c += PairKernels.PANEL) {
            int width = PairKernels.panel(c, channels);
            int start = c * taps.length + from * width;
            // A step from tap to tap that is a constant lets C2 check the bounds before the loop.
            if (width == PairKernels.PANEL) {
                for (int v = 0; v < width; v += 2 * LANES) {
                    two(
                            codes,
                            offset,
                            pixels,
                            first,
                            count,
                            taps,
                            from,
                            to,
                            weights,
                            start + v,
                            sums,
                            begin + c + v,
                            channels);
                }
            } else {
                for (int v = 0; v < width; v += LANES) {
                    one(
                            codes,
                            offset,
                            pixels,
                            first,
                            count,
                            taps,
                            from,
                            to,
                            weights,
                            start + v,
                            sums,
                            begin + c + v,
                            channels);
                }
            }
        }
    }

    /** Two vectors of channels. */
    static void two(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p = 0;
        if (EIGHT) {
            for (; p + 8 <= count; p += 8) {
                tile8x2(
                        codes,
                        offset,
                        pixels,
                        first + p,
                        taps,
                        from,
                        to,
                        weights,
                        w,
                        sums,
                        at + p * channels,
                        channels);
            }
        }
        for (; p + 4 <= count; p += 4) {
            tile4x2(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    at + p * channels,
                    channels);
        }
        for (; p < count; p++) {
            tile1x2(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    at + p * channels,
                    channels);
        }
    }

    /** One vector of channels. */
    static void one(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p = 0;
        for (; p + 16 <= count; p += 16) {
            tile16x1(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    at + p * channels,
                    channels);
        }
        for (; p < count; p++) {
            tile1x1(
                    codes,
                    offset,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    sums,
                    at + p * channels,
                    channels);
        }
    }

    // One loop a method, its sums in local variables, and no call but of vectors: so that C2 keeps
    // all of them in registers. A small method of our own, called for each pixel, costs that.

    private static void tile8x2(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
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
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var w1 = IntVector.fromArray(INTS, weights, w + LANES).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + tap]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            var x1 = IntVector.broadcast(INTS, codes[p1 + tap]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            var x2 = IntVector.broadcast(INTS, codes[p2 + tap]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            var x3 = IntVector.broadcast(INTS, codes[p3 + tap]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
            var x4 = IntVector.broadcast(INTS, codes[p4 + tap]).reinterpretAsShorts();
            a4 = a4.add(x4.mul(w0));
            b4 = b4.add(x4.mul(w1));
            var x5 = IntVector.broadcast(INTS, codes[p5 + tap]).reinterpretAsShorts();
            a5 = a5.add(x5.mul(w0));
            b5 = b5.add(x5.mul(w1));
            var x6 = IntVector.broadcast(INTS, codes[p6 + tap]).reinterpretAsShorts();
            a6 = a6.add(x6.mul(w0));
            b6 = b6.add(x6.mul(w1));
            var x7 = IntVector.broadcast(INTS, codes[p7 + tap]).reinterpretAsShorts();
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

    private static void tile4x2(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        int p1 = pixels[p + 1] + offset;
        int p2 = pixels[p + 2] + offset;
        int p3 = pixels[p + 3] + offset;
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        var a1 = ShortVector.zero(SHORTS);
        var b1 = ShortVector.zero(SHORTS);
        var a2 = ShortVector.zero(SHORTS);
        var b2 = ShortVector.zero(SHORTS);
        var a3 = ShortVector.zero(SHORTS);
        var b3 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var w1 = IntVector.fromArray(INTS, weights, w + LANES).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + tap]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            var x1 = IntVector.broadcast(INTS, codes[p1 + tap]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            var x2 = IntVector.broadcast(INTS, codes[p2 + tap]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            var x3 = IntVector.broadcast(INTS, codes[p3 + tap]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
        b0.reinterpretAsInts().intoArray(sums, at + LANES);
        a1.reinterpretAsInts().intoArray(sums, at + channels);
        b1.reinterpretAsInts().intoArray(sums, at + channels + LANES);
        a2.reinterpretAsInts().intoArray(sums, at + 2 * channels);
        b2.reinterpretAsInts().intoArray(sums, at + 2 * channels + LANES);
        a3.reinterpretAsInts().intoArray(sums, at + 3 * channels);
        b3.reinterpretAsInts().intoArray(sums, at + 3 * channels + LANES);
    }

    private static void tile1x2(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var w1 = IntVector.fromArray(INTS, weights, w + LANES).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + tap]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
        b0.reinterpretAsInts().intoArray(sums, at + LANES);
    }

    private static void tile16x1(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
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
        int p8 = pixels[p + 8] + offset;
        int p9 = pixels[p + 9] + offset;
        int p10 = pixels[p + 10] + offset;
        int p11 = pixels[p + 11] + offset;
        int p12 = pixels[p + 12] + offset;
        int p13 = pixels[p + 13] + offset;
        int p14 = pixels[p + 14] + offset;
        int p15 = pixels[p + 15] + offset;
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
        for (int k = from; k < to; k++, w += PairKernels.ROUND) {
            int tap = taps[k];
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + tap]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
            var x1 = IntVector.broadcast(INTS, codes[p1 + tap]).reinterpretAsShorts();
            a1 = a1.add(x1.mul(w0));
            var x2 = IntVector.broadcast(INTS, codes[p2 + tap]).reinterpretAsShorts();
            a2 = a2.add(x2.mul(w0));
            var x3 = IntVector.broadcast(INTS, codes[p3 + tap]).reinterpretAsShorts();
            a3 = a3.add(x3.mul(w0));
            var x4 = IntVector.broadcast(INTS, codes[p4 + tap]).reinterpretAsShorts();
            a4 = a4.add(x4.mul(w0));
            var x5 = IntVector.broadcast(INTS, codes[p5 + tap]).reinterpretAsShorts();
            a5 = a5.add(x5.mul(w0));
            var x6 = IntVector.broadcast(INTS, codes[p6 + tap]).reinterpretAsShorts();
            a6 = a6.add(x6.mul(w0));
            var x7 = IntVector.broadcast(INTS, codes[p7 + tap]).reinterpretAsShorts();
            a7 = a7.add(x7.mul(w0));
            var x8 = IntVector.broadcast(INTS, codes[p8 + tap]).reinterpretAsShorts();
            a8 = a8.add(x8.mul(w0));
            var x9 = IntVector.broadcast(INTS, codes[p9 + tap]).reinterpretAsShorts();
            a9 = a9.add(x9.mul(w0));
            var x10 = IntVector.broadcast(INTS, codes[p10 + tap]).reinterpretAsShorts();
            a10 = a10.add(x10.mul(w0));
            var x11 = IntVector.broadcast(INTS, codes[p11 + tap]).reinterpretAsShorts();
            a11 = a11.add(x11.mul(w0));
            var x12 = IntVector.broadcast(INTS, codes[p12 + tap]).reinterpretAsShorts();
            a12 = a12.add(x12.mul(w0));
            var x13 = IntVector.broadcast(INTS, codes[p13 + tap]).reinterpretAsShorts();
            a13 = a13.add(x13.mul(w0));
            var x14 = IntVector.broadcast(INTS, codes[p14 + tap]).reinterpretAsShorts();
            a14 = a14.add(x14.mul(w0));
            var x15 = IntVector.broadcast(INTS, codes[p15 + tap]).reinterpretAsShorts();
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

    private static void tile1x1(
            int[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += PairKernels.ROUND) {
            int tap = taps[k];
            var w0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var x0 = IntVector.broadcast(INTS, codes[p0 + tap]).reinterpretAsShorts();
            a0 = a0.add(x0.mul(w0));
        }
        a0.reinterpretAsInts().intoArray(sums, at);
    }
}
