package org.dyadic.kernels.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
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

    // In every loop the vector operations stand as they are, in no methods of our own: C2 inlines
    // those of the library whatever their number, but ours only while the loop is short, and where
    // it
    // does not, each call puts its vectors into objects.

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
            var weight = IntVector.fromArray(INTS, weights, w).lanewise(ASHR, 16);
            lowSum = lowSum.add(code.lanewise(LSHL, 16).lanewise(ASHR, 16).mul(weight));
            highSum = highSum.add(code.lanewise(ASHR, 16).mul(weight));
            w += channels;
        }
        lowSum.intoArray(low, at);
        highSum.intoArray(high, at);
    }

    @Override
    public void widen(int[] sums, int length, int[] low, int[] high) {
        int whole = INTS.loopBound(length);
        var zero = IntVector.zero(INTS);
        for (int i = 0; i < whole; i += LANES) {
            var pair = IntVector.fromArray(INTS, sums, i);
            IntVector.fromArray(INTS, low, i)
                    .add(pair.lanewise(LSHL, 16).lanewise(ASHR, 16))
                    .intoArray(low, i);
            IntVector.fromArray(INTS, high, i).add(pair.lanewise(ASHR, 16)).intoArray(high, i);
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
