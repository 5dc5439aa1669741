package org.dyadic.network.internal.onnx;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;

/**
 * A tensor whose numbers are known when the file is read: weights, shapes, indices. Its axes are
 * those of ONNX. Either real (single precision) or whole (64 bits; truth values are 0 and 1). One
 * value everywhere takes no memory. Immutable.
 */
final class Constant {

    private final int[] dims;
    private final int size;
    private final boolean whole;
    private final float[] reals;
    private final long[] wholes;
    private final double fill;

    private Constant(int[] dims, boolean whole, float[] reals, long[] wholes, double fill) {
        this.dims = dims;
        this.size = Dims.size(dims);
        this.whole = whole;
        this.reals = reals;
        this.wholes = wholes;
        this.fill = fill;
    }

    static Constant reals(int[] dims, float... data) {
        requireSize(dims, data.length);
        return new Constant(dims, false, data, null, 0);
    }

    static Constant wholes(int[] dims, long... data) {
        requireSize(dims, data.length);
        return new Constant(dims, true, null, data, 0);
    }

    /** Whole numbers along one axis. */
    static Constant vector(long... data) {
        return wholes(new int[] {data.length}, data);
    }

    static Constant filled(int[] dims, boolean whole, double value) {
        return new Constant(dims, whole, null, null, value);
    }

    private static void requireSize(int[] dims, int length) {
        if (Dims.size(dims) != length) {
            throw new IllegalArgumentException(
                    Dims.format(dims) + " does not hold " + length + " numbers");
        }
    }

    int[] dims() {
        return dims.clone();
    }

    int rank() {
        return dims.length;
    }

    int size() {
        return size;
    }

    boolean isWhole() {
        return whole;
    }

    /** True if one value everywhere is all there is in memory. */
    boolean isFilled() {
        return reals == null && wholes == null;
    }

    float real(int index) {
        return (float) number(index);
    }

    long whole(int index) {
        return wholes == null ? (long) number(index) : wholes[index];
    }

    double number(int index) {
        if (reals != null) {
            return reals[index];
        }
        return wholes != null ? wholes[index] : fill;
    }

    long[] toWholes() {
        var all = new long[size];
        for (int i = 0; i < size; i++) {
            all[i] = whole(i);
        }
        return all;
    }

    /** True if every number is finite. */
    boolean isFinite() {
        if (reals == null) {
            return Double.isFinite(fill);
        }
        for (float real : reals) {
            if (!Float.isFinite(real)) {
                return false;
            }
        }
        return true;
    }

    /** The same numbers in other dimensions of equal size. */
    Constant in(int... other) {
        if (Dims.size(other) != size) {
            throw new IllegalArgumentException(
                    Dims.format(dims) + " cannot become " + Dims.format(other));
        }
        return new Constant(other, whole, reals, wholes, fill);
    }

    /** The same numbers as real ones or as whole ones, cut towards zero. */
    Constant as(boolean wanted) {
        if (wanted == whole) {
            return this;
        }
        return wanted ? map(true, x -> x < 0 ? Math.ceil(x) : Math.floor(x)) : map(false, x -> x);
    }

    /** A function of each number; if {@code toWhole}, its results are whole. */
    Constant map(boolean toWhole, DoubleUnaryOperator function) {
        if (isFilled()) {
            return filled(dims, toWhole, function.applyAsDouble(fill));
        }
        if (toWhole) {
            var data = new long[size];
            Arrays.setAll(data, i -> (long) function.applyAsDouble(number(i)));
            return new Constant(dims, true, null, data, 0);
        }
        var data = new float[size];
        for (int i = 0; i < size; i++) {
            data[i] = (float) function.applyAsDouble(number(i));
        }
        return new Constant(dims, false, data, null, 0);
    }

    /** The numbers at the given row-major indices, in dimensions of their own. */
    Constant gather(int[] into, Dims.Index index) {
        if (isFilled()) {
            return filled(into, whole, fill);
        }
        int count = Dims.size(into);
        if (whole) {
            var data = new long[count];
            Arrays.setAll(data, i -> wholes[index.of(i)]);
            return new Constant(into, true, null, data, 0);
        }
        var data = new float[count];
        for (int i = 0; i < count; i++) {
            data[i] = reals[index.of(i)];
        }
        return new Constant(into, false, data, null, 0);
    }

    /** The numbers as a tensor of the graph; none of the dimensions may be zero. */
    Tensor toTensor(Shape shape) {
        if (isFilled()) {
            return Tensor.filled(shape, (float) fill);
        }
        return Tensor.of(shape, reals == null ? as(false).reals : reals);
    }

    Tensor toTensor() {
        return toTensor(Shape.of(dims));
    }
}
