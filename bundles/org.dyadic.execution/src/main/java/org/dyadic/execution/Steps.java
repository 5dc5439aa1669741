package org.dyadic.execution;

import java.util.Arrays;
import java.util.List;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/** The integer form of every operation that is not a layer. */
final class Steps {

    private Steps() {}

    /** A function of each element as a table; held between limits where that is all it does. */
    static Step.OfImage pointwise(Function function, double inputScale, double outputScale) {
        if (inputScale == outputScale && clamp(function)) {
            int low = Wide.of(function.apply(Float.NEGATIVE_INFINITY), inputScale);
            int high = Wide.of(function.apply(Float.POSITIVE_INFINITY), inputScale);
            return inputs -> {
                var result = inputs[0].clone();
                for (int i = 0; i < result.length; i++) {
                    result[i] = Math.max(low, Math.min(high, result[i]));
                }
                return result;
            };
        }
        int[] table =
                Wide.table(x -> Wide.of(function.apply((float) (x * inputScale)), outputScale));
        return inputs -> {
            var result = new int[inputs[0].length];
            for (int i = 0; i < result.length; i++) {
                result[i] = table[inputs[0][i] - Wide.MIN];
            }
            return result;
        };
    }

    /**
     * True for functions that do nothing but hold a number between limits, and so keep its scale.
     */
    static boolean clamp(Function function) {
        return function instanceof Function.Relu || function instanceof Function.Clip;
    }

    /** A sum of tensors, each brought to the scale of the result in fixed point. */
    static Step.OfImage add(
            Shape shape, List<Shape> inputs, double[] scales, double outputScale, Requantizer by) {
        int[][] maps = inputs.stream().map(input -> broadcast(input, shape)).toArray(int[][]::new);
        // One shift for all, so that the sum is rounded once.
        double largest = Arrays.stream(scales).max().orElseThrow() / outputScale;
        int bits = by instanceof Requantizer.Multiplier multiplier ? multiplier.bits() - 1 : 30;
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
        long half = 1L << (shift - 1);
        int size = shape.size();
        return given -> {
            var result = new int[size];
            for (int i = 0; i < size; i++) {
                long sum = half;
                for (int input = 0; input < given.length; input++) {
                    int at = maps[input] == null ? i : maps[input][i];
                    sum += given[input][at] * multipliers[input];
                }
                result[i] = Wide.saturate(sum >> shift);
            }
            return result;
        };
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
            Requantizer by) {
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
                    FixedPoint.of(Math.abs(slope) * inputScale / outputScale, by, 1 << 15);
            addends[channel] = factors[channel].addend(offset / outputScale);
        }
        return inputs -> {
            var result = new int[shape.size()];
            for (int i = 0; i < result.length; i++) {
                var factor = factors[i / plane];
                long product = signs[i / plane] * inputs[0][i] * factor.multiplier();
                result[i] =
                        Wide.saturate(
                                (product + addends[i / plane] + factor.half()) >> factor.shift());
            }
            return result;
        };
    }

    /** A product of two tensors. */
    static Step.OfImage multiply(Shape shape, List<Shape> inputs, double factor, Requantizer by) {
        int[] first = broadcast(inputs.get(0), shape);
        int[] second = broadcast(inputs.get(1), shape);
        var scale = FixedPoint.of(factor, by, 1L << 30);
        int size = shape.size();
        return given -> {
            var result = new int[size];
            for (int i = 0; i < size; i++) {
                long product =
                        (long) given[0][first == null ? i : first[i]]
                                * given[1][second == null ? i : second[i]];
                result[i] = Wide.saturate(scale.apply(product));
            }
            return result;
        };
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
    static Step.OfImage reshape() {
        return inputs -> inputs[0];
    }

    static Step.OfImage transpose(Operation.Transpose operation, Shape input, Shape result) {
        int[] from = strides(input);
        int[] stride = operation.order().stream().mapToInt(axis -> from[axis]).toArray();
        return pick(indices(result, stride, 0));
    }

    static Step.OfImage slice(Operation.Slice operation, Shape input, Shape result) {
        int[] from = strides(input);
        int base = 0;
        var stride = new int[from.length];
        for (int axis = 0; axis < from.length; axis++) {
            base += operation.start().get(axis) * from[axis];
            stride[axis] = operation.step().get(axis) * from[axis];
        }
        return pick(indices(result, stride, base));
    }

    private static Step.OfImage pick(int[] indices) {
        return inputs -> {
            var result = new int[indices.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = inputs[0][indices[i]];
            }
            return result;
        };
    }

    static Step.OfImage pad(Operation.Pad operation, Shape input, Shape result, double scale) {
        int border = Wide.of(operation.value(), scale);
        int[] to = strides(result);
        int base = 0;
        for (int axis = 0; axis < to.length; axis++) {
            base += operation.before().get(axis) * to[axis];
        }
        int[] indices = indices(input, to, base);
        int size = result.size();
        return inputs -> {
            var padded = new int[size];
            Arrays.fill(padded, border);
            for (int i = 0; i < indices.length; i++) {
                padded[indices[i]] = inputs[0][i];
            }
            return padded;
        };
    }

    /** Inputs side by side, each brought to the scale of the result. */
    static Step.OfImage concat(
            int axis,
            List<Shape> inputs,
            Shape result,
            double[] scales,
            double outputScale,
            Requantizer by) {
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
                            : FixedPoint.of(scales[input] / outputScale, by, 1 << 15);
        }
        int size = result.size();
        return given -> {
            var joined = new int[size];
            for (int input = 0; input < maps.length; input++) {
                for (int i = 0; i < maps[input].length; i++) {
                    int x = given[input][i];
                    joined[maps[input][i]] =
                            factors[input] == null ? x : Wide.saturate(factors[input].apply(x));
                }
            }
            return joined;
        };
    }

    /** The largest of each window; the scale stays, and padding never wins. */
    static Step.OfImage maxPool(Window window, Shape input, Shape result) {
        return inputs -> {
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
        };
    }

    /** The mean of each window: an integer sum times the scaled reciprocal of its count. */
    static Step.OfImage averagePool(
            Operation.AveragePool operation,
            Shape input,
            Shape result,
            double factor,
            Requantizer by) {
        var window = operation.window();
        int full = window.height() * window.width();
        var byCount = new FixedPoint[full + 1];
        for (int count = 1; count <= full; count++) {
            byCount[count] = FixedPoint.of(factor / count, by, (long) full << 15);
        }
        int paddedHeight = input.extent(1) + window.top() + window.bottom();
        int paddedWidth = input.extent(2) + window.left() + window.right();
        return inputs -> {
            var pooled = new int[result.size()];
            int plane = result.extent(1) * result.extent(2);
            overWindows(
                    window,
                    input,
                    result,
                    (to, from, count) -> {
                        long sum = 0;
                        for (int i = 0; i < count; i++) {
                            sum += inputs[0][from[i]];
                        }
                        int divisor = count;
                        if (operation.countPadding()) {
                            // Padding counts, but not what a ceiling adds beyond it.
                            int y = to % plane / result.extent(2) * window.strideY();
                            int x = to % result.extent(2) * window.strideX();
                            divisor =
                                    taps(window.height(), window.dilationY(), y, paddedHeight)
                                            * taps(
                                                    window.width(),
                                                    window.dilationX(),
                                                    x,
                                                    paddedWidth);
                        }
                        pooled[to] = count == 0 ? 0 : Wide.saturate(byCount[divisor].apply(sum));
                    });
            return pooled;
        };
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
    static Step.OfImage mean(
            List<Integer> axes, Shape input, Shape result, double factor, Requantizer by) {
        int count = input.size() / result.size();
        var scale = FixedPoint.of(factor / count, by, (long) count << 15);
        // Kept axes have the stride they have in the result; the others none.
        var stride = new int[input.rank()];
        int step = 1;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            if (!axes.contains(axis)) {
                stride[axis] = step;
                step *= input.extent(axis);
            }
        }
        int[] to = indices(input, stride, 0);
        int size = result.size();
        return inputs -> {
            var sums = new long[size];
            for (int i = 0; i < to.length; i++) {
                sums[to[i]] += inputs[0][i];
            }
            return Arrays.stream(sums).mapToInt(sum -> Wide.saturate(scale.apply(sum))).toArray();
        };
    }
}
