package org.dyadic.backends;

import org.dyadic.api.hardware.Operands;
import org.dyadic.api.network.Operation;

/**
 * The loops of a layer: for each group so many filters over so many channels, windows of height x
 * width, and rows x columns of results. A matrix is a layer of windows of one element.
 *
 * @param filters output channels of a group; {@code channels} the same of the input
 * @param inputRows of the image, border included; {@code inputColumns} the same
 */
record LayerShape(
        int groups,
        int filters,
        int channels,
        int height,
        int width,
        int stride,
        int rows,
        int columns,
        int inputRows,
        int inputColumns) {

    static LayerShape of(Operands operands) {
        if (operands.operation() instanceof Operation.Convolution convolution) {
            var weights = convolution.weights().shape();
            var window = convolution.window();
            return new LayerShape(
                    convolution.groups(),
                    weights.extent(0) / convolution.groups(),
                    weights.extent(1),
                    window.height(),
                    window.width(),
                    window.strideY(),
                    operands.output().extent(1),
                    operands.output().extent(2),
                    operands.input().extent(1) + window.top() + window.bottom(),
                    operands.input().extent(2) + window.left() + window.right());
        }
        if (operands.operation() instanceof Operation.Dense dense) {
            int outputs = dense.weights().shape().extent(0);
            int vectors = Math.toIntExact(operands.output().elements() / outputs);
            int inputs = dense.weights().shape().extent(1);
            return new LayerShape(1, outputs, inputs, 1, 1, 1, 1, vectors, 1, vectors);
        }
        throw new IllegalArgumentException(
                "a layer is a convolution or dense, was " + operands.operation());
    }

    /** Results of one output channel. */
    long pixels() {
        return (long) rows * columns;
    }

    /** Multiply-accumulates of the layer. */
    long macs() {
        return pixels() * height * width * channels * filters * groups;
    }
}
