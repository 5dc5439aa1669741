package org.dyadic.api.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The extents of one image's tensor, without the batch: channels, height, width, or features. */
public record Shape(List<Integer> extents) {

    public Shape {
        extents = List.copyOf(extents);
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("extents must be positive, was " + extents);
            }
        }
    }

    /** A shape of these extents; without any, that of a single number. */
    public static Shape of(int... extents) {
        return new Shape(Arrays.stream(extents).boxed().toList());
    }

    /** The number of axes. */
    public int rank() {
        return extents.size();
    }

    /** The extent of an axis; a negative axis counts from the last. */
    public int extent(int axis) {
        return extents.get(axis < 0 ? axis + rank() : axis);
    }

    /** The number of elements, at most 2147483647: more throw. */
    public int size() {
        long size = elements();
        if (size > Integer.MAX_VALUE) {
            throw new ArithmeticException(this + " is more than 2147483647 elements");
        }
        return (int) size;
    }

    /** The number of elements; more than a long holds throw. */
    public long elements() {
        long elements = 1;
        for (int extent : extents) {
            elements = Math.multiplyExact(elements, extent);
        }
        return elements;
    }

    /** {@code 3 x 32 x 32}. */
    @Override
    public String toString() {
        return extents.isEmpty()
                ? "scalar"
                : extents.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
