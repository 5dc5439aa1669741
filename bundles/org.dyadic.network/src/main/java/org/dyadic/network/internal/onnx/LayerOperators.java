package org.dyadic.network.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;

/** The operators with weights. */
final class LayerOperators {

    private LayerOperators() {}

    static void register(Map<String, Operators.Single> table) {
        table.put("Conv", LayerOperators::convolution);
        table.put("Gemm", LayerOperators::gemm);
        table.put("MatMul", LayerOperators::matMul);
        table.put("BatchNormalization", LayerOperators::batchNormalization);
    }

    private static Value convolution(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        var image = requireImage(node, input);
        var weights = node.known(1);
        int[] dims = weights.dims();
        if (dims.length != 4) {
            throw node.wrong(
                    "weights of "
                            + Dims.format(dims)
                            + "; a 2-D convolution has outputs x inputs x height x width");
        }
        int height = node.count("the height of the weights", dims[2], 1);
        int width = node.count("the width of the weights", dims[3], 1);
        long[] kernel = node.wholes("kernel_shape", height, width);
        if (kernel.length != 2 || kernel[0] != height || kernel[1] != width) {
            throw node.wrong("kernel_shape does not fit weights of " + Dims.format(dims));
        }
        int groups = node.count("group", node.whole("group", 1), 1);
        if (dims[0] < 1 || dims[0] % groups != 0 || (long) dims[1] * groups != image.extent(0)) {
            throw node.wrong(
                    "weights of "
                            + Dims.format(dims)
                            + " in "
                            + groups
                            + " groups do not fit an input of "
                            + image);
        }
        var bias = bias(node, 2, dims[0]);
        var sliding = Sliding.of(node, image, height, width, false);
        var shape = node.shape(dims[0], sliding.rows(), sliding.columns());
        var tensor = requireFinite(node, "weights", weights).toTensor();
        return node.emit(
                new Operation.Convolution(tensor, bias, sliding.window(), groups), shape, input);
    }

    /** Throws unless a flow has channels, height and width. */
    static Shape requireImage(OnnxNode node, Value.Flow input) throws UnreadableFileException {
        var shape = input.shape();
        if (shape.rank() != 3) {
            throw node.wrong(
                    "its input for one image is "
                            + shape
                            + ", so this is "
                            + (shape.rank() < 1 ? "not" : Math.max(0, shape.rank() - 1) + "-D, not")
                            + " 2-D; supported are inputs of batch x channels x height x width");
        }
        return shape;
    }

    private static Optional<Tensor> bias(OnnxNode node, int index, int outputs)
            throws UnreadableFileException {
        if (!node.hasInput(index)) {
            return Optional.empty();
        }
        return Optional.of(perOutput(node, index, outputs));
    }

    private static Tensor perOutput(OnnxNode node, int index, int outputs)
            throws UnreadableFileException {
        var constant = node.known(index);
        if (constant.size() != outputs) {
            throw node.wrong(
                    "input "
                            + index
                            + " has "
                            + constant.size()
                            + " numbers where "
                            + outputs
                            + " belong, one for each channel");
        }
        return requireFinite(node, "input " + index, constant).toTensor(Shape.of(outputs));
    }

    private static Constant requireFinite(OnnxNode node, String what, Constant constant)
            throws UnreadableFileException {
        if (!constant.isFinite()) {
            throw node.wrong(
                    what
                            + " hold infinities or not-a-numbers; the file or the training went wrong");
        }
        return constant;
    }

    private static Value gemm(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        if (input.shape().rank() != 1) {
            throw node.wrong(
                    "its input for one image is "
                            + input.shape()
                            + "; it takes a list of features");
        }
        if (node.whole("transA", 0) != 0) {
            throw node.mixesBatch("it transposes its input");
        }
        double alpha = node.real("alpha", 1);
        double beta = node.real("beta", 1);
        var weights = requireMatrix(node, node.known(1));
        if (node.whole("transB", 0) == 0) {
            weights = transposed(node, weights);
        }
        if (alpha != 1) {
            weights = scaled(node, weights, alpha);
        }
        int outputs = weights.dims()[0];
        if (!node.hasInput(2) || beta == 0) {
            return dense(node, weights, Optional.empty(), input);
        }
        if (node.input(2) instanceof Value.Flow) {
            return gemmPlusFlow(node, weights, input, beta);
        }
        var bias = node.known(2);
        int[] into = {1, outputs};
        if (!Arrays.equals(into, Dims.broadcast(bias.dims(), into))) {
            throw node.wrong(
                    "input 2 of "
                            + Dims.format(bias.dims())
                            + " does not fit "
                            + outputs
                            + " outputs");
        }
        bias = bias.as(false).gather(into, Dims.broadcasting(bias.dims(), into));
        if (beta != 1) {
            bias = scaled(node, bias, beta);
        }
        var tensor = requireFinite(node, "input 2", bias).toTensor(Shape.of(outputs));
        return dense(node, weights, Optional.of(tensor), input);
    }

    private static Value gemmPlusFlow(
            OnnxNode node, Constant weights, Value.Flow input, double beta)
            throws UnreadableFileException {
        var summand = node.flow(2);
        var product = dense(node, weights, Optional.empty(), input);
        if (!summand.shape().equals(product.shape())) {
            throw node.wrong("input 2 of " + summand.shape() + " does not fit " + product.shape());
        }
        if (beta != 1) {
            var scale =
                    node.emit(
                            "beta",
                            new Operation.Constant(Tensor.filled(Shape.of(), (float) beta)),
                            Shape.of());
            summand =
                    node.emit("scaled", new Operation.Multiply(), summand.shape(), summand, scale);
        }
        return node.emit("add", new Operation.Add(), product.shape(), product, summand);
    }

    /** A matrix times the last axis; a matrix on the left would need the batch on the last axis. */
    private static Value matMul(OnnxNode node) throws UnreadableFileException {
        if (node.input(0) instanceof Value.Known) {
            throw node.wrong(
                    "the constant is on the left; supported is what depends on the image times a"
                            + " constant matrix");
        }
        var input = node.flow(0);
        if (node.input(1) instanceof Value.Flow) {
            throw node.wrong(
                    "both sides depend on the image; supported is what depends on the image times a"
                            + " constant matrix");
        }
        if (input.shape().rank() < 1) {
            throw node.mixesBatch("it multiplies along the batch");
        }
        var matrix = node.known(1);
        boolean vector = matrix.rank() == 1;
        if (vector) {
            matrix = matrix.in(matrix.size(), 1);
        }
        int[] dims = matrix.dims();
        if (dims.length > 2 && dims.length <= input.shape().rank() + 1) {
            // Leading ones only broadcast.
            int rows = dims[dims.length - 2];
            int columns = dims[dims.length - 1];
            if ((long) rows * columns == matrix.size()) {
                matrix = matrix.in(rows, columns);
            }
        }
        var result =
                dense(node, transposed(node, requireMatrix(node, matrix)), Optional.empty(), input);
        if (!vector) {
            return result;
        }
        var extents = result.shape().extents();
        return node.emit(
                "reshape",
                new Operation.Reshape(),
                new Shape(extents.subList(0, extents.size() - 1)),
                result);
    }

    private static Constant requireMatrix(OnnxNode node, Constant constant)
            throws UnreadableFileException {
        if (constant.rank() != 2 || constant.size() == 0) {
            throw node.wrong(
                    "weights of " + Dims.format(constant.dims()) + "; supported is a matrix");
        }
        return constant;
    }

    private static Constant transposed(OnnxNode node, Constant matrix)
            throws UnreadableFileException {
        int rows = matrix.dims()[0];
        int columns = matrix.dims()[1];
        if (!matrix.isFilled()) {
            node.graph().spend(node, matrix.size());
        }
        return matrix.gather(
                new int[] {columns, rows}, element -> element % rows * columns + element / rows);
    }

    private static Constant scaled(OnnxNode node, Constant constant, double factor)
            throws UnreadableFileException {
        if (!constant.isFilled()) {
            node.graph().spend(node, constant.size());
        }
        return constant.map(false, x -> x * factor);
    }

    private static Value.Flow dense(
            OnnxNode node, Constant weights, Optional<Tensor> bias, Value.Flow input)
            throws UnreadableFileException {
        int[] dims = weights.dims();
        var extents = new ArrayList<>(input.shape().extents());
        int features = extents.remove(extents.size() - 1);
        if (dims[1] != features) {
            throw node.wrong(
                    "weights for " + dims[1] + " features do not fit an input of " + input.shape());
        }
        extents.add(dims[0]);
        var shape = node.shape(extents.stream().mapToLong(Integer::longValue).toArray());
        var tensor = requireFinite(node, "weights", weights).toTensor();
        return node.emit(new Operation.Dense(tensor, bias), shape, input);
    }

    private static Value batchNormalization(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        if (node.whole("training_mode", 0) != 0) {
            throw node.wrong("it is in training mode; export the model for inference");
        }
        // Until opset 8: a mean for each pixel.
        if (node.whole("spatial", 1) == 0) {
            throw node.wrong("spatial = 0 is not supported; normalise for each channel");
        }
        if (input.shape().rank() < 1) {
            throw node.mixesBatch("it normalises without channels");
        }
        int channels = input.shape().extent(0);
        var tensors = new ArrayList<Tensor>();
        for (int i = 1; i <= 4; i++) {
            tensors.add(perOutput(node, i, channels));
        }
        float epsilon = node.real("epsilon", 1e-5f);
        requirePositive(node, tensors.get(3), epsilon);
        return node.emit(
                new Operation.BatchNormalization(
                        tensors.get(0), tensors.get(1), tensors.get(2), tensors.get(3), epsilon),
                input.shape(),
                input);
    }

    private static void requirePositive(OnnxNode node, Tensor variance, float epsilon)
            throws UnreadableFileException {
        for (int channel = 0; channel < variance.size(); channel++) {
            double sum = (double) variance.at(channel) + epsilon;
            if (!(sum > 0) || Double.isInfinite(sum)) {
                throw node.wrong(
                        "variance "
                                + variance.at(channel)
                                + " of channel "
                                + channel
                                + " plus epsilon "
                                + epsilon
                                + " is not positive");
            }
        }
    }
}
