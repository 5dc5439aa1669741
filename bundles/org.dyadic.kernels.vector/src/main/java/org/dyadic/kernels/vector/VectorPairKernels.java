package org.dyadic.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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

    private final PairKernels rest = PairKernels.scalar();

    @Override
    public void multiply(
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
        PairProducts.multiply(codes, pixels, first, count, taps, from, to, weights, channels, sums);
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
            int[] sums) {
        FloatProducts.multiply(
                codes, offset, pixels, first, count, taps, from, to, weights, channels, sums);
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
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c += LANES) {
                each(
                        codes,
                        pixels[first + p] + c,
                        taps,
                        weights,
                        c,
                        channels,
                        sums,
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
            int[] sums,
            int at) {
        var sum = ShortVector.zero(SHORTS);
        for (int tap : taps) {
            var code = IntVector.fromArray(INTS, codes, pixel + tap).reinterpretAsShorts();
            var weight = IntVector.fromArray(INTS, weights, w).reinterpretAsShorts();
            sum = sum.add(code.mul(weight));
            w += channels;
        }
        sum.reinterpretAsInts().intoArray(sums, at);
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
            var weight = high(IntVector.fromArray(INTS, weights, w));
            lowSum = lowSum.add(low(code).mul(weight));
            highSum = highSum.add(high(code).mul(weight));
            w += channels;
        }
        lowSum.intoArray(low, at);
        highSum.intoArray(high, at);
    }

    private static IntVector low(IntVector pair) {
        return high(pair.lanewise(VectorOperators.LSHL, 16));
    }

    private static IntVector high(IntVector pair) {
        return pair.lanewise(VectorOperators.ASHR, 16);
    }

    private static IntVector pair(IntVector low, IntVector high) {
        return low.and(0xffff).or(high.lanewise(VectorOperators.LSHL, 16));
    }

    @Override
    public void widen(int[] sums, int length, int[] low, int[] high) {
        int whole = INTS.loopBound(length);
        var zero = IntVector.zero(INTS);
        for (int i = 0; i < whole; i += LANES) {
            var pair = IntVector.fromArray(INTS, sums, i);
            IntVector.fromArray(INTS, low, i).add(low(pair)).intoArray(low, i);
            IntVector.fromArray(INTS, high, i).add(high(pair)).intoArray(high, i);
            zero.intoArray(sums, i);
        }
        for (int i = whole; i < length; i++) {
            low[i] += (short) sums[i];
            high[i] += sums[i] >> 16;
            sums[i] = 0;
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
        for (int i = c; i < end; i += channels) {
            var sum = IntVector.fromArray(INTS, sums, i);
            var x = low(sum);
            var y = high(sum);
            var xs = x.mul(multiplierLow).add(addendLow).lanewise(VectorOperators.ASHR, 16);
            var ys = y.mul(multiplierLow).add(addendLow).lanewise(VectorOperators.ASHR, 16);
            x = x.mul(multiplierHigh).add(addendHigh).add(xs);
            y = y.mul(multiplierHigh).add(addendHigh).add(ys);
            x = x.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            y = y.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            pair(x, y).intoArray(wide, i);
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
        var shift = IntVector.fromArray(INTS, by.shift(), c);
        for (int i = c; i < end; i += channels) {
            var x = scaled(IntVector.fromArray(INTS, low, i), m1, m0, a2, a1, a0);
            var y = scaled(IntVector.fromArray(INTS, high, i), m1, m0, a2, a1, a0);
            x = x.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            y = y.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            pair(x, y).intoArray(wide, i);
        }
    }

    /** The product and the addend, less their lowest 32 bits. */
    private static IntVector scaled(
            IntVector sum, IntVector m1, IntVector m0, IntVector a2, IntVector a1, IntVector a0) {
        var s0 = sum.and(0xffff);
        var s1 = high(sum);
        var lowest = s0.mul(m0).add(a0).lanewise(VectorOperators.LSHR, 16);
        var one = s0.mul(m1).add(lowest);
        var other = s1.mul(m0);
        var middle = one.and(0xffff).add(other.and(0xffff)).add(a1);
        return s1.mul(m1)
                .add(one.lanewise(VectorOperators.LSHR, 16))
                .add(high(other))
                .add(high(middle))
                .add(a2);
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
        for (int i = 0; i < whole; i += LANES) {
            var x = IntVector.fromArray(INTS, a, fromA + i);
            var y = IntVector.fromArray(INTS, b, fromB + i);
            var low = low(x).mul(factorA).add(low(y).mul(factorB)).add(addend);
            var high = high(x).mul(factorA).add(high(y).mul(factorB)).add(addend);
            low = low.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            high = high.lanewise(VectorOperators.ASHR, shift).max(least).min(most);
            pair(low, high).intoArray(to, fromTo + i);
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
        if (by instanceof Encoder.Even even) {
            whole = INTS.loopBound(length);
            encode(wide, from, whole, even, codes, to);
        } else if (by instanceof Encoder.Uneven uneven) {
            whole = INTS.loopBound(length);
            encode(wide, from, whole, uneven, codes, to);
        }
        rest.encode(wide, from + whole, length - whole, by, codes, to + whole);
    }

    private static void encode(
            int[] wide, int from, int length, Encoder.Even by, int[] codes, int to) {
        int least = by.least();
        int most = by.most();
        for (int i = 0; i < length; i += LANES) {
            var pair = IntVector.fromArray(INTS, wide, from + i);
            var x = low(pair);
            var y = high(pair);
            var xs = x.mul(by.low()).add(by.addendLow()).lanewise(VectorOperators.ASHR, 16);
            var ys = y.mul(by.low()).add(by.addendLow()).lanewise(VectorOperators.ASHR, 16);
            x = x.mul(by.high()).add(by.addendHigh()).add(xs);
            y = y.mul(by.high()).add(by.addendHigh()).add(ys);
            x = x.lanewise(VectorOperators.ASHR, by.shift()).max(least).min(most);
            y = y.lanewise(VectorOperators.ASHR, by.shift()).max(least).min(most);
            pair(x, y).intoArray(codes, to + i);
        }
    }

    private static void encode(
            int[] wide, int from, int length, Encoder.Uneven by, int[] codes, int to) {
        for (int i = 0; i < length; i += LANES) {
            var x = IntVector.fromArray(INTS, wide, from + i).reinterpretAsShorts();
            var level = ShortVector.broadcast(SHORTS, by.lowest());
            for (int t = 0; t < by.count(); t++) {
                var reached = x.compare(VectorOperators.GE, by.threshold(t));
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
            floats(low(pair)).intoArray(numbers, low + i);
            floats(high(pair)).intoArray(numbers, high + i);
        }
        rest.split(codes, from + whole, length - whole, numbers, low + whole, high + whole);
    }

    private static FloatVector floats(IntVector integers) {
        return (FloatVector) integers.castShape(FLOATS, 0);
    }
}
