package org.dyadic.network.internal.execution;

import org.dyadic.api.network.Shape;

/**
 * Visits the elements of a shape in row-major order, each with its place in another array: {@code
 * start} plus {@code steps[axis]} for every step along an axis.
 */
final class Walk {

    /** What is done with each element. */
    @FunctionalInterface
    interface Visitor {
        void visit(int element, int place);
    }

    private final int[] extents;
    private final int[] steps;
    private final int start;

    Walk(Shape shape, int start, int[] steps) {
        this.extents = shape.extents().stream().mapToInt(Integer::intValue).toArray();
        this.steps = steps;
        this.start = start;
    }

    /** Elements from one step of an axis to the next. */
    static int[] strides(Shape shape) {
        var strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.extent(axis);
        }
        return strides;
    }

    /** Through an operand that is broadcast from the right to a shape. */
    static Walk broadcasting(Shape operand, Shape shape) {
        var strides = strides(operand);
        var steps = new int[shape.rank()];
        for (int axis = 0; axis < operand.rank(); axis++) {
            steps[shape.rank() - operand.rank() + axis] =
                    operand.extent(axis) == 1 ? 0 : strides[axis];
        }
        return new Walk(shape, 0, steps);
    }

    void visit(Visitor visitor) {
        var at = new int[extents.length];
        int place = start;
        for (int element = 0; ; element++) {
            visitor.visit(element, place);
            int axis = extents.length - 1;
            for (; axis >= 0; axis--) {
                place += steps[axis];
                if (++at[axis] < extents[axis]) {
                    break;
                }
                place -= extents[axis] * steps[axis];
                at[axis] = 0;
            }
            if (axis < 0) {
                return;
            }
        }
    }
}
