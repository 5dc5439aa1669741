package org.dyadic.network.internal.execution;

import java.util.List;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.kernels.Kernels;

/** Chooses the step of a node. */
public final class Steps {

    private Steps() {}

    public static Step of(Network network, Node node, Kernels kernels) {
        var operation = node.operation();
        var inputs = node.inputs().stream().map(input -> network.node(input).shape()).toList();
        var shape = node.shape();
        if (operation instanceof Operation.Input) {
            return (results, scratch) -> {
                throw new IllegalArgumentException("the input is given, not calculated");
            };
        }
        if (operation instanceof Operation.Constant constant) {
            var data = constant.value().toArray();
            return (results, scratch) -> data;
        }
        if (operation instanceof Operation.Convolution layer) {
            return convolution(layer, inputs.get(0), shape, kernels);
        }
        if (operation instanceof Operation.Dense layer) {
            return new DenseStep(layer, inputs.get(0), kernels);
        }
        if (operation instanceof Operation.BatchNormalization layer) {
            return ElementSteps.normalization(layer, shape);
        }
        if (operation instanceof Operation.Pointwise pointwise) {
            return ElementSteps.pointwise(pointwise.function());
        }
        if (operation instanceof Operation.Add) {
            return ElementSteps.combining(Float::sum, inputs.get(0), inputs.get(1), shape);
        }
        if (operation instanceof Operation.Multiply) {
            return ElementSteps.combining((a, b) -> a * b, inputs.get(0), inputs.get(1), shape);
        }
        if (operation instanceof Operation.Softmax softmax) {
            return ElementSteps.softmax(softmax.axis(), shape);
        }
        if (operation instanceof Operation.MaxPool pool) {
            return new PoolStep(pool.window(), inputs.get(0), shape, PoolStep.Kind.LARGEST);
        }
        if (operation instanceof Operation.AveragePool pool) {
            var kind = pool.countPadding() ? PoolStep.Kind.MEAN_OF_ALL : PoolStep.Kind.MEAN_INSIDE;
            return new PoolStep(pool.window(), inputs.get(0), shape, kind);
        }
        if (operation instanceof Operation.Mean mean) {
            return LayoutSteps.mean(mean.axes(), inputs.get(0), shape);
        }
        return layout(operation, inputs, shape);
    }

    private static Step convolution(
            Operation.Convolution layer, Shape input, Shape shape, Kernels kernels) {
        if (DepthwisePlaneStep.suits(layer)) {
            return new DepthwisePlaneStep(layer, input, shape);
        }
        return layer.depthwise()
                ? new DepthwiseStep(layer, input, shape)
                : new ConvolutionStep(layer, input, shape, kernels);
    }

    private static Step layout(Operation operation, List<Shape> inputs, Shape shape) {
        if (operation instanceof Operation.Reshape) {
            return (results, scratch) -> results[0];
        }
        if (operation instanceof Operation.Transpose transpose) {
            return LayoutSteps.transpose(transpose.order(), inputs.get(0), shape);
        }
        if (operation instanceof Operation.Concat concat) {
            return LayoutSteps.concat(concat.axis(), inputs, shape);
        }
        if (operation instanceof Operation.Pad pad) {
            return LayoutSteps.pad(pad, inputs.get(0), shape);
        }
        if (operation instanceof Operation.Slice slice) {
            return LayoutSteps.slice(slice, inputs.get(0), shape);
        }
        throw new IllegalArgumentException("no step for " + operation);
    }
}
