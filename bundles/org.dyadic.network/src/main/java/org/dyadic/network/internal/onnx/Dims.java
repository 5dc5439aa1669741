package org.dyadic.network.internal.onnx;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Arithmetic on the dimensions of ONNX tensors, which may be zero and include the batch. */
final class Dims {

    /** Where an element of one tensor lies in another. */
    @FunctionalInterface
    interface Index {
        int of(int element);
    }

    /** No exporter writes more axes; what has more is damaged. */
    static final int MAX_RANK = 16;

    private Dims() {}

    /** The number of elements; throws if it does not fit an int. */
    static int size(int... dims) {
        return Math.toIntExact(count(dims));
    }

    /** The number of elements, or {@link Long#MAX_VALUE} if it does not fit a long. */
    static long count(int... dims) {
        long count = 1;
        for (int dim : dims) {
            if (dim == 0) {
                return 0;
            }
        }
        for (int dim : dims) {
            if (count > Long.MAX_VALUE / dim) {
                return Long.MAX_VALUE;
            }
            count *= dim;
        }
        return count;
    }

    /** {@code 1 x 3 x 32 x 32}; only the first if there are senselessly many. */
    static String format(int... dims) {
        return dims.length == 0 ? "scalar" : join(" x ", Arrays.stream(dims).asLongStream());
    }

    /** {@code [1, 3, 32, 32]}; only the first if there are senselessly many. */
    static String list(long... numbers) {
        return "[" + join(", ", Arrays.stream(numbers)) + "]";
    }

    private static String join(String separator, LongStream numbers) {
        var shown = numbers.limit(MAX_RANK + 1).mapToObj(String::valueOf).toList();
        return shown.size() <= MAX_RANK
                ? String.join(separator, shown)
                : String.join(separator, shown.subList(0, MAX_RANK)) + separator + "...";
    }

    /** Elements from one step of an axis to the next. */
    static int[] strides(int... dims) {
        var strides = new int[dims.length];
        int stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, dims[axis]);
        }
        return strides;
    }

    /**
     * Walks a tensor of {@code dims}: an element at coordinates c lies at {@code start + sum of
     * steps[i] c[i]}.
     */
    static Index walk(int[] dims, int start, int[] steps) {
        var strides = strides(dims);
        return element -> {
            int at = start;
            for (int axis = 0; axis < dims.length; axis++) {
                at += element / strides[axis] % dims[axis] * steps[axis];
            }
            return at;
        };
    }

    /** The dimensions that two tensors broadcast to, or null if they do not. */
    static int[] broadcast(int[] a, int[] b) {
        var result = new int[Math.max(a.length, b.length)];
        for (int i = 1; i <= result.length; i++) {
            int left = i <= a.length ? a[a.length - i] : 1;
            int right = i <= b.length ? b[b.length - i] : 1;
            if (left != right && left != 1 && right != 1) {
                return null;
            }
            result[result.length - i] = left == 1 ? right : left;
        }
        return result;
    }

    /** Where an element of a broadcast result lies in an operand. */
    static Index broadcasting(int[] operand, int[] result) {
        var steps = new int[result.length];
        var strides = strides(operand);
        for (int axis = 0; axis < operand.length; axis++) {
            steps[result.length - operand.length + axis] = operand[axis] == 1 ? 0 : strides[axis];
        }
        return walk(result, 0, steps);
    }
}
