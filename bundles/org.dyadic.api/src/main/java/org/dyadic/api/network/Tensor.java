package org.dyadic.api.network;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers of a shape in row-major order. Immutable. One value everywhere takes no memory. Equal
 * only to itself: comparing millions of numbers is nobody's intention.
 */
public final class Tensor {

    private final Shape shape;
    private final float[] data;
    private final float fill;

    private Tensor(Shape shape, float[] data, float fill) {
        this.shape = shape;
        this.data = data;
        this.fill = fill;
    }

    /** A tensor of a copy of the numbers. */
    public static Tensor of(Shape shape, float... data) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "a tensor of "
                            + shape
                            + " needs "
                            + shape.size()
                            + " numbers, had "
                            + data.length);
        }
        return new Tensor(shape, data.clone(), 0);
    }

    /** A tensor of one value everywhere. */
    public static Tensor filled(Shape shape, float value) {
        return new Tensor(Objects.requireNonNull(shape, "shape"), null, value);
    }

    /** The extents of the axes. */
    public Shape shape() {
        return shape;
    }

    /** How many numbers there are. */
    public int size() {
        return shape.size();
    }

    /** The number at a row-major index. */
    public float at(int index) {
        return data == null ? filled(index) : data[index];
    }

    private float filled(int index) {
        Objects.checkIndex(index, size());
        return fill;
    }

    /** The numbers in row-major order; a copy. */
    public float[] toArray() {
        if (data != null) {
            return data.clone();
        }
        var all = new float[size()];
        Arrays.fill(all, fill);
        return all;
    }

    /** The same numbers in another shape of equal size. */
    public Tensor reshaped(Shape other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException(shape + " cannot become " + other);
        }
        return new Tensor(other, data, fill);
    }
}
