package org.dyadic.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.dyadic.kernels.PairKernels;

/** Products in single precision, for tiles of pixels by vectors of channels. */
final class FloatProducts {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    /** Where vectors have 256 bits there are but 16 registers, too few for eight pixels. */
    private static final boolean EIGHT = INTS.vectorBitSize() != 256;

    /** 1.5 x 2^23: added to a number of up to 2^22, it leaves an integer in the low bits. */
    static final float MAGIC = 12582912f;

    static final int MAGIC_BITS = Float.floatToRawIntBits(MAGIC);

    private FloatProducts() {}

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
        if (FloatRuns.suit(taps, from, to)) {
            FloatRuns.multiply(
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
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
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
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
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
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
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
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + tap]);
            a0 = x0.fma(w0, a0);
            b0 = x0.fma(w1, b0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p1 + tap]);
            a1 = x1.fma(w0, a1);
            b1 = x1.fma(w1, b1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p2 + tap]);
            a2 = x2.fma(w0, a2);
            b2 = x2.fma(w1, b2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p3 + tap]);
            a3 = x3.fma(w0, a3);
            b3 = x3.fma(w1, b3);
            var x4 = FloatVector.broadcast(FLOATS, codes[p4 + tap]);
            a4 = x4.fma(w0, a4);
            b4 = x4.fma(w1, b4);
            var x5 = FloatVector.broadcast(FLOATS, codes[p5 + tap]);
            a5 = x5.fma(w0, a5);
            b5 = x5.fma(w1, b5);
            var x6 = FloatVector.broadcast(FLOATS, codes[p6 + tap]);
            a6 = x6.fma(w0, a6);
            b6 = x6.fma(w1, b6);
            var x7 = FloatVector.broadcast(FLOATS, codes[p7 + tap]);
            a7 = x7.fma(w0, a7);
            b7 = x7.fma(w1, b7);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
                .add(b0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + channels + LANES)
                .add(b1.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + channels + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels + LANES)
                .add(b2.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels + LANES)
                .add(b3.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 4 * channels)
                .add(a4.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 4 * channels);
        IntVector.fromArray(INTS, sums, at + 4 * channels + LANES)
                .add(b4.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 4 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 5 * channels)
                .add(a5.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 5 * channels);
        IntVector.fromArray(INTS, sums, at + 5 * channels + LANES)
                .add(b5.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 5 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 6 * channels)
                .add(a6.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 6 * channels);
        IntVector.fromArray(INTS, sums, at + 6 * channels + LANES)
                .add(b6.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 6 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 7 * channels)
                .add(a7.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 7 * channels);
        IntVector.fromArray(INTS, sums, at + 7 * channels + LANES)
                .add(b7.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 7 * channels + LANES);
    }

    private static void tile4x2(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        int p1 = pixels[p + 1] + offset;
        int p2 = pixels[p + 2] + offset;
        int p3 = pixels[p + 3] + offset;
        var a0 = FloatVector.zero(FLOATS);
        var b0 = FloatVector.zero(FLOATS);
        var a1 = FloatVector.zero(FLOATS);
        var b1 = FloatVector.zero(FLOATS);
        var a2 = FloatVector.zero(FLOATS);
        var b2 = FloatVector.zero(FLOATS);
        var a3 = FloatVector.zero(FLOATS);
        var b3 = FloatVector.zero(FLOATS);
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + tap]);
            a0 = x0.fma(w0, a0);
            b0 = x0.fma(w1, b0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p1 + tap]);
            a1 = x1.fma(w0, a1);
            b1 = x1.fma(w1, b1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p2 + tap]);
            a2 = x2.fma(w0, a2);
            b2 = x2.fma(w1, b2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p3 + tap]);
            a3 = x3.fma(w0, a3);
            b3 = x3.fma(w1, b3);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
                .add(b0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + LANES);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + channels + LANES)
                .add(b1.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + channels + LANES);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels + LANES)
                .add(b2.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 2 * channels + LANES);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels + LANES)
                .add(b3.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 3 * channels + LANES);
    }

    private static void tile1x2(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = FloatVector.zero(FLOATS);
        var b0 = FloatVector.zero(FLOATS);
        for (int k = from; k < to; k++, w += PairKernels.PANEL) {
            int tap = taps[k];
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + tap]);
            a0 = x0.fma(w0, a0);
            b0 = x0.fma(w1, b0);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + LANES)
                .add(b0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + LANES);
    }

    private static void tile16x1(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
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
        int p8 = pixels[p + 8] + offset;
        int p9 = pixels[p + 9] + offset;
        int p10 = pixels[p + 10] + offset;
        int p11 = pixels[p + 11] + offset;
        int p12 = pixels[p + 12] + offset;
        int p13 = pixels[p + 13] + offset;
        int p14 = pixels[p + 14] + offset;
        int p15 = pixels[p + 15] + offset;
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
        for (int k = from; k < to; k++, w += PairKernels.ROUND) {
            int tap = taps[k];
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + tap]);
            a0 = x0.fma(w0, a0);
            var x1 = FloatVector.broadcast(FLOATS, codes[p1 + tap]);
            a1 = x1.fma(w0, a1);
            var x2 = FloatVector.broadcast(FLOATS, codes[p2 + tap]);
            a2 = x2.fma(w0, a2);
            var x3 = FloatVector.broadcast(FLOATS, codes[p3 + tap]);
            a3 = x3.fma(w0, a3);
            var x4 = FloatVector.broadcast(FLOATS, codes[p4 + tap]);
            a4 = x4.fma(w0, a4);
            var x5 = FloatVector.broadcast(FLOATS, codes[p5 + tap]);
            a5 = x5.fma(w0, a5);
            var x6 = FloatVector.broadcast(FLOATS, codes[p6 + tap]);
            a6 = x6.fma(w0, a6);
            var x7 = FloatVector.broadcast(FLOATS, codes[p7 + tap]);
            a7 = x7.fma(w0, a7);
            var x8 = FloatVector.broadcast(FLOATS, codes[p8 + tap]);
            a8 = x8.fma(w0, a8);
            var x9 = FloatVector.broadcast(FLOATS, codes[p9 + tap]);
            a9 = x9.fma(w0, a9);
            var x10 = FloatVector.broadcast(FLOATS, codes[p10 + tap]);
            a10 = x10.fma(w0, a10);
            var x11 = FloatVector.broadcast(FLOATS, codes[p11 + tap]);
            a11 = x11.fma(w0, a11);
            var x12 = FloatVector.broadcast(FLOATS, codes[p12 + tap]);
            a12 = x12.fma(w0, a12);
            var x13 = FloatVector.broadcast(FLOATS, codes[p13 + tap]);
            a13 = x13.fma(w0, a13);
            var x14 = FloatVector.broadcast(FLOATS, codes[p14 + tap]);
            a14 = x14.fma(w0, a14);
            var x15 = FloatVector.broadcast(FLOATS, codes[p15 + tap]);
            a15 = x15.fma(w0, a15);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at);
        IntVector.fromArray(INTS, sums, at + channels)
                .add(a1.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + channels);
        IntVector.fromArray(INTS, sums, at + 2 * channels)
                .add(a2.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 2 * channels);
        IntVector.fromArray(INTS, sums, at + 3 * channels)
                .add(a3.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 3 * channels);
        IntVector.fromArray(INTS, sums, at + 4 * channels)
                .add(a4.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 4 * channels);
        IntVector.fromArray(INTS, sums, at + 5 * channels)
                .add(a5.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 5 * channels);
        IntVector.fromArray(INTS, sums, at + 6 * channels)
                .add(a6.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 6 * channels);
        IntVector.fromArray(INTS, sums, at + 7 * channels)
                .add(a7.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 7 * channels);
        IntVector.fromArray(INTS, sums, at + 8 * channels)
                .add(a8.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 8 * channels);
        IntVector.fromArray(INTS, sums, at + 9 * channels)
                .add(a9.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 9 * channels);
        IntVector.fromArray(INTS, sums, at + 10 * channels)
                .add(a10.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 10 * channels);
        IntVector.fromArray(INTS, sums, at + 11 * channels)
                .add(a11.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 11 * channels);
        IntVector.fromArray(INTS, sums, at + 12 * channels)
                .add(a12.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 12 * channels);
        IntVector.fromArray(INTS, sums, at + 13 * channels)
                .add(a13.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 13 * channels);
        IntVector.fromArray(INTS, sums, at + 14 * channels)
                .add(a14.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 14 * channels);
        IntVector.fromArray(INTS, sums, at + 15 * channels)
                .add(a15.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at + 15 * channels);
    }

    private static void tile1x1(
            float[] codes,
            int offset,
            int[] pixels,
            int p,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int w,
            int[] sums,
            int at,
            int channels) {
        int p0 = pixels[p] + offset;
        var a0 = FloatVector.zero(FLOATS);
        for (int k = from; k < to; k++, w += PairKernels.ROUND) {
            int tap = taps[k];
            var w0 = FloatVector.fromArray(FLOATS, weights, w);
            var x0 = FloatVector.broadcast(FLOATS, codes[p0 + tap]);
            a0 = x0.fma(w0, a0);
        }
        IntVector.fromArray(INTS, sums, at)
                .add(a0.add(MAGIC).reinterpretAsInts().sub(MAGIC_BITS))
                .intoArray(sums, at);
    }
}
