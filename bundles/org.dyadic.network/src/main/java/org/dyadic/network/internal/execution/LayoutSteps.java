package org.dyadic.network.internal.execution;

import java.util.Arrays;
import java.util.List;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;

/** The steps that move elements or average over axes. */
final class LayoutSteps {

    private LayoutSteps() {}

    static Step transpose(List<Integer> order, Shape input, Shape result) {
        var strides = Walk.strides(input);
        var walk = new Walk(result, 0, order.stream().mapToInt(axis -> strides[axis]).toArray());
        return gathering(walk, result);
    }

    static Step slice(Operation.Slice slice, Shape input, Shape result) {
        var strides = Walk.strides(input);
        var steps = new int[strides.length];
        int start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            start += slice.start().get(axis) * strides[axis];
            steps[axis] = slice.step().get(axis) * strides[axis];
        }
        return gathering(new Walk(result, start, steps), result);
    }

    private static Step gathering(Walk walk, Shape result) {
        return (inputs, scratch) -> {
            var all = new float[result.size()];
            walk.visit((element, place) -> all[element] = inputs[0][place]);
            return all;
        };
    }

    static Step pad(Operation.Pad pad, Shape input, Shape result) {
        var strides = Walk.strides(result);
        int start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            start += pad.before().get(axis) * strides[axis];
        }
        var walk = new Walk(input, start, strides);
        return (inputs, scratch) -> {
            var all = new float[result.size()];
            Arrays.fill(all, pad.value());
            walk.visit((element, place) -> all[place] = inputs[0][element]);
            return all;
        };
    }

    static Step concat(int axis, List<Shape> shapes, Shape result) {
        int inner = inner(result, axis);
        int row = inner * result.extent(axis);
        return (inputs, scratch) -> {
            var all = new float[result.size()];
            int offset = 0;
            for (int i = 0; i < inputs.length; i++) {
                int run = inner * shapes.get(i).extent(axis);
                for (int from = 0, to = offset; from < inputs[i].length; from += run, to += row) {
                    System.arraycopy(inputs[i], from, all, to, run);
                }
                offset += run;
            }
            return all;
        };
    }

    /** Elements behind one place on an axis. */
    static int inner(Shape shape, int axis) {
        return new Shape(shape.extents().subList(axis + 1, shape.rank())).size();
    }

    static Step mean(List<Integer> axes, Shape input, Shape result) {
        // Where each element adds to: the place does not move along the averaged axes.
        var steps = new int[input.rank()];
        int stride = 1;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            if (!axes.contains(axis)) {
                steps[axis] = stride;
                stride *= input.extent(axis);
            }
        }
        var walk = new Walk(input, 0, steps);
        int count = input.size() / result.size();
        return (inputs, scratch) -> {
            var sums = new double[result.size()];
            walk.visit((element, place) -> sums[place] += inputs[0][element]);
            var all = new float[sums.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = (float) (sums[i] / count);
            }
            return all;
        };
    }
}
