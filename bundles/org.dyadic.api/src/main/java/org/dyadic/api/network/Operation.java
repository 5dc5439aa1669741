package org.dyadic.api.network;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node computes. Closed, because execution and hardware handle every case. Shapes and axes
 * are those of one image: the batch is not there. The shape of the result stands in the node.
 */
public sealed interface Operation {

    /** The image: the first node of every network. */
    record Input() implements Operation {}

    /** A tensor that does not depend on the image. */
    record Constant(Tensor value) implements Operation {
        public Constant {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A convolution.
     *
     * @param weights output channels x input channels per group x height x width
     * @param bias one number for each output channel
     */
    record Convolution(Tensor weights, Optional<Tensor> bias, Window window, int groups)
            implements Operation {
        public Convolution {
            requireRank("convolution", weights, 4);
            requireBias(weights, bias);
            Objects.requireNonNull(window, "window");
            if (groups < 1 || weights.shape().extent(0) % groups != 0) {
                throw new IllegalArgumentException(
                        weights.shape().extent(0)
                                + " output channels do not divide into "
                                + groups
                                + " groups");
            }
        }

        /** True if every group has one input channel and there is more than one. */
        public boolean depthwise() {
            return groups > 1 && weights.shape().extent(1) == 1;
        }
    }

    /** A matrix times the features, the last axis. {@code weights}: outputs x inputs. */
    record Dense(Tensor weights, Optional<Tensor> bias) implements Operation {
        public Dense {
            requireRank("dense", weights, 2);
            requireBias(weights, bias);
        }
    }

    /** scale (x - mean) / sqrt(variance + epsilon) + shift, for each channel, the first axis. */
    record BatchNormalization(
            Tensor scale, Tensor shift, Tensor mean, Tensor variance, float epsilon)
            implements Operation {}

    /** A function of each element. */
    record Pointwise(Function function) implements Operation {
        public Pointwise {
            Objects.requireNonNull(function, "function");
        }
    }

    /** The sum of two tensors, broadcast as in NumPy. */
    record Add() implements Operation {}

    /** The product of two tensors, broadcast as in NumPy. */
    record Multiply() implements Operation {}

    /** The largest element of each window; padding never wins. */
    record MaxPool(Window window) implements Operation {}

    /** The mean of each window, over all of it or over what lies in the image. */
    record AveragePool(Window window, boolean countPadding) implements Operation {}

    /** The mean over some axes. */
    record Mean(List<Integer> axes) implements Operation {
        public Mean {
            axes = List.copyOf(axes);
        }
    }

    /** The same elements in the shape of the node. */
    record Reshape() implements Operation {}

    /** Axis i of the result is axis {@code order[i]} of the input. */
    record Transpose(List<Integer> order) implements Operation {
        public Transpose {
            order = List.copyOf(order);
        }
    }

    /** The inputs side by side along an axis. */
    record Concat(int axis) implements Operation {}

    /** A constant border: so many elements before and after each axis. */
    record Pad(List<Integer> before, List<Integer> after, float value) implements Operation {
        public Pad {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * Every {@code step[i]}-th element of axis i from {@code start[i]}; as many as the node's shape
     * says.
     */
    record Slice(List<Integer> start, List<Integer> step) implements Operation {
        public Slice {
            start = List.copyOf(start);
            step = List.copyOf(step);
        }
    }

    /** exp(x) normalised to sum to one along an axis. */
    record Softmax(int axis) implements Operation {}

    private static void requireRank(String layer, Tensor weights, int rank) {
        if (weights.shape().rank() != rank) {
            throw new IllegalArgumentException(
                    layer + " weights have " + rank + " axes, was " + weights.shape());
        }
    }

    private static void requireBias(Tensor weights, Optional<Tensor> bias) {
        int outputs = weights.shape().extent(0);
        if (bias.isPresent() && bias.get().size() != outputs) {
            throw new IllegalArgumentException(
                    "a bias of "
                            + bias.get().size()
                            + " numbers does not fit "
                            + outputs
                            + " outputs");
        }
    }
}
