package org.dyadic.network.internal.execution;

import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.kernels.Kernels;

/**
 * A dense layer. The features take the place of the weights in the product, so that the outputs are
 * what lies side by side.
 */
final class DenseStep implements Step {

    private final float[][] columns;
    private final float[] bias;
    private final int rows;
    private final Kernels kernels;

    DenseStep(Operation.Dense layer, Shape input, Kernels kernels) {
        int outputs = layer.weights().shape().extent(0);
        int features = layer.weights().shape().extent(1);
        this.columns = new float[features][outputs];
        for (int feature = 0; feature < features; feature++) {
            for (int output = 0; output < outputs; output++) {
                columns[feature][output] = layer.weights().at(output * features + feature);
            }
        }
        this.bias = layer.bias().map(Tensor::toArray).orElse(new float[outputs]);
        this.rows = input.size() / features;
        this.kernels = kernels;
    }

    @Override
    public float[] run(float[][] inputs, Scratch scratch) {
        int outputs = bias.length;
        var sums = scratch.sums(rows, outputs);
        kernels.multiply(inputs[0], 0, rows, columns.length, columns, outputs, sums);
        var all = new float[rows * outputs];
        for (int row = 0; row < rows; row++) {
            for (int output = 0; output < outputs; output++) {
                all[row * outputs + output] = sums[row][output] + bias[output];
            }
        }
        return all;
    }
}
