package org.dyadic.kernels.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;
import org.dyadic.kernels.DigitScaling;
import org.dyadic.kernels.Encoder;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.Scaling;
import org.dyadic.kernels.WideScaling;

/** The loops over pairs of images in vector instructions; what is left over is done one by one. */
final class VectorPairKernels implements PairKernels {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    // In every loop the vector operations stand as they are, in no methods of our own: C2 inlines
    // those of the library whatever their number, but ours only while the loop is short, and where
    // it
    // does not, each call puts its vectors into objects.

    private final PairKernels rest = PairKernels.scalar();

    @Override
    public void multiply(
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
        PairProducts.multiply(
                codes, offset, pixels, first, count, taps, from, to, weights, channels, sums,
                begin);
    }

    @Override
    public void multiply(
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
        FloatProducts.multiply(
                codes, offset, pixels, first, count, taps, from, to, weights, channels, sums,
                begin);
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] sums) {
        if (taps.length == 9) {
            for (int c = 0; c < channels; c += LANES) {
                nine(codes, pixels, first, count, taps, weights, c, channels, sums);
            }
            return;
        }
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c += LANES) {
                int at = p * channels + c;
                each(codes, pixels, first + p, taps, weights, c, channels, sums, at);
            }
        }
    }

    /** Windows of nine taps, for a vector of channels: their weights stay in registers. */
    private static void nine(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int w,
            int channels,
            int[] sums) {
        var v0 = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
        var v1 = IntVector.fromArray(INTS, weights, w + channels).reinterpretAsShorts();
        var v2 = IntVector.fromArray(INTS, weights, w + 2 * channels).reinterpretAsShorts();
        var v3 = IntVector.fromArray(INTS, weights, w + 3 * channels).reinterpretAsShorts();
        var v4 = IntVector.fromArray(INTS, weights, w + 4 * channels).reinterpretAsShorts();
        var v5 = IntVector.fromArray(INTS, weights, w + 5 * channels).reinterpretAsShorts();
        var v6 = IntVector.fromArray(INTS, weights, w + 6 * channels).reinterpretAsShorts();
        var v7 = IntVector.fromArray(INTS, weights, w + 7 * channels).reinterpretAsShorts();
        var v8 = IntVector.fromArray(INTS, weights, w + 8 * channels).reinterpretAsShorts();
        int t0 = taps[0] + w;
        int t1 = taps[1] + w;
        int t2 = taps[2] + w;
        int t3 = taps[3] + w;
        int t4 = taps[4] + w;
        int t5 = taps[5] + w;
        int t6 = taps[6] + w;
        int t7 = taps[7] + w;
        int t8 = taps[8] + w;
        for (int p = 0; p < count; p++) {
            int pixel = pixels[first + p];
            var x0 = IntVector.fromArray(INTS, codes, pixel + t0).reinterpretAsShorts();
            var sum = x0.mul(v0);
            var x1 = IntVector.fromArray(INTS, codes, pixel + t1).reinterpretAsShorts();
            sum = sum.add(x1.mul(v1));
            var x2 = IntVector.fromArray(INTS, codes, pixel + t2).reinterpretAsShorts();
            sum = sum.add(x2.mul(v2));
            var x3 = IntVector.fromArray(INTS, codes, pixel + t3).reinterpretAsShorts();
            sum = sum.add(x3.mul(v3));
            var x4 = IntVector.fromArray(INTS, codes, pixel + t4).reinterpretAsShorts();
            sum = sum.add(x4.mul(v4));
            var x5 = IntVector.fromArray(INTS, codes, pixel + t5).reinterpretAsShorts();
            sum = sum.add(x5.mul(v5));
            var x6 = IntVector.fromArray(INTS, codes, pixel + t6).reinterpretAsShorts();
            sum = sum.add(x6.mul(v6));
            var x7 = IntVector.fromArray(INTS, codes, pixel + t7).reinterpretAsShorts();
            sum = sum.add(x7.mul(v7));
            var x8 = IntVector.fromArray(INTS, codes, pixel + t8).reinterpretAsShorts();
            sum = sum.add(x8.mul(v8));
            sum.reinterpretAsInts().intoArray(sums, p * channels + w);
        }
    }

    private static void each(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int[] weights,
            int w,
            int channels,
            int[] sums,
            int at) {
        int p0 = pixels[p] + w;
        var a0 = ShortVector.zero(SHORTS);
        for (int tap : taps) {
            var weight = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            var x0 = IntVector.fromArray(INTS, codes, p0 + tap).reinterpretAsShorts();
            a0 = a0.add(x0.mul(weight));
            w += channels;
        }
        a0.reinterpretAsInts().intoArray(sums, at);
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] low,
            int[] high) {
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c += LANES) {
                each(
                        codes,
                        pixels[first + p] + c,
                        taps,
                        weights,
                        c,
                        channels,
                        low,
                        high,
                        p * channels + c);
            }
        }
    }

    private static void each(
            int[] codes,
            int pixel,
            int[] taps,
            int[] weights,
            int w,
            int channels,
            int[] low,
            int[] high,
            int at) {
        var lowSum = IntVector.zero(INTS);
        var highSum = IntVector.zero(INTS);
        for (int tap : taps) {
            var code = IntVector.fromArray(INTS, codes, pixel + tap);
            var weight = IntVector.fromArray(INTS, weights, w).lanewise(ASHR, 16);
            lowSum = lowSum.add(code.lanewise(LSHL, 16).lanewise(ASHR, 16).mul(weight));
            highSum = highSum.add(code.lanewise(ASHR, 16).mul(weight));
            w += channels;
        }
        lowSum.intoArray(low, at);
        highSum.intoArray(high, at);
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] upper,
            int[] lower,
            int shift,
            int channels,
            int[] low,
            int[] high) {
        if (taps.length == 9) {
            for (int c = 0; c < channels; c += LANES) {
                nine(
                        codes, pixels, first, count, taps, upper, lower, shift, c, channels, low,
                        high);
            }
            return;
        }
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c += LANES) {
                int at = p * channels + c;
                each(
                        codes, pixels, first + p, taps, upper, lower, shift, c, channels, low, high,
                        at);
            }
        }
    }

    private static void nine(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] upper,
            int[] lower,
            int shift,
            int w,
            int channels,
            int[] low,
            int[] high) {
        var u0 = IntVector.fromArray(INTS, upper, w).reinterpretAsShorts();
        var u1 = IntVector.fromArray(INTS, upper, w + channels).reinterpretAsShorts();
        var u2 = IntVector.fromArray(INTS, upper, w + 2 * channels).reinterpretAsShorts();
        var u3 = IntVector.fromArray(INTS, upper, w + 3 * channels).reinterpretAsShorts();
        var u4 = IntVector.fromArray(INTS, upper, w + 4 * channels).reinterpretAsShorts();
        var u5 = IntVector.fromArray(INTS, upper, w + 5 * channels).reinterpretAsShorts();
        var u6 = IntVector.fromArray(INTS, upper, w + 6 * channels).reinterpretAsShorts();
        var u7 = IntVector.fromArray(INTS, upper, w + 7 * channels).reinterpretAsShorts();
        var u8 = IntVector.fromArray(INTS, upper, w + 8 * channels).reinterpretAsShorts();
        var l0 = IntVector.fromArray(INTS, lower, w).reinterpretAsShorts();
        var l1 = IntVector.fromArray(INTS, lower, w + channels).reinterpretAsShorts();
        var l2 = IntVector.fromArray(INTS, lower, w + 2 * channels).reinterpretAsShorts();
        var l3 = IntVector.fromArray(INTS, lower, w + 3 * channels).reinterpretAsShorts();
        var l4 = IntVector.fromArray(INTS, lower, w + 4 * channels).reinterpretAsShorts();
        var l5 = IntVector.fromArray(INTS, lower, w + 5 * channels).reinterpretAsShorts();
        var l6 = IntVector.fromArray(INTS, lower, w + 6 * channels).reinterpretAsShorts();
        var l7 = IntVector.fromArray(INTS, lower, w + 7 * channels).reinterpretAsShorts();
        var l8 = IntVector.fromArray(INTS, lower, w + 8 * channels).reinterpretAsShorts();
        int t0 = taps[0] + w;
        int t1 = taps[1] + w;
        int t2 = taps[2] + w;
        int t3 = taps[3] + w;
        int t4 = taps[4] + w;
        int t5 = taps[5] + w;
        int t6 = taps[6] + w;
        int t7 = taps[7] + w;
        int t8 = taps[8] + w;
        for (int p = 0; p < count; p++) {
            int pixel = pixels[first + p];
            var x0 = IntVector.fromArray(INTS, codes, pixel + t0).reinterpretAsShorts();
            var upperSum = x0.mul(u0);
            var lowerSum = x0.mul(l0);
            var x1 = IntVector.fromArray(INTS, codes, pixel + t1).reinterpretAsShorts();
            upperSum = upperSum.add(x1.mul(u1));
            lowerSum = lowerSum.add(x1.mul(l1));
            var x2 = IntVector.fromArray(INTS, codes, pixel + t2).reinterpretAsShorts();
            upperSum = upperSum.add(x2.mul(u2));
            lowerSum = lowerSum.add(x2.mul(l2));
            var x3 = IntVector.fromArray(INTS, codes, pixel + t3).reinterpretAsShorts();
            upperSum = upperSum.add(x3.mul(u3));
            lowerSum = lowerSum.add(x3.mul(l3));
            var x4 = IntVector.fromArray(INTS, codes, pixel + t4).reinterpretAsShorts();
            upperSum = upperSum.add(x4.mul(u4));
            lowerSum = lowerSum.add(x4.mul(l4));
            var x5 = IntVector.fromArray(INTS, codes, pixel + t5).reinterpretAsShorts();
            upperSum = upperSum.add(x5.mul(u5));
            lowerSum = lowerSum.add(x5.mul(l5));
            var x6 = IntVector.fromArray(INTS, codes, pixel + t6).reinterpretAsShorts();
            upperSum = upperSum.add(x6.mul(u6));
            lowerSum = lowerSum.add(x6.mul(l6));
            var x7 = IntVector.fromArray(INTS, codes, pixel + t7).reinterpretAsShorts();
            upperSum = upperSum.add(x7.mul(u7));
            lowerSum = lowerSum.add(x7.mul(l7));
            var x8 = IntVector.fromArray(INTS, codes, pixel + t8).reinterpretAsShorts();
            upperSum = upperSum.add(x8.mul(u8));
            lowerSum = lowerSum.add(x8.mul(l8));
            var u = upperSum.reinterpretAsInts();
            var l = lowerSum.reinterpretAsInts();
            u.lanewise(LSHL, 16)
                    .lanewise(ASHR, 16 - shift)
                    .add(l.lanewise(LSHL, 16).lanewise(ASHR, 16))
                    .intoArray(low, p * channels + w);
            u.lanewise(ASHR, 16)
                    .lanewise(LSHL, shift)
                    .add(l.lanewise(ASHR, 16))
                    .intoArray(high, p * channels + w);
        }
    }

    private static void each(
            int[] codes,
            int[] pixels,
            int p,
            int[] taps,
            int[] upper,
            int[] lower,
            int shift,
            int w,
            int channels,
            int[] low,
            int[] high,
            int at) {
        int p0 = pixels[p] + w;
        var u0 = ShortVector.zero(SHORTS);
        var l0 = ShortVector.zero(SHORTS);
        for (int tap : taps) {
            var upperWeight = IntVector.fromArray(INTS, upper, w).reinterpretAsShorts();
            var lowerWeight = IntVector.fromArray(INTS, lower, w).reinterpretAsShorts();
            var x0 = IntVector.fromArray(INTS, codes, p0 + tap).reinterpretAsShorts();
            u0 = u0.add(x0.mul(upperWeight));
            l0 = l0.add(x0.mul(lowerWeight));
            w += channels;
        }
        var f0 = u0.reinterpretAsInts();
        var s0 = l0.reinterpretAsInts();
        f0.lanewise(LSHL, 16)
                .lanewise(ASHR, 16 - shift)
                .add(s0.lanewise(LSHL, 16).lanewise(ASHR, 16))
                .intoArray(low, at);
        f0.lanewise(ASHR, 16).lanewise(LSHL, shift).add(s0.lanewise(ASHR, 16)).intoArray(high, at);
    }

    @Override
    public void toTiles(
            int[] codes,
            int[] tiles,
            int first,
            int count,
            int line,
            int channels,
            int[] to,
            int step) {
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < channels; c += LANES) {
                toTile(codes, tiles[first + t] + c, line, channels, to, t * channels + c, step);
            }
        }
    }

    private static void toTile(
            int[] codes, int at, int line, int channels, int[] to, int place, int step) {
        var d00 = IntVector.fromArray(INTS, codes, at).reinterpretAsShorts();
        var d10 = IntVector.fromArray(INTS, codes, at + line).reinterpretAsShorts();
        var d20 = IntVector.fromArray(INTS, codes, at + 2 * line).reinterpretAsShorts();
        var d30 = IntVector.fromArray(INTS, codes, at + 3 * line).reinterpretAsShorts();
        var r00 = d00.sub(d20);
        var r10 = d10.add(d20);
        var r20 = d20.sub(d10);
        var r30 = d10.sub(d30);
        var d01 = IntVector.fromArray(INTS, codes, at + channels).reinterpretAsShorts();
        var d11 = IntVector.fromArray(INTS, codes, at + line + channels).reinterpretAsShorts();
        var d21 = IntVector.fromArray(INTS, codes, at + 2 * line + channels).reinterpretAsShorts();
        var d31 = IntVector.fromArray(INTS, codes, at + 3 * line + channels).reinterpretAsShorts();
        var r01 = d01.sub(d21);
        var r11 = d11.add(d21);
        var r21 = d21.sub(d11);
        var r31 = d11.sub(d31);
        var d02 = IntVector.fromArray(INTS, codes, at + 2 * channels).reinterpretAsShorts();
        var d12 = IntVector.fromArray(INTS, codes, at + line + 2 * channels).reinterpretAsShorts();
        var d22 =
                IntVector.fromArray(INTS, codes, at + 2 * line + 2 * channels)
                        .reinterpretAsShorts();
        var d32 =
                IntVector.fromArray(INTS, codes, at + 3 * line + 2 * channels)
                        .reinterpretAsShorts();
        var r02 = d02.sub(d22);
        var r12 = d12.add(d22);
        var r22 = d22.sub(d12);
        var r32 = d12.sub(d32);
        var d03 = IntVector.fromArray(INTS, codes, at + 3 * channels).reinterpretAsShorts();
        var d13 = IntVector.fromArray(INTS, codes, at + line + 3 * channels).reinterpretAsShorts();
        var d23 =
                IntVector.fromArray(INTS, codes, at + 2 * line + 3 * channels)
                        .reinterpretAsShorts();
        var d33 =
                IntVector.fromArray(INTS, codes, at + 3 * line + 3 * channels)
                        .reinterpretAsShorts();
        var r03 = d03.sub(d23);
        var r13 = d13.add(d23);
        var r23 = d23.sub(d13);
        var r33 = d13.sub(d33);
        r00.sub(r02).reinterpretAsInts().intoArray(to, place);
        r01.add(r02).reinterpretAsInts().intoArray(to, place + step);
        r02.sub(r01).reinterpretAsInts().intoArray(to, place + 2 * step);
        r01.sub(r03).reinterpretAsInts().intoArray(to, place + 3 * step);
        r10.sub(r12).reinterpretAsInts().intoArray(to, place + 4 * step);
        r11.add(r12).reinterpretAsInts().intoArray(to, place + 5 * step);
        r12.sub(r11).reinterpretAsInts().intoArray(to, place + 6 * step);
        r11.sub(r13).reinterpretAsInts().intoArray(to, place + 7 * step);
        r20.sub(r22).reinterpretAsInts().intoArray(to, place + 8 * step);
        r21.add(r22).reinterpretAsInts().intoArray(to, place + 9 * step);
        r22.sub(r21).reinterpretAsInts().intoArray(to, place + 10 * step);
        r21.sub(r23).reinterpretAsInts().intoArray(to, place + 11 * step);
        r30.sub(r32).reinterpretAsInts().intoArray(to, place + 12 * step);
        r31.add(r32).reinterpretAsInts().intoArray(to, place + 13 * step);
        r32.sub(r31).reinterpretAsInts().intoArray(to, place + 14 * step);
        r31.sub(r33).reinterpretAsInts().intoArray(to, place + 15 * step);
    }

    @Override
    public void fromTiles(
            int[] products,
            int step,
            int count,
            int channels,
            int[] places,
            int first,
            int origin,
            int[] sums) {
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < channels; c += LANES) {
                fromTile(
                        products,
                        t * channels + c,
                        step,
                        places,
                        4 * (first + t),
                        c - origin,
                        sums);
            }
        }
    }

    private static void fromTile(
            int[] products, int at, int step, int[] places, int place, int c, int[] sums) {
        var m00 = IntVector.fromArray(INTS, products, at).reinterpretAsShorts();
        var m10 = IntVector.fromArray(INTS, products, at + 4 * step).reinterpretAsShorts();
        var m20 = IntVector.fromArray(INTS, products, at + 8 * step).reinterpretAsShorts();
        var m30 = IntVector.fromArray(INTS, products, at + 12 * step).reinterpretAsShorts();
        var u0 = m00.add(m10).add(m20);
        var l0 = m10.sub(m20).sub(m30);
        var m01 = IntVector.fromArray(INTS, products, at + step).reinterpretAsShorts();
        var m11 = IntVector.fromArray(INTS, products, at + 5 * step).reinterpretAsShorts();
        var m21 = IntVector.fromArray(INTS, products, at + 9 * step).reinterpretAsShorts();
        var m31 = IntVector.fromArray(INTS, products, at + 13 * step).reinterpretAsShorts();
        var u1 = m01.add(m11).add(m21);
        var l1 = m11.sub(m21).sub(m31);
        var m02 = IntVector.fromArray(INTS, products, at + 2 * step).reinterpretAsShorts();
        var m12 = IntVector.fromArray(INTS, products, at + 6 * step).reinterpretAsShorts();
        var m22 = IntVector.fromArray(INTS, products, at + 10 * step).reinterpretAsShorts();
        var m32 = IntVector.fromArray(INTS, products, at + 14 * step).reinterpretAsShorts();
        var u2 = m02.add(m12).add(m22);
        var l2 = m12.sub(m22).sub(m32);
        var m03 = IntVector.fromArray(INTS, products, at + 3 * step).reinterpretAsShorts();
        var m13 = IntVector.fromArray(INTS, products, at + 7 * step).reinterpretAsShorts();
        var m23 = IntVector.fromArray(INTS, products, at + 11 * step).reinterpretAsShorts();
        var m33 = IntVector.fromArray(INTS, products, at + 15 * step).reinterpretAsShorts();
        var u3 = m03.add(m13).add(m23);
        var l3 = m13.sub(m23).sub(m33);
        int to0 = places[place];
        if (to0 >= 0) {
            var sum = IntVector.fromArray(INTS, sums, to0 + c).reinterpretAsShorts();
            sum.add(u0.add(u1).add(u2).lanewise(ASHR, 2))
                    .reinterpretAsInts()
                    .intoArray(sums, to0 + c);
        }
        int to1 = places[place + 1];
        if (to1 >= 0) {
            var sum = IntVector.fromArray(INTS, sums, to1 + c).reinterpretAsShorts();
            sum.add(u1.sub(u2).sub(u3).lanewise(ASHR, 2))
                    .reinterpretAsInts()
                    .intoArray(sums, to1 + c);
        }
        int to2 = places[place + 2];
        if (to2 >= 0) {
            var sum = IntVector.fromArray(INTS, sums, to2 + c).reinterpretAsShorts();
            sum.add(l0.add(l1).add(l2).lanewise(ASHR, 2))
                    .reinterpretAsInts()
                    .intoArray(sums, to2 + c);
        }
        int to3 = places[place + 3];
        if (to3 >= 0) {
            var sum = IntVector.fromArray(INTS, sums, to3 + c).reinterpretAsShorts();
            sum.add(l1.sub(l2).sub(l3).lanewise(ASHR, 2))
                    .reinterpretAsInts()
                    .intoArray(sums, to3 + c);
        }
    }

    @Override
    public void spread(int[] halves, int count, int channels, int[] sums, int begin) {
        int half = channels / 2;
        for (int p = 0; p < count; p++) {
            int at = begin + p * channels;
            for (int c = 0; c < half; c += LANES) {
                var both = IntVector.fromArray(INTS, halves, p * half + c);
                both.and(0xffff).or(both.lanewise(LSHL, 16)).intoArray(sums, at + c);
                both.lanewise(LSHR, 16).or(both.and(0xffff0000)).intoArray(sums, at + half + c);
            }
        }
    }

    @Override
    public void widen(int[] sums, int length, int[] low, int[] high) {
        int whole = INTS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            var pair = IntVector.fromArray(INTS, sums, i);
            IntVector.fromArray(INTS, low, i)
                    .add(pair.lanewise(LSHL, 16).lanewise(ASHR, 16))
                    .intoArray(low, i);
            IntVector.fromArray(INTS, high, i).add(pair.lanewise(ASHR, 16)).intoArray(high, i);
        }
        for (int i = whole; i < length; i++) {
            low[i] += (short) sums[i];
            high[i] += sums[i] >> 16;
        }
    }

    @Override
    public void requantize(int[] sums, int count, Scaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int c = 0; c < channels; c += LANES) {
            requantize(sums, c, channels, count * channels, by, least, most, wide);
        }
    }

    /** A vector of channels, for all pixels. */
    private static void requantize(
            int[] sums, int c, int channels, int end, Scaling by, int least, int most, int[] wide) {
        var multiplierHigh = IntVector.fromArray(INTS, by.high(), c);
        var multiplierLow = IntVector.fromArray(INTS, by.low(), c);
        var addendHigh = IntVector.fromArray(INTS, by.addendHigh(), c);
        var addendLow = IntVector.fromArray(INTS, by.addendLow(), c);
        var shift = IntVector.fromArray(INTS, by.shift(), c);
        var lowest = IntVector.broadcast(INTS, least);
        var highest = IntVector.broadcast(INTS, most);
        for (int i = c; i < end; i += channels) {
            var sum = IntVector.fromArray(INTS, sums, i);
            var x = sum.lanewise(LSHL, 16).lanewise(ASHR, 16);
            var y = sum.lanewise(ASHR, 16);
            var xs = x.mul(multiplierLow).add(addendLow).lanewise(ASHR, 16);
            var ys = y.mul(multiplierLow).add(addendLow).lanewise(ASHR, 16);
            x = x.mul(multiplierHigh).add(addendHigh).add(xs).lanewise(ASHR, shift);
            y = y.mul(multiplierHigh).add(addendHigh).add(ys).lanewise(ASHR, shift);
            x = x.max(lowest).min(highest);
            y = y.max(lowest).min(highest);
            x.and(0xffff).or(y.lanewise(LSHL, 16)).intoArray(wide, i);
        }
    }

    @Override
    public void requantize(
            int[] low, int[] high, int count, WideScaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int c = 0; c < channels; c += LANES) {
            requantize(low, high, c, channels, count * channels, by, least, most, wide);
        }
    }

    /** The digits of a product by hand, as {@link WideScaling} says, once for each image. */
    private static void requantize(
            int[] low,
            int[] high,
            int c,
            int channels,
            int end,
            WideScaling by,
            int least,
            int most,
            int[] wide) {
        var m1 = IntVector.fromArray(INTS, by.high(), c);
        var m0 = IntVector.fromArray(INTS, by.low(), c);
        var a2 = IntVector.fromArray(INTS, by.addendHigh(), c);
        var a1 = IntVector.fromArray(INTS, by.addendMiddle(), c);
        var a0 = IntVector.fromArray(INTS, by.addendLow(), c);
        var left = IntVector.fromArray(INTS, by.left(), c);
        var right = IntVector.fromArray(INTS, by.right(), c);
        var rest = IntVector.fromArray(INTS, by.rest(), c);
        var lowest = IntVector.broadcast(INTS, least);
        var highest = IntVector.broadcast(INTS, most);
        for (int i = c; i < end; i += channels) {
            var sum = IntVector.fromArray(INTS, low, i);
            var s0 = sum.and(0xffff);
            var s1 = sum.lanewise(ASHR, 16);
            var one = s0.mul(m1).add(s0.mul(m0).add(a0).lanewise(LSHR, 16));
            var other = s1.mul(m0);
            var middle = one.and(0xffff).add(other.and(0xffff)).add(a1);
            var x = s1.mul(m1).add(one.lanewise(LSHR, 16)).add(other.lanewise(ASHR, 16));
            x = x.add(middle.lanewise(ASHR, 16)).add(a2).lanewise(LSHL, left);
            x = x.lanewise(ASHR, right).or(middle.and(0xffff).lanewise(LSHR, rest));
            x = x.max(lowest).min(highest);
            sum = IntVector.fromArray(INTS, high, i);
            s0 = sum.and(0xffff);
            s1 = sum.lanewise(ASHR, 16);
            one = s0.mul(m1).add(s0.mul(m0).add(a0).lanewise(LSHR, 16));
            other = s1.mul(m0);
            middle = one.and(0xffff).add(other.and(0xffff)).add(a1);
            var y = s1.mul(m1).add(one.lanewise(LSHR, 16)).add(other.lanewise(ASHR, 16));
            y = y.add(middle.lanewise(ASHR, 16)).add(a2).lanewise(LSHL, left);
            y = y.lanewise(ASHR, right).or(middle.and(0xffff).lanewise(LSHR, rest));
            y = y.max(lowest).min(highest);
            x.and(0xffff).or(y.lanewise(LSHL, 16)).intoArray(wide, i);
        }
    }

    @Override
    public void requantize(
            int[] low, int[] high, int count, DigitScaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int c = 0; c < channels; c += LANES) {
            requantize(low, high, c, channels, count * channels, by, least, most, wide);
        }
    }

    private static void requantize(
            int[] low,
            int[] high,
            int c,
            int channels,
            int end,
            DigitScaling by,
            int least,
            int most,
            int[] wide) {
        int digit = by.digit();
        var m2 = IntVector.fromArray(INTS, by.high(), c);
        var m1 = IntVector.fromArray(INTS, by.middle(), c);
        var m0 = IntVector.fromArray(INTS, by.low(), c);
        var a2 = IntVector.fromArray(INTS, by.addendHigh(), c);
        var a1 = IntVector.fromArray(INTS, by.addendMiddle(), c);
        var a0 = IntVector.fromArray(INTS, by.addendLow(), c);
        var shift = IntVector.fromArray(INTS, by.shift(), c);
        var lowest = IntVector.broadcast(INTS, least);
        var highest = IntVector.broadcast(INTS, most);
        for (int i = c; i < end; i += channels) {
            var sum = IntVector.fromArray(INTS, low, i);
            var x = sum.mul(m0).add(a0).lanewise(ASHR, digit);
            x = sum.mul(m1).add(a1).add(x).lanewise(ASHR, digit);
            x = sum.mul(m2).add(a2).add(x).lanewise(ASHR, shift).max(lowest).min(highest);
            sum = IntVector.fromArray(INTS, high, i);
            var y = sum.mul(m0).add(a0).lanewise(ASHR, digit);
            y = sum.mul(m1).add(a1).add(y).lanewise(ASHR, digit);
            y = sum.mul(m2).add(a2).add(y).lanewise(ASHR, shift).max(lowest).min(highest);
            x.and(0xffff).or(y.lanewise(LSHL, 16)).intoArray(wide, i);
        }
    }

    @Override
    public void add(
            int[] a,
            int fromA,
            int factorA,
            int[] b,
            int fromB,
            int factorB,
            int addend,
            int shift,
            int least,
            int most,
            int[] to,
            int fromTo,
            int length) {
        int whole = INTS.loopBound(length);
        var lowest = IntVector.broadcast(INTS, least);
        var highest = IntVector.broadcast(INTS, most);
        for (int i = 0; i < whole; i += LANES) {
            var x = IntVector.fromArray(INTS, a, fromA + i);
            var y = IntVector.fromArray(INTS, b, fromB + i);
            var high = x.lanewise(ASHR, 16).mul(factorA).add(y.lanewise(ASHR, 16).mul(factorB));
            x = x.lanewise(LSHL, 16).lanewise(ASHR, 16);
            y = y.lanewise(LSHL, 16).lanewise(ASHR, 16);
            var low = x.mul(factorA).add(y.mul(factorB));
            low = low.add(addend).lanewise(ASHR, shift).max(lowest).min(highest);
            high = high.add(addend).lanewise(ASHR, shift).max(lowest).min(highest);
            low.and(0xffff).or(high.lanewise(LSHL, 16)).intoArray(to, fromTo + i);
        }
        rest.add(
                a,
                fromA + whole,
                factorA,
                b,
                fromB + whole,
                factorB,
                addend,
                shift,
                least,
                most,
                to,
                fromTo + whole,
                length - whole);
    }

    @Override
    public void clamp(int[] wide, int from, int length, int least, int most) {
        int whole = INTS.loopBound(length);
        for (int i = from; i < from + whole; i += LANES) {
            IntVector.fromArray(INTS, wide, i)
                    .reinterpretAsShorts()
                    .max((short) least)
                    .min((short) most)
                    .reinterpretAsInts()
                    .intoArray(wide, i);
        }
        rest.clamp(wide, from + whole, length - whole, least, most);
    }

    @Override
    public void max(int[] a, int fromA, int[] b, int fromB, int length) {
        int whole = INTS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            var x = IntVector.fromArray(INTS, a, fromA + i).reinterpretAsShorts();
            var y = IntVector.fromArray(INTS, b, fromB + i).reinterpretAsShorts();
            x.max(y).reinterpretAsInts().intoArray(a, fromA + i);
        }
        rest.max(a, fromA + whole, b, fromB + whole, length - whole);
    }

    @Override
    public void encode(int[] wide, int from, int length, Encoder by, int[] codes, int to) {
        int whole = 0;
        if (by instanceof Encoder.Rounded rounded) {
            whole = INTS.loopBound(length);
            encode(wide, from, whole, rounded, codes, to);
        } else if (by instanceof Encoder.Even even) {
            whole = INTS.loopBound(length);
            encode(wide, from, whole, even, codes, to);
        } else if (by instanceof Encoder.Uneven uneven) {
            whole = INTS.loopBound(length);
            encode(wide, from, whole, uneven, codes, to);
        }
        rest.encode(wide, from + whole, length - whole, by, codes, to + whole);
    }

    private static void encode(
            int[] wide, int from, int length, Encoder.Rounded by, int[] codes, int to) {
        var factor = FloatVector.broadcast(FLOATS, by.factor());
        var magic = FloatVector.broadcast(FLOATS, FloatProducts.MAGIC);
        for (int i = 0; i < length; i += LANES) {
            var pair = IntVector.fromArray(INTS, wide, from + i);
            var low = (FloatVector) pair.lanewise(LSHL, 16).lanewise(ASHR, 16).castShape(FLOATS, 0);
            var high = (FloatVector) pair.lanewise(ASHR, 16).castShape(FLOATS, 0);
            var x = low.fma(factor, magic).reinterpretAsInts();
            var y = high.fma(factor, magic).reinterpretAsInts();
            x.and(0xffff)
                    .or(y.lanewise(LSHL, 16))
                    .reinterpretAsShorts()
                    .max((short) by.least())
                    .min((short) by.most())
                    .reinterpretAsInts()
                    .intoArray(codes, to + i);
        }
    }

    private static void encode(
            int[] wide, int from, int length, Encoder.Even by, int[] codes, int to) {
        int high = by.high();
        int low = by.low();
        int addendHigh = by.addendHigh();
        int addendLow = by.addendLow();
        int shift = by.shift();
        var lowest = IntVector.broadcast(INTS, by.least());
        var highest = IntVector.broadcast(INTS, by.most());
        for (int i = 0; i < length; i += LANES) {
            var pair = IntVector.fromArray(INTS, wide, from + i);
            var x = pair.lanewise(LSHL, 16).lanewise(ASHR, 16);
            var y = pair.lanewise(ASHR, 16);
            var xs = x.mul(low).add(addendLow).lanewise(ASHR, 16);
            var ys = y.mul(low).add(addendLow).lanewise(ASHR, 16);
            x = x.mul(high).add(addendHigh).add(xs).lanewise(ASHR, shift);
            y = y.mul(high).add(addendHigh).add(ys).lanewise(ASHR, shift);
            x = x.max(lowest).min(highest);
            y = y.max(lowest).min(highest);
            x.and(0xffff).or(y.lanewise(LSHL, 16)).intoArray(codes, to + i);
        }
    }

    private static void encode(
            int[] wide, int from, int length, Encoder.Uneven by, int[] codes, int to) {
        for (int i = 0; i < length; i += LANES) {
            var x = IntVector.fromArray(INTS, wide, from + i).reinterpretAsShorts();
            var level = ShortVector.broadcast(SHORTS, by.lowest());
            for (int t = 0; t < by.count(); t++) {
                var reached = x.compare(GE, by.threshold(t));
                level = level.add(by.step(t), reached);
            }
            level.reinterpretAsInts().intoArray(codes, to + i);
        }
    }

    @Override
    public void split(int[] codes, int from, int length, float[] numbers, int low, int high) {
        int whole = INTS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            var pair = IntVector.fromArray(INTS, codes, from + i);
            ((FloatVector) pair.lanewise(LSHL, 16).lanewise(ASHR, 16).castShape(FLOATS, 0))
                    .intoArray(numbers, low + i);
            ((FloatVector) pair.lanewise(ASHR, 16).castShape(FLOATS, 0))
                    .intoArray(numbers, high + i);
        }
        rest.split(codes, from + whole, length - whole, numbers, low + whole, high + whole);
    }
}
