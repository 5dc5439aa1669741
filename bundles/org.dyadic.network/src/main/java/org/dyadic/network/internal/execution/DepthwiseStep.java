package org.dyadic.network.internal.execution;

import java.util.Arrays;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;

/** A convolution of each channel by itself: a row of pixels at a time, one weight after another. */
final class DepthwiseStep implements Step {

    private final float[] weights;
    private final float[] bias;
    private final Window window;
    private final int outputsPerChannel;
    private final Shape input;
    private final Shape result;

    DepthwiseStep(Operation.Convolution layer, Shape input, Shape result) {
        this.weights = layer.weights().toArray();
        this.bias = layer.bias().map(Tensor::toArray).orElse(new float[result.extent(0)]);
        this.window = layer.window();
        this.outputsPerChannel = result.extent(0) / layer.groups();
        this.input = input;
        this.result = result;
    }

    @Override
    public float[] run(float[][] inputs, Scratch scratch) {
        int rows = result.extent(1);
        int columns = result.extent(2);
        var all = new float[result.size()];
        var sums = scratch.sums(1, columns)[0];
        for (int channel = 0; channel < result.extent(0); channel++) {
            for (int y = 0; y < rows; y++) {
                Arrays.fill(sums, 0, columns, bias[channel]);
                addRows(inputs[0], channel, y, sums);
                System.arraycopy(sums, 0, all, (channel * rows + y) * columns, columns);
            }
        }
        return all;
    }

    private void addRows(float[] image, int channel, int y, float[] sums) {
        int height = input.extent(1);
        int width = input.extent(2);
        int columns = result.extent(2);
        int stride = window.strideX();
        for (int ky = 0; ky < window.height(); ky++) {
            int iy = y * window.strideY() - window.top() + ky * window.dilationY();
            if (iy < 0 || iy >= height) {
                continue;
            }
            int row = (channel / outputsPerChannel * height + iy) * width;
            int weight = (channel * window.height() + ky) * window.width();
            for (int kx = 0; kx < window.width(); kx++) {
                int offset = kx * window.dilationX() - window.left();
                int first = Math.min(columns, Math.max(0, -Math.floorDiv(offset, stride)));
                int last = Math.min(columns, Math.floorDiv(width - 1 - offset, stride) + 1);
                add(sums, first, last, weights[weight + kx], image, row + offset, stride);
            }
        }
    }

    private static void add(
            float[] sums, int first, int last, float weight, float[] image, int at, int stride) {
        if (stride == 1) {
            for (int x = first; x < last; x++) {
                sums[x] += weight * image[at + x];
            }
        } else {
            for (int x = first; x < last; x++) {
                sums[x] += weight * image[at + x * stride];
            }
        }
    }
}
