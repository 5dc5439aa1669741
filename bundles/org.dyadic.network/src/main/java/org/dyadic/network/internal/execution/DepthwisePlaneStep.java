package org.dyadic.network.internal.execution;

import java.util.Arrays;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;

/**
 * A convolution of each channel by itself with stride 1: over a copy of the channel with its
 * border, one weight after another is one long loop. What the loop makes of the border's columns is
 * thrown away.
 */
final class DepthwisePlaneStep implements Step {

    private final float[] weights;
    private final float[] bias;
    private final Window window;
    private final int outputsPerChannel;
    private final Shape input;
    private final Shape result;

    /** Columns with the border that the windows see. */
    private final int columns;

    /** Elements from the first window to the last. */
    private final int span;

    DepthwisePlaneStep(Operation.Convolution layer, Shape input, Shape result) {
        this.weights = layer.weights().toArray();
        this.bias = layer.bias().map(Tensor::toArray).orElse(new float[result.extent(0)]);
        this.window = layer.window();
        this.outputsPerChannel = result.extent(0) / layer.groups();
        this.input = input;
        this.result = result;
        this.columns = result.extent(2) + window.dilationX() * (window.width() - 1);
        this.span = (result.extent(1) - 1) * columns + result.extent(2);
    }

    static boolean suits(Operation.Convolution layer) {
        return layer.depthwise() && layer.window().strideX() == 1 && layer.window().strideY() == 1;
    }

    @Override
    public float[] run(float[][] inputs, Scratch scratch) {
        int rows = result.extent(1) + window.dilationY() * (window.height() - 1);
        var plane = scratch.columns(1, rows * columns)[0];
        var sums = scratch.sums(1, span)[0];
        var all = new float[result.size()];
        int taps = window.height() * window.width();
        for (int channel = 0; channel < result.extent(0); channel++) {
            if (channel % outputsPerChannel == 0) {
                fill(plane, rows, inputs[0], channel / outputsPerChannel);
            }
            Arrays.fill(sums, 0, span, bias[channel]);
            for (int tap = 0; tap < taps; tap++) {
                int y = tap / window.width() * window.dilationY();
                int x = tap % window.width() * window.dilationX();
                add(sums, weights[channel * taps + tap], plane, y * columns + x, span);
            }
            for (int y = 0; y < result.extent(1); y++) {
                int width = result.extent(2);
                int to = (channel * result.extent(1) + y) * width;
                System.arraycopy(sums, y * columns, all, to, width);
            }
        }
        return all;
    }

    private void fill(float[] plane, int rows, float[] image, int channel) {
        int height = input.extent(1);
        int width = input.extent(2);
        Arrays.fill(plane, 0, rows * columns, 0);
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    image,
                    (channel * height + y) * width,
                    plane,
                    (y + window.top()) * columns + window.left(),
                    width);
        }
    }

    private static void add(float[] sums, float weight, float[] plane, int at, int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += weight * plane[at + p];
        }
    }
}
