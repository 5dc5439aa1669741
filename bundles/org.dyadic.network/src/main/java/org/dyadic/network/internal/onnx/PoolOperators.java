package org.dyadic.network.internal.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/** The operators that take the largest or the mean of some pixels. */
final class PoolOperators {

    private PoolOperators() {}

    static void register(Map<String, Operators.Single> table) {
        table.put("MaxPool", PoolOperators::maxPool);
        table.put("AveragePool", PoolOperators::averagePool);
        table.put("GlobalAveragePool", PoolOperators::globalAveragePool);
        table.put("GlobalMaxPool", PoolOperators::globalMaxPool);
        table.put("ReduceMean", PoolOperators::reduceMean);
    }

    private static Value maxPool(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        var sliding = sliding(node, input);
        return node.emit(
                new Operation.MaxPool(sliding.window()), result(node, input, sliding), input);
    }

    private static Value averagePool(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        var sliding = sliding(node, input);
        var shape = result(node, input, sliding);
        var window = sliding.window();
        boolean countPadding = node.whole("count_include_pad", 0) != 0;
        if (!countPadding || sliding.extraRows() + sliding.extraColumns() == 0) {
            return node.emit(new Operation.AveragePool(window, countPadding), shape, input);
        }
        // The padding that the file names counts, what lies beyond does not: make the one real.
        int bottom = window.bottom() - sliding.extraRows();
        int right = window.right() - sliding.extraColumns();
        var image = input.shape();
        var padded =
                node.emit(
                        "pad",
                        new Operation.Pad(
                                List.of(0, window.top(), window.left()),
                                List.of(0, bottom, right),
                                0),
                        node.shape(
                                image.extent(0),
                                (long) image.extent(1) + window.top() + bottom,
                                (long) image.extent(2) + window.left() + right),
                        input);
        var rest =
                new Window(
                        window.height(),
                        window.width(),
                        window.strideY(),
                        window.strideX(),
                        0,
                        0,
                        sliding.extraRows(),
                        sliding.extraColumns(),
                        window.dilationY(),
                        window.dilationX());
        return node.emit(new Operation.AveragePool(rest, false), shape, padded);
    }

    private static Sliding sliding(OnnxNode node, Value.Flow input) throws UnreadableFileException {
        var image = LayerOperators.requireImage(node, input);
        long[] kernel = node.wholes("kernel_shape");
        if (kernel.length != 2) {
            throw node.wrong(
                    "kernel_shape has " + kernel.length + " numbers; a 2-D window takes 2");
        }
        int height = node.count("kernel_shape", kernel[0], 1);
        int width = node.count("kernel_shape", kernel[1], 1);
        var sliding = Sliding.of(node, image, height, width, node.whole("ceil_mode", 0) != 0);
        var window = sliding.window();
        long reachY = (long) window.dilationY() * (height - 1);
        long reachX = (long) window.dilationX() * (width - 1);
        if (Math.max(window.top(), window.bottom()) > reachY
                || Math.max(window.left(), window.right()) > reachX) {
            throw node.wrong("some windows would lie in the padding alone; it must be smaller");
        }
        return sliding;
    }

    private static Shape result(OnnxNode node, Value.Flow input, Sliding sliding)
            throws UnreadableFileException {
        return node.shape(input.shape().extent(0), sliding.rows(), sliding.columns());
    }

    private static Value globalAveragePool(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        var image = LayerOperators.requireImage(node, input);
        return node.emit(
                new Operation.Mean(List.of(1, 2)), node.shape(image.extent(0), 1, 1), input);
    }

    private static Value globalMaxPool(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        var image = LayerOperators.requireImage(node, input);
        var window = new Window(image.extent(1), image.extent(2), 1, 1, 0, 0, 0, 0, 1, 1);
        return node.emit(new Operation.MaxPool(window), node.shape(image.extent(0), 1, 1), input);
    }

    private static Value reduceMean(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        int rank = input.shape().rank() + 1;
        long[] named = Targets.axes(node);
        if (named == null || named.length == 0) {
            if (node.whole("noop_with_empty_axes", 0) != 0) {
                return input;
            }
            throw node.mixesBatch("it takes the mean over all axes");
        }
        var chosen = node.axes(named, rank);
        if (chosen[0]) {
            throw node.mixesBatch("it takes the mean over axis 0");
        }
        boolean keep = node.whole("keepdims", 1) != 0;
        var axes = new ArrayList<Integer>();
        var extents = new ArrayList<Integer>();
        for (int axis = 1; axis < rank; axis++) {
            if (chosen[axis]) {
                axes.add(axis - 1);
            }
            if (!chosen[axis] || keep) {
                extents.add(chosen[axis] ? 1 : input.shape().extent(axis - 1));
            }
        }
        return node.emit(new Operation.Mean(axes), new Shape(extents), input);
    }
}
