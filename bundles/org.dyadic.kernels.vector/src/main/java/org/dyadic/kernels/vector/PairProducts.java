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
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int channels,
            int[] sums) {
        for (int c = 0; c < channels; c += PairKernels.PANEL) {
            int width = PairKernels.panel(c, channels);
            int start = c * taps.length + from * width;
            for (int v = 0; v < width; v += 2 * LANES) {
                if (width - v >= 2 * LANES) {
                    two(
                            codes, pixels, first, count, taps, from, to, weights, start + v, width,
                            sums, c + v, channels);
                } else {
                    one(
                            codes, pixels, first, count, taps, from, to, weights, start + v, width,
                            sums, c + v, channels);
                }
            }
        }
    }

    /** Two vectors of channels. */
    private static void two(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p = 0;
        if (EIGHT) {
            for (; p + 8 <= count; p += 8) {
                tile8x2(
                        codes,
                        pixels,
                        first + p,
                        taps,
                        from,
                        to,
                        weights,
                        w,
                        step,
                        sums,
                        at + p * channels,
                        channels);
            }
        }
        for (; p + 4 <= count; p += 4) {
            tile4x2(
                    codes,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    step,
                    sums,
                    at + p * channels,
                    channels);
        }
        for (; p < count; p++) {
            tile1x2(
                    codes,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    step,
                    sums,
                    at + p * channels,
                    channels);
        }
    }

    /** One vector of channels. */
    private static void one(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p = 0;
        for (; p + 16 <= count; p += 16) {
            tile16x1(
                    codes,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    step,
                    sums,
                    at + p * channels,
                    channels);
        }
        for (; p < count; p++) {
            tile1x1(
                    codes,
                    pixels,
                    first + p,
                    taps,
                    from,
                    to,
                    weights,
                    w,
                    step,
                    sums,
                    at + p * channels,
                    channels);
        }
    }

    private static ShortVector shorts(int[] pairs, int at) {
        return IntVector.fromArray(INTS, pairs, at).reinterpretAsShorts();
    }

    private static ShortVector both(int pair) {
        return IntVector.broadcast(INTS, pair).reinterpretAsShorts();
    }

    private static void put(ShortVector sum, int[] sums, int at) {
        shorts(sums, at).add(sum).reinterpretAsInts().intoArray(sums, at);
    }

    // One loop a method, its sums in local variables: what C2 keeps in registers.

    private static void tile8x2(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p];
        int p1 = pixels[p + 1];
        int p2 = pixels[p + 2];
        int p3 = pixels[p + 3];
        int p4 = pixels[p + 4];
        int p5 = pixels[p + 5];
        int p6 = pixels[p + 6];
        int p7 = pixels[p + 7];
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
        for (int k = from; k < to; k++, w += step) {
            int tap = taps[k];
            var w0 = shorts(weights, w);
            var w1 = shorts(weights, w + LANES);
            var x0 = both(codes[p0 + tap]);
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            var x1 = both(codes[p1 + tap]);
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            var x2 = both(codes[p2 + tap]);
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            var x3 = both(codes[p3 + tap]);
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
            var x4 = both(codes[p4 + tap]);
            a4 = a4.add(x4.mul(w0));
            b4 = b4.add(x4.mul(w1));
            var x5 = both(codes[p5 + tap]);
            a5 = a5.add(x5.mul(w0));
            b5 = b5.add(x5.mul(w1));
            var x6 = both(codes[p6 + tap]);
            a6 = a6.add(x6.mul(w0));
            b6 = b6.add(x6.mul(w1));
            var x7 = both(codes[p7 + tap]);
            a7 = a7.add(x7.mul(w0));
            b7 = b7.add(x7.mul(w1));
        }
        put(a0, sums, at);
        put(b0, sums, at + LANES);
        put(a1, sums, at + channels);
        put(b1, sums, at + channels + LANES);
        put(a2, sums, at + 2 * channels);
        put(b2, sums, at + 2 * channels + LANES);
        put(a3, sums, at + 3 * channels);
        put(b3, sums, at + 3 * channels + LANES);
        put(a4, sums, at + 4 * channels);
        put(b4, sums, at + 4 * channels + LANES);
        put(a5, sums, at + 5 * channels);
        put(b5, sums, at + 5 * channels + LANES);
        put(a6, sums, at + 6 * channels);
        put(b6, sums, at + 6 * channels + LANES);
        put(a7, sums, at + 7 * channels);
        put(b7, sums, at + 7 * channels + LANES);
    }

    private static void tile4x2(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p];
        int p1 = pixels[p + 1];
        int p2 = pixels[p + 2];
        int p3 = pixels[p + 3];
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        var a1 = ShortVector.zero(SHORTS);
        var b1 = ShortVector.zero(SHORTS);
        var a2 = ShortVector.zero(SHORTS);
        var b2 = ShortVector.zero(SHORTS);
        var a3 = ShortVector.zero(SHORTS);
        var b3 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += step) {
            int tap = taps[k];
            var w0 = shorts(weights, w);
            var w1 = shorts(weights, w + LANES);
            var x0 = both(codes[p0 + tap]);
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
            var x1 = both(codes[p1 + tap]);
            a1 = a1.add(x1.mul(w0));
            b1 = b1.add(x1.mul(w1));
            var x2 = both(codes[p2 + tap]);
            a2 = a2.add(x2.mul(w0));
            b2 = b2.add(x2.mul(w1));
            var x3 = both(codes[p3 + tap]);
            a3 = a3.add(x3.mul(w0));
            b3 = b3.add(x3.mul(w1));
        }
        put(a0, sums, at);
        put(b0, sums, at + LANES);
        put(a1, sums, at + channels);
        put(b1, sums, at + channels + LANES);
        put(a2, sums, at + 2 * channels);
        put(b2, sums, at + 2 * channels + LANES);
        put(a3, sums, at + 3 * channels);
        put(b3, sums, at + 3 * channels + LANES);
    }

    private static void tile1x2(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p];
        var a0 = ShortVector.zero(SHORTS);
        var b0 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += step) {
            int tap = taps[k];
            var w0 = shorts(weights, w);
            var w1 = shorts(weights, w + LANES);
            var x0 = both(codes[p0 + tap]);
            a0 = a0.add(x0.mul(w0));
            b0 = b0.add(x0.mul(w1));
        }
        put(a0, sums, at);
        put(b0, sums, at + LANES);
    }

    private static void tile16x1(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p];
        int p1 = pixels[p + 1];
        int p2 = pixels[p + 2];
        int p3 = pixels[p + 3];
        int p4 = pixels[p + 4];
        int p5 = pixels[p + 5];
        int p6 = pixels[p + 6];
        int p7 = pixels[p + 7];
        int p8 = pixels[p + 8];
        int p9 = pixels[p + 9];
        int p10 = pixels[p + 10];
        int p11 = pixels[p + 11];
        int p12 = pixels[p + 12];
        int p13 = pixels[p + 13];
        int p14 = pixels[p + 14];
        int p15 = pixels[p + 15];
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
        for (int k = from; k < to; k++, w += step) {
            int tap = taps[k];
            var w0 = shorts(weights, w);
            var x0 = both(codes[p0 + tap]);
            a0 = a0.add(x0.mul(w0));
            var x1 = both(codes[p1 + tap]);
            a1 = a1.add(x1.mul(w0));
            var x2 = both(codes[p2 + tap]);
            a2 = a2.add(x2.mul(w0));
            var x3 = both(codes[p3 + tap]);
            a3 = a3.add(x3.mul(w0));
            var x4 = both(codes[p4 + tap]);
            a4 = a4.add(x4.mul(w0));
            var x5 = both(codes[p5 + tap]);
            a5 = a5.add(x5.mul(w0));
            var x6 = both(codes[p6 + tap]);
            a6 = a6.add(x6.mul(w0));
            var x7 = both(codes[p7 + tap]);
            a7 = a7.add(x7.mul(w0));
            var x8 = both(codes[p8 + tap]);
            a8 = a8.add(x8.mul(w0));
            var x9 = both(codes[p9 + tap]);
            a9 = a9.add(x9.mul(w0));
            var x10 = both(codes[p10 + tap]);
            a10 = a10.add(x10.mul(w0));
            var x11 = both(codes[p11 + tap]);
            a11 = a11.add(x11.mul(w0));
            var x12 = both(codes[p12 + tap]);
            a12 = a12.add(x12.mul(w0));
            var x13 = both(codes[p13 + tap]);
            a13 = a13.add(x13.mul(w0));
            var x14 = both(codes[p14 + tap]);
            a14 = a14.add(x14.mul(w0));
            var x15 = both(codes[p15 + tap]);
            a15 = a15.add(x15.mul(w0));
        }
        put(a0, sums, at);
        put(a1, sums, at + channels);
        put(a2, sums, at + 2 * channels);
        put(a3, sums, at + 3 * channels);
        put(a4, sums, at + 4 * channels);
        put(a5, sums, at + 5 * channels);
        put(a6, sums, at + 6 * channels);
        put(a7, sums, at + 7 * channels);
        put(a8, sums, at + 8 * channels);
        put(a9, sums, at + 9 * channels);
        put(a10, sums, at + 10 * channels);
        put(a11, sums, at + 11 * channels);
        put(a12, sums, at + 12 * channels);
        put(a13, sums, at + 13 * channels);
        put(a14, sums, at + 14 * channels);
        put(a15, sums, at + 15 * channels);
    }

    private static void tile1x1(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int w,
            int step,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p];
        var a0 = ShortVector.zero(SHORTS);
        for (int k = from; k < to; k++, w += step) {
            int tap = taps[k];
            var w0 = shorts(weights, w);
            var x0 = both(codes[p0 + tap]);
            a0 = a0.add(x0.mul(w0));
        }
        put(a0, sums, at);
    }
}
