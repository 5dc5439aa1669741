package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * The integer form of every operation that is not a layer: a class for each, which holds the
 * constants and says what they mean.
 */
public final class Steps {

    private Steps() {}

    /** A number that does not depend on the image. */
    public static final class Constant implements Step {
        private final int[] values;

        Constant(int[] values) {
            this.values = values;
        }

        public int[] values() {
            return values.clone();
        }

        @Override
        public int[][] run(int[][][] inputs, LongAdder overflows) {
            // There is no input to take the number of images from: the network repeats it.
            return new int[][] {values};
        }
    }

    /** Each element held between two limits. */
    public static final class Clamp implements Step.OfImage {
        private final int low;
        private final int high;

        Clamp(int low, int high) {
            this.low = low;
            this.high = high;
        }

        public int low() {
            return low;
        }

        public int high() {
            return high;
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = inputs[0].clone();
            for (int i = 0; i < result.length; i++) {
                result[i] = Math.max(low, Math.min(high, result[i]));
            }
            return result;
        }
    }

    /** A function of each element, as a table of all 65,536 arguments. */
    public static final class Lookup implements Step.OfImage {
        private final int[] table;

        Lookup(int[] table) {
            this.table = table;
        }

        /** The results, from that of -32768 up. */
        public int[] table() {
            return table.clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = new int[inputs[0].length];
            for (int i = 0; i < result.length; i++) {
                result[i] = table[inputs[0][i] - Wide.MIN];
            }
            return result;
        }
    }

    /** A function of each element; held between limits where that is all it does. */
    static Step.OfImage pointwise(Function function, double inputScale, double outputScale) {
        return inputScale == outputScale && clamp(function)
                ? new Clamp(
                        Wide.of(function.apply(Float.NEGATIVE_INFINITY), inputScale),
                        Wide.of(function.apply(Float.POSITIVE_INFINITY), inputScale))
                : new Lookup(
                        Wide.table(
                                x ->
                                        Wide.of(
                                                function.apply((float) (x * inputScale)),
                                                outputScale)));
    }

    /**
     * True for functions that do nothing but hold a number between limits, and so keep its scale.
     */
    static boolean clamp(Function function) {
        return function instanceof Function.Relu || function instanceof Function.Clip;
    }

    /** A sum of tensors, each times a multiplier, then shifted and rounded once. */
    public static final class Sum implements Step.OfImage {
        private final int[][] maps;
        private final long[] multipliers;
        private final int shift;
        private final Rounding rounding;
        private final int size;

        Sum(int[][] maps, long[] multipliers, int shift, Rounding rounding, int size) {
            this.maps = maps;
            this.multipliers = multipliers;
            this.shift = shift;
            this.rounding = rounding;
            this.size = size;
        }

        /** One for each input. */
        public long[] multipliers() {
            return multipliers.clone();
        }

        public int shift() {
            return shift;
        }

        /** What the shift does with the bits it drops. */
        public Rounding rounding() {
            return rounding;
        }

        /** Which element of an input each element of the result takes. */
        int[] places(int input) {
            return maps[input] == null ? IntStream.range(0, size).toArray() : maps[input];
        }

        /** True if no input is broadcast. */
        boolean even() {
            return Arrays.stream(maps).allMatch(map -> map == null);
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = new int[size];
            for (int i = 0; i < size; i++) {
                long sum = 0;
                for (int input = 0; input < inputs.length; input++) {
                    int at = maps[input] == null ? i : maps[input][i];
                    sum += inputs[input][at] * multipliers[input];
                }
                result[i] = Wide.saturate(rounding.shift(sum, shift));
            }
            return result;
        }
    }

    /** A sum of tensors, each brought to the scale of the result in fixed point. */
    static Sum add(
            Shape shape,
            List<Shape> inputs,
            double[] scales,
            double outputScale,
            Datapath datapath) {
        int[][] maps = inputs.stream().map(input -> broadcast(input, shape)).toArray(int[][]::new);
        // One shift for all, so that the sum is rounded once. What a factor's own bits are was
        // settled when it was held; to bring products to one place takes wires.
        double largest = Arrays.stream(scales).max().orElseThrow() / outputScale;
        var by = datapath.requantizer();
        int bits = by instanceof Requantizer.Multiplier ? 31 : 30;
        int shift = Math.max(1, Math.min(30, bits - 1 - Math.getExponent(largest)));
        long[] multipliers =
                Arrays.stream(scales)
                        .mapToLong(
                                scale ->
                                        Math.round(
                                                Math.scalb(
                                                        FixedPoint.held(scale / outputScale, by),
                                                        shift)))
                        .toArray();
        return new Sum(maps, multipliers, shift, datapath.rounding(), shape.size());
    }

    /** Each channel times a number, plus a number. */
    public static final class Affine implements Step.OfImage {
        private final FixedPoint[] factors;
        private final int[] signs;
        private final long[] addends;
        private final int plane;

        Affine(FixedPoint[] factors, int[] signs, long[] addends, int plane) {
            this.factors = factors;
            this.signs = signs;
            this.addends = addends;
            this.plane = plane;
        }

        /** The magnitude of each channel's number. */
        public List<FixedPoint> factors() {
            return List.of(factors);
        }

        /** 1 or -1 for each channel. */
        public int[] signs() {
            return signs.clone();
        }

        /** What is added to the product of each channel, before it is shifted. */
        public long[] addends() {
            return addends.clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = new int[inputs[0].length];
            for (int i = 0; i < result.length; i++) {
                int channel = i / plane;
                result[i] =
                        Wide.saturate(
                                factors[channel].apply(
                                        (long) signs[channel] * inputs[0][i], addends[channel]));
            }
            return result;
        }
    }

    /**
     * A batch normalization that could not be folded into a layer: each channel times a number,
     * plus a number.
     */
    static Step.OfImage normalise(
            Operation.BatchNormalization operation,
            Shape shape,
            double inputScale,
            double outputScale,
            Datapath datapath) {
        int channels = shape.extent(0);
        int plane = shape.size() / channels;
        var factors = new FixedPoint[channels];
        var signs = new int[channels];
        var addends = new long[channels];
        for (int channel = 0; channel < channels; channel++) {
            double slope =
                    operation.scale().at(channel)
                            / Math.sqrt(
                                    (double) operation.variance().at(channel)
                                            + operation.epsilon());
            double offset = operation.shift().at(channel) - slope * operation.mean().at(channel);
            signs[channel] = slope < 0 ? -1 : 1;
            factors[channel] =
                    FixedPoint.of(Math.abs(slope) * inputScale / outputScale, datapath, 1 << 15);
            addends[channel] = factors[channel].addend(offset / outputScale);
        }
        return new Affine(factors, signs, addends, plane);
    }

    /** A product of two tensors, scaled. */
    public static final class Product implements Step.OfImage {
        private final int[] first;
        private final int[] second;
        private final FixedPoint scale;
        private final int size;

        Product(int[] first, int[] second, FixedPoint scale, int size) {
            this.first = first;
            this.second = second;
            this.scale = scale;
            this.size = size;
        }

        public FixedPoint scale() {
            return scale;
        }

        /** Which element of an input, 0 or 1, each element of the result takes. */
        int[] places(int input) {
            int[] map = input == 0 ? first : second;
            return map == null ? IntStream.range(0, size).toArray() : map;
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = new int[size];
            for (int i = 0; i < size; i++) {
                long product =
                        (long) inputs[0][first == null ? i : first[i]]
                                * inputs[1][second == null ? i : second[i]];
                result[i] = Wide.saturate(scale.apply(product));
            }
            return result;
        }
    }

    /** A product of two tensors. */
    static Step.OfImage multiply(
            Shape shape, List<Shape> inputs, double factor, Datapath datapath) {
        return new Product(
                broadcast(inputs.get(0), shape),
                broadcast(inputs.get(1), shape),
                FixedPoint.of(factor, datapath, 1L << 30),
                shape.size());
    }

    /**
     * For each element of the result, the element of a broadcast input; null if they are the same.
     */
    static int[] broadcast(Shape input, Shape result) {
        if (input.equals(result)) {
            return null;
        }
        int rank = result.rank();
        int[] stride = new int[rank];
        int step = 1;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            stride[axis + rank - input.rank()] = input.extent(axis) == 1 ? 0 : step;
            step *= input.extent(axis);
        }
        return indices(result, stride, 0);
    }

    /** {@code base + sum of coordinate x stride} for each element of a shape. */
    private static int[] indices(Shape shape, int[] stride, int base) {
        var indices = new int[shape.size()];
        var coordinate = new int[shape.rank()];
        for (int i = 0; i < indices.length; i++) {
            int at = base;
            for (int axis = 0; axis < coordinate.length; axis++) {
                at += coordinate[axis] * stride[axis];
            }
            indices[i] = at;
            for (int axis = coordinate.length - 1;
                    axis >= 0 && ++coordinate[axis] == shape.extent(axis);
                    axis--) {
                coordinate[axis] = 0;
            }
        }
        return indices;
    }

    private static int[] strides(Shape shape) {
        var strides = new int[shape.rank()];
        int step = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape.extent(axis);
        }
        return strides;
    }

    /** The same elements in another shape. */
    public static final class Same implements Step.OfImage {
        @Override
        public int[] runImage(int[][] inputs) {
            return inputs[0];
        }
    }

    static Step.OfImage reshape() {
        return new Same();
    }

    /** Some elements, in some order. */
    public static final class Pick implements Step.OfImage {
        private final int[] from;

        Pick(int[] from) {
            this.from = from;
        }

        /** Where in the input each element of the result lies. */
        public int[] from() {
            return from.clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var result = new int[from.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = inputs[0][from[i]];
            }
            return result;
        }
    }

    static Step.OfImage transpose(Operation.Transpose operation, Shape input, Shape result) {
        int[] from = strides(input);
        int[] stride = operation.order().stream().mapToInt(axis -> from[axis]).toArray();
        return new Pick(indices(result, stride, 0));
    }

    static Step.OfImage slice(Operation.Slice operation, Shape input, Shape result) {
        int[] from = strides(input);
        int base = 0;
        var stride = new int[from.length];
        for (int axis = 0; axis < from.length; axis++) {
            base += operation.start().get(axis) * from[axis];
            stride[axis] = operation.step().get(axis) * from[axis];
        }
        return new Pick(indices(result, stride, base));
    }

    /** A tensor inside a border. */
    public static final class Border implements Step.OfImage {
        private final int[] to;
        private final int size;
        private final int value;

        Border(int[] to, int size, int value) {
            this.to = to;
            this.size = size;
            this.value = value;
        }

        /** What the border is made of. */
        public int value() {
            return value;
        }

        /** Where in the result each element of the input goes. */
        public int[] to() {
            return to.clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var padded = new int[size];
            Arrays.fill(padded, value);
            for (int i = 0; i < to.length; i++) {
                padded[to[i]] = inputs[0][i];
            }
            return padded;
        }
    }

    static Step.OfImage pad(Operation.Pad operation, Shape input, Shape result, double scale) {
        int[] to = strides(result);
        int base = 0;
        for (int axis = 0; axis < to.length; axis++) {
            base += operation.before().get(axis) * to[axis];
        }
        return new Border(
                indices(input, to, base), result.size(), Wide.of(operation.value(), scale));
    }

    /** Tensors side by side, each brought to the scale of the result. */
    public static final class Join implements Step.OfImage {
        private final int[][] to;
        private final FixedPoint[] factors; // null where the scale stays
        private final int size;

        Join(int[][] to, FixedPoint[] factors, int size) {
            this.to = to;
            this.factors = factors;
            this.size = size;
        }

        /** What the elements of an input are multiplied by; empty if they stay as they are. */
        public Optional<FixedPoint> factor(int input) {
            return Optional.ofNullable(factors[input]);
        }

        /** Where in the result each element of an input goes. */
        public int[] to(int input) {
            return to[input].clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var joined = new int[size];
            for (int input = 0; input < to.length; input++) {
                for (int i = 0; i < to[input].length; i++) {
                    int x = inputs[input][i];
                    joined[to[input][i]] =
                            factors[input] == null ? x : Wide.saturate(factors[input].apply(x));
                }
            }
            return joined;
        }
    }

    /** Inputs side by side, each brought to the scale of the result. */
    static Step.OfImage concat(
            int axis,
            List<Shape> inputs,
            Shape result,
            double[] scales,
            double outputScale,
            Datapath datapath) {
        int[] to = strides(result);
        var maps = new int[inputs.size()][];
        var factors = new FixedPoint[inputs.size()];
        int before = 0;
        for (int input = 0; input < maps.length; input++) {
            maps[input] = indices(inputs.get(input), to, before * to[axis]);
            before += inputs.get(input).extent(axis);
            factors[input] =
                    scales[input] == outputScale
                            ? null
                            : FixedPoint.of(scales[input] / outputScale, datapath, 1 << 15);
        }
        return new Join(maps, factors, result.size());
    }

    /** The largest of each window; the scale stays, and padding never wins. */
    public static final class Largest implements Step.OfImage {
        private final Window window;
        private final Shape input;
        private final Shape result;

        Largest(Window window, Shape input, Shape result) {
            this.window = window;
            this.input = input;
            this.result = result;
        }

        public Window window() {
            return window;
        }

        /** Every pixel of the result with every pixel of the input that its window holds. */
        void places(Pairing pairing) {
            var plane = Shape.of(1, input.extent(1), input.extent(2));
            overWindows(
                    window,
                    plane,
                    Shape.of(1, result.extent(1), result.extent(2)),
                    (to, from, count) -> {
                        for (int i = 0; i < count; i++) {
                            pairing.accept(to, from[i]);
                        }
                    });
        }

        interface Pairing {
            void accept(int result, int input);
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var pooled = new int[result.size()];
            overWindows(
                    window,
                    input,
                    result,
                    (to, from, count) -> {
                        int largest = Wide.MIN;
                        for (int i = 0; i < count; i++) {
                            largest = Math.max(largest, inputs[0][from[i]]);
                        }
                        pooled[to] = largest;
                    });
            return pooled;
        }
    }

    static Step.OfImage maxPool(Window window, Shape input, Shape result) {
        return new Largest(window, input, result);
    }

    /** The mean of each window: an integer sum times the scaled reciprocal of its count. */
    public static final class WindowMean implements Step.OfImage {
        private final Operation.AveragePool operation;
        private final Shape input;
        private final Shape result;
        private final FixedPoint[] byCount; // from 1 up

        WindowMean(
                Operation.AveragePool operation, Shape input, Shape result, FixedPoint[] byCount) {
            this.operation = operation;
            this.input = input;
            this.result = result;
            this.byCount = byCount;
        }

        public Operation.AveragePool operation() {
            return operation;
        }

        /** What a sum of so many elements, 1 or more, is multiplied by. */
        public FixedPoint byCount(int count) {
            return byCount[count];
        }

        /** By how many elements the sum of a pixel counts, where the window holds so many. */
        public int divisor(int pixel, int held) {
            if (!operation.countPadding()) {
                return held;
            }
            // Padding counts, but not what a ceiling adds beyond it.
            var window = operation.window();
            int paddedHeight = input.extent(1) + window.top() + window.bottom();
            int paddedWidth = input.extent(2) + window.left() + window.right();
            int y = pixel / result.extent(2) * window.strideY();
            int x = pixel % result.extent(2) * window.strideX();
            return taps(window.height(), window.dilationY(), y, paddedHeight)
                    * taps(window.width(), window.dilationX(), x, paddedWidth);
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var pooled = new int[result.size()];
            int plane = result.extent(1) * result.extent(2);
            overWindows(
                    operation.window(),
                    input,
                    result,
                    (to, from, count) -> {
                        long sum = 0;
                        for (int i = 0; i < count; i++) {
                            sum += inputs[0][from[i]];
                        }
                        pooled[to] =
                                count == 0
                                        ? 0
                                        : Wide.saturate(
                                                byCount[divisor(to % plane, count)].apply(sum));
                    });
            return pooled;
        }
    }

    static Step.OfImage averagePool(
            Operation.AveragePool operation,
            Shape input,
            Shape result,
            double factor,
            Datapath datapath) {
        int full = operation.window().height() * operation.window().width();
        var byCount = new FixedPoint[full + 1];
        for (int count = 1; count <= full; count++) {
            byCount[count] = FixedPoint.of(factor / count, datapath, (long) full << 15);
        }
        return new WindowMean(operation, input, result, byCount);
    }

    private static int taps(int size, int dilation, int start, int extent) {
        return Math.min(size, (extent - start + dilation - 1) / dilation);
    }

    private interface WindowBody {
        void accept(int to, int[] from, int count);
    }

    private static void overWindows(Window window, Shape input, Shape result, WindowBody body) {
        int height = input.extent(1);
        int width = input.extent(2);
        var from = new int[window.height() * window.width()];
        int to = 0;
        for (int channel = 0; channel < result.extent(0); channel++) {
            for (int y = 0; y < result.extent(1); y++) {
                for (int x = 0; x < result.extent(2); x++, to++) {
                    int count = 0;
                    for (int dy = 0; dy < window.height(); dy++) {
                        int sourceY = y * window.strideY() - window.top() + dy * window.dilationY();
                        for (int dx = 0; dx < window.width(); dx++) {
                            int sourceX =
                                    x * window.strideX() - window.left() + dx * window.dilationX();
                            if (sourceY >= 0
                                    && sourceY < height
                                    && sourceX >= 0
                                    && sourceX < width) {
                                from[count++] = (channel * height + sourceY) * width + sourceX;
                            }
                        }
                    }
                    body.accept(to, from, count);
                }
            }
        }
    }

    /** The mean over some axes: an integer sum times the scaled reciprocal of its count. */
    public static final class Mean implements Step.OfImage {
        private final int[] to;
        private final FixedPoint scale;
        private final int size;

        Mean(int[] to, FixedPoint scale, int size) {
            this.to = to;
            this.scale = scale;
            this.size = size;
        }

        public FixedPoint scale() {
            return scale;
        }

        /** Which element of the result each element of the input counts for. */
        public int[] to() {
            return to.clone();
        }

        @Override
        public int[] runImage(int[][] inputs) {
            var sums = new long[size];
            for (int i = 0; i < to.length; i++) {
                sums[to[i]] += inputs[0][i];
            }
            return Arrays.stream(sums).mapToInt(sum -> Wide.saturate(scale.apply(sum))).toArray();
        }
    }

    static Step.OfImage mean(
            List<Integer> axes, Shape input, Shape result, double factor, Datapath datapath) {
        int count = input.size() / result.size();
        // Kept axes have the stride they have in the result; the others none.
        var stride = new int[input.rank()];
        int step = 1;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            if (!axes.contains(axis)) {
                stride[axis] = step;
                step *= input.extent(axis);
            }
        }
        return new Mean(
                indices(input, stride, 0),
                FixedPoint.of(factor / count, datapath, (long) count << 15),
                result.size());
    }
}
