package org.dyadic.network.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;

/**
 * The operators that move elements without changing them, on what depends on the image. ONNX counts
 * the batch as axis 0, the graph does not.
 */
final class ShapeOperators {

    private ShapeOperators() {}

    static void register(Map<String, Operators.Single> table) {
        table.put("Reshape", ShapeOperators::reshape);
        table.put("Flatten", ShapeOperators::flatten);
        table.put("Squeeze", ShapeOperators::squeeze);
        table.put("Unsqueeze", ShapeOperators::unsqueeze);
        table.put("Transpose", ShapeOperators::transpose);
        table.put("Concat", ShapeOperators::concat);
        table.put("Pad", ShapeOperators::pad);
        table.put("Slice", ShapeOperators::slice);
        table.put("Shape", ShapeOperators::shape);
        table.put("Size", ShapeOperators::size);
    }

    private static int[] dims(OnnxNode node) throws UnreadableFileException {
        return node.graph().dims(node.flow(0));
    }

    private static Value shape(OnnxNode node) throws UnreadableFileException {
        return new Value.Known(ConstantOperators.shape(node, dims(node)));
    }

    private static Value size(OnnxNode node) throws UnreadableFileException {
        return new Value.Known(Constant.wholes(new int[0], Dims.count(dims(node))));
    }

    // The same elements in another shape

    private static Value reshape(OnnxNode node) throws UnreadableFileException {
        return reshaped(node, Targets.reshape(node, dims(node)));
    }

    private static Value flatten(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        long axis = node.whole("axis", 1);
        if (axis == 0 || axis == -dims.length) {
            throw node.mixesBatch("it flattens from axis 0");
        }
        return reshaped(node, Targets.flatten(node, dims));
    }

    private static Value squeeze(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        long[] axes = Targets.axes(node);
        if (axes != null && node.axes(axes, dims.length)[0]) {
            throw node.mixesBatch("it drops axis 0");
        }
        return reshaped(node, Targets.squeeze(node, dims, 1));
    }

    private static Value unsqueeze(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        var inserted = Targets.inserted(node, dims.length);
        if (inserted[0]) {
            throw node.mixesBatch("it inserts an axis before the batch");
        }
        return reshaped(node, Targets.unsqueeze(dims, inserted));
    }

    private static Value reshaped(OnnxNode node, int[] target) throws UnreadableFileException {
        var input = node.flow(0);
        var shape = Operators.withoutBatch(node, target);
        return shape.equals(input.shape())
                ? input
                : node.emit(new Operation.Reshape(), shape, input);
    }

    private static Value transpose(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        int[] order = Targets.permutation(node, input.shape().rank() + 1);
        if (order[0] != 0) {
            throw node.mixesBatch("it moves axis 0 elsewhere");
        }
        var axes = IntStream.of(order).skip(1).mapToObj(axis -> axis - 1).toList();
        var shape = new Shape(axes.stream().map(input.shape()::extent).toList());
        return node.emit(new Operation.Transpose(axes), shape, input);
    }

    // Joining and cutting

    private static Value concat(OnnxNode node) throws UnreadableFileException {
        var first = node.graph().dims(node.input(0));
        int axis = node.axis(node.whole("axis", 1), first.length);
        if (axis == 0) {
            throw node.mixesBatch("it joins along axis 0");
        }
        var parts = new ArrayList<Value.Flow>();
        long total = 0;
        for (int i = 0; i < node.inputs(); i++) {
            int[] dims = node.graph().dims(node.input(i));
            if (dims.length != first.length) {
                throw node.wrong("its inputs differ in rank");
            }
            total += dims[axis];
            dims[axis] = first[axis];
            if (!Arrays.equals(dims, first)) {
                throw node.wrong(
                        "input "
                                + i
                                + " of "
                                + Dims.format(node.graph().dims(node.input(i)))
                                + " does not fit "
                                + Dims.format(first)
                                + " along axis "
                                + axis);
            }
            parts.add(part(node, i));
        }
        var extents = IntStream.of(first).skip(1).asLongStream().toArray();
        extents[axis - 1] = total;
        return node.emit(
                new Operation.Concat(axis - 1),
                node.shape(extents),
                parts.toArray(Value.Flow[]::new));
    }

    private static Value.Flow part(OnnxNode node, int index) throws UnreadableFileException {
        if (node.input(index) instanceof Value.Flow flow) {
            return flow;
        }
        var constant = node.known(index);
        if (constant.dims()[0] != 1) {
            throw node.mixesBatch("its constant has a value for each image");
        }
        var shape = Operators.withoutBatch(node, constant.dims());
        return node.emit("constant", new Operation.Constant(constant.toTensor(shape)), shape);
    }

    private static Value slice(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        var slicing = Targets.slice(node, dims);
        if (slicing.start()[0] != 0 || slicing.step()[0] != 1 || slicing.count()[0] != dims[0]) {
            throw node.mixesBatch("it takes some images of the batch");
        }
        return sliced(node, slicing.start(), slicing.step(), slicing.count());
    }

    /** All three with the batch. */
    private static Value.Flow sliced(OnnxNode node, int[] start, int[] step, int[] count)
            throws UnreadableFileException {
        var input = node.flow(0);
        var shape = Operators.withoutBatch(node, count);
        if (shape.equals(input.shape()) && IntStream.of(step).allMatch(each -> each == 1)) {
            return input;
        }
        return node.emit(new Operation.Slice(image(start), image(step)), shape, input);
    }

    private static List<Integer> image(int[] perAxis) {
        return IntStream.of(perAxis).skip(1).boxed().toList();
    }

    static Value[] split(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        int axis = node.axis(node.whole("axis", 0), dims.length);
        if (axis == 0) {
            throw node.mixesBatch("it splits along axis 0");
        }
        long[] sizes = node.hasInput(1) ? node.list(1) : node.wholes("split", (long[]) null);
        if (sizes == null) {
            sizes = equalParts(node, dims[axis]);
        }
        long covered = 0;
        var parts = new Value[sizes.length];
        for (int i = 0; i < parts.length; i++) {
            if (sizes[i] < 1 || covered + sizes[i] > dims[axis]) {
                throw node.wrong("parts of " + Dims.list(sizes) + " do not fit");
            }
            var start = new int[dims.length];
            var step = new int[dims.length];
            var count = dims.clone();
            Arrays.fill(step, 1);
            start[axis] = (int) covered;
            count[axis] = (int) sizes[i];
            parts[i] = sliced(node, start, step, count);
            covered += sizes[i];
        }
        if (covered != dims[axis]) {
            throw node.wrong("parts of " + Dims.list(sizes) + " do not make up " + dims[axis]);
        }
        return parts;
    }

    private static long[] equalParts(OnnxNode node, int extent) throws UnreadableFileException {
        int parts = node.count("num_outputs", node.whole("num_outputs", node.outputs()), 1);
        // ONNX: the last part is the smaller one.
        int size = (extent + parts - 1) / parts;
        var sizes = new long[parts];
        Arrays.fill(sizes, size);
        sizes[parts - 1] = extent - (long) size * (parts - 1);
        return sizes;
    }

    // Padding

    private static Value pad(OnnxNode node) throws UnreadableFileException {
        int[] dims = dims(node);
        var before = new long[dims.length];
        var after = new long[dims.length];
        pads(node, before, after);
        if (before[0] != 0 || after[0] != 0) {
            throw node.mixesBatch("it pads axis 0");
        }
        var input = cropped(node, dims, before, after);
        if (Arrays.stream(before).allMatch(pad -> pad <= 0)
                && Arrays.stream(after).allMatch(pad -> pad <= 0)) {
            return input;
        }
        var mode = node.text("mode", "constant");
        if (!mode.equals("constant")) {
            throw node.wrong("mode '" + mode + "' is not supported; supported: constant");
        }
        var extents = new long[dims.length - 1];
        var top = new ArrayList<Integer>();
        var bottom = new ArrayList<Integer>();
        for (int axis = 1; axis < dims.length; axis++) {
            top.add(node.count("pad", Math.max(0, before[axis]), 0));
            bottom.add(node.count("pad", Math.max(0, after[axis]), 0));
            extents[axis - 1] =
                    (long) input.shape().extent(axis - 1)
                            + top.get(axis - 1)
                            + bottom.get(axis - 1);
        }
        return node.emit(
                new Operation.Pad(top, bottom, padValue(node)), node.shape(extents), input);
    }

    /** The pads, an attribute until opset 10, then an input, since opset 18 for chosen axes. */
    private static void pads(OnnxNode node, long[] before, long[] after)
            throws UnreadableFileException {
        boolean attributes = node.opset() < 11;
        long[] pads = attributes ? node.wholes("pads") : node.list(1);
        long[] axes = IntStream.range(0, before.length).asLongStream().toArray();
        if (!attributes && node.hasInput(3)) {
            axes = node.list(3);
        }
        if (pads.length != 2 * axes.length) {
            throw node.wrong(
                    pads.length + " pads for " + axes.length + " axes; it takes two for each axis");
        }
        node.axes(axes, before.length);
        for (int i = 0; i < axes.length; i++) {
            int axis = node.axis(axes[i], before.length);
            before[axis] = pads[i];
            after[axis] = pads[axes.length + i];
        }
    }

    private static float padValue(OnnxNode node) throws UnreadableFileException {
        if (node.opset() < 11) {
            return node.real("value", 0);
        }
        return node.hasInput(2) ? (float) node.scalar(2) : 0;
    }

    /** A negative pad cuts off. */
    private static Value.Flow cropped(OnnxNode node, int[] dims, long[] before, long[] after)
            throws UnreadableFileException {
        var start = new int[dims.length];
        var step = new int[dims.length];
        var count = dims.clone();
        Arrays.fill(step, 1);
        for (int axis = 0; axis < dims.length; axis++) {
            long cut = Math.max(0, -before[axis]);
            long kept = dims[axis] - cut - Math.max(0, -after[axis]);
            if (before[axis] == Long.MIN_VALUE || after[axis] == Long.MIN_VALUE || kept < 1) {
                throw node.wrong("its negative pads leave nothing of " + Dims.format(dims));
            }
            start[axis] = (int) cut;
            count[axis] = (int) kept;
        }
        return sliced(node, start, step, count);
    }
}
