package org.dyadic.network.internal.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.UnreadableFileException;

/**
 * The dimensions that operators on shapes lead to. The same for constants and for what depends on
 * the image; all dimensions are those of ONNX, with the batch.
 */
final class Targets {

    private Targets() {}

    /** Reshape: 0 keeps a dimension (unless allowzero), -1 takes what is left. */
    static int[] reshape(OnnxNode node, int[] dims) throws UnreadableFileException {
        long[] wanted = node.list(1);
        node.requireRank(wanted.length);
        boolean zeroKeeps = node.whole("allowzero", 0) == 0;
        long size = Dims.count(dims);
        long known = 1;
        int open = -1;
        for (int axis = 0; axis < wanted.length; axis++) {
            if (wanted[axis] == 0 && zeroKeeps) {
                if (axis >= dims.length) {
                    throw node.wrong(
                            "its shape keeps dimension "
                                    + axis
                                    + " but the input is "
                                    + Dims.format(dims));
                }
                wanted[axis] = dims[axis];
            }
            if (wanted[axis] == -1 && open < 0) {
                open = axis;
            } else if (wanted[axis] < 0 || wanted[axis] > Integer.MAX_VALUE) {
                throw node.wrong("its shape " + Dims.list(wanted) + " is impossible");
            } else {
                known = saturatedProduct(known, wanted[axis]);
            }
        }
        if (open >= 0 && known > 0 && size % known == 0) {
            wanted[open] = size / known;
            known = saturatedProduct(known, wanted[open]);
        }
        if (known != size || open >= 0 && wanted[open] < 0) {
            throw node.wrong(
                    Dims.format(dims)
                            + " cannot become "
                            + Dims.list(node.list(1))
                            + "; the file may be made for another batch size");
        }
        return node.dims(wanted);
    }

    private static long saturatedProduct(long a, long b) {
        return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    /** Flatten: two dimensions, the product of those before the axis and of the rest. */
    static int[] flatten(OnnxNode node, int[] dims) throws UnreadableFileException {
        long written = node.whole("axis", 1);
        int axis = written == dims.length ? dims.length : node.axis(written, dims.length);
        return node.dims(
                Dims.count(Arrays.copyOf(dims, axis)),
                Dims.count(Arrays.copyOfRange(dims, axis, dims.length)));
    }

    /**
     * Squeeze: the dimensions without the named ones, or, if none is named, without every 1.
     *
     * @param firstDroppable without names, axes before this one stay
     */
    static int[] squeeze(OnnxNode node, int[] dims, int firstDroppable)
            throws UnreadableFileException {
        long[] named = axes(node);
        var dropped = new boolean[dims.length];
        if (named == null) {
            for (int axis = firstDroppable; axis < dims.length; axis++) {
                dropped[axis] = dims[axis] == 1;
            }
        } else {
            dropped = node.axes(named, dims.length);
        }
        var target = new int[dims.length];
        int rank = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            if (!dropped[axis]) {
                target[rank++] = dims[axis];
            } else if (dims[axis] != 1) {
                throw node.wrong(
                        "axis " + axis + " of " + Dims.format(dims) + " is not 1 and cannot go");
            }
        }
        return Arrays.copyOf(target, rank);
    }

    /** The axes that Unsqueeze inserts, in the result. */
    static boolean[] inserted(OnnxNode node, int rank) throws UnreadableFileException {
        long[] named = axes(node);
        if (named == null) {
            throw node.wrong("its axes are missing");
        }
        node.requireRank(rank + named.length);
        return node.axes(named, rank + named.length);
    }

    static int[] unsqueeze(int[] dims, boolean[] inserted) {
        var target = new int[inserted.length];
        int from = 0;
        for (int axis = 0; axis < target.length; axis++) {
            target[axis] = inserted[axis] ? 1 : dims[from++];
        }
        return target;
    }

    /** Axes as an attribute (before opset 13) or as an input; null if there are none. */
    static long[] axes(OnnxNode node) throws UnreadableFileException {
        return node.hasInput(1) ? node.list(1) : node.wholes("axes", (long[]) null);
    }

    /** Transpose: which axis of the input each axis of the result is. */
    static int[] permutation(OnnxNode node, int rank) throws UnreadableFileException {
        var reversed = IntStream.range(0, rank).mapToLong(axis -> rank - 1 - axis).toArray();
        long[] order = node.wholes("perm", reversed);
        if (order.length != rank) {
            throw node.wrong("perm " + Dims.list(order) + " does not fit an input of rank " + rank);
        }
        node.axes(order, rank);
        var axes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            axes[axis] = node.axis(order[axis], rank);
        }
        return axes;
    }

    /** What Slice takes of each axis: {@code count} elements from {@code start} in steps. */
    record Slicing(int[] start, int[] step, int[] count) {}

    /** Slice with attributes (before opset 10) or inputs. */
    static Slicing slice(OnnxNode node, int[] dims) throws UnreadableFileException {
        boolean attributes = node.opset() < 10;
        long[] starts = attributes ? node.wholes("starts") : node.list(1);
        long[] ends = attributes ? node.wholes("ends") : node.list(2);
        long[] axes = IntStream.range(0, starts.length).asLongStream().toArray();
        if (attributes) {
            axes = node.wholes("axes", axes);
        } else if (node.hasInput(3)) {
            axes = node.list(3);
        }
        var steps = new long[starts.length];
        Arrays.fill(steps, 1);
        if (!attributes && node.hasInput(4)) {
            steps = node.list(4);
        }
        if (ends.length != starts.length
                || axes.length != starts.length
                || steps.length != starts.length) {
            throw node.wrong("starts, ends, axes and steps differ in length");
        }
        node.axes(axes, dims.length);
        var slicing = new Slicing(new int[dims.length], new int[dims.length], dims.clone());
        Arrays.fill(slicing.step, 1);
        for (int i = 0; i < starts.length; i++) {
            int axis = node.axis(axes[i], dims.length);
            slice(node, slicing, axis, dims[axis], starts[i], ends[i], steps[i]);
        }
        return slicing;
    }

    private static void slice(
            OnnxNode node, Slicing slicing, int axis, int dim, long start, long end, long step)
            throws UnreadableFileException {
        if (step == 0) {
            throw node.wrong("a step is 0");
        }
        // The step beyond the end is the same for all larger ones.
        long stride = Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, step));
        boolean forward = stride > 0;
        long first = clamp(start, dim, 0, forward ? dim : dim - 1);
        long last = clamp(end, dim, forward ? 0 : -1, forward ? dim : dim - 1);
        long span = forward ? last - first : first - last;
        slicing.start[axis] = (int) first;
        slicing.step[axis] = (int) stride;
        slicing.count[axis] = (int) Math.max(0, (span + Math.abs(stride) - 1) / Math.abs(stride));
        if (slicing.count[axis] == 0) {
            slicing.start[axis] = 0;
        }
    }

    private static long clamp(long index, int dim, long low, long high) {
        // A negative index counts from the end; far below it, it stays before the start.
        long at = index < 0 ? Math.max(index, -(1L << 40)) + dim : index;
        return Math.max(low, Math.min(high, at));
    }
}
