package org.dyadic.execution;

import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * What each output pixel of a layer multiplies with the weights. A dense layer has one pixel for
 * each row of features, and one group.
 */
final class Patches {

    private final Window window;
    private final int height;
    private final int width;
    private final int outWidth;
    private final int groups;
    private final int channels; // inputs of a group
    private final int outputs; // of a group
    private final int pixels;
    private final boolean dense;

    Patches(Node layer, Shape input) {
        var weights = Layers.weights(layer).shape();
        this.channels = weights.extent(1);
        if (layer.operation() instanceof Operation.Convolution convolution) {
            this.dense = false;
            this.window = convolution.window();
            this.height = input.extent(1);
            this.width = input.extent(2);
            this.outWidth = layer.shape().extent(2);
            this.groups = convolution.groups();
            this.pixels = layer.shape().extent(1) * outWidth;
        } else {
            this.dense = true;
            this.window = Window.square(1, 1, 0);
            this.height = 1;
            this.width = 1;
            this.outWidth = 1;
            this.groups = 1;
            this.pixels = input.size() / channels;
        }
        this.outputs = weights.extent(0) / groups;
    }

    int groups() {
        return groups;
    }

    /** Output channels of a group. */
    int outputs() {
        return outputs;
    }

    /** Numbers that a pixel multiplies with the weights of one output channel. */
    int depth() {
        return channels * window.height() * window.width();
    }

    /** Input channels of a group. */
    int inputs() {
        return channels;
    }

    /** The input channel, counted over all groups, of an element of the input. */
    int inputChannel(int element) {
        return dense ? element % channels : element / (height * width);
    }

    int pixels() {
        return pixels;
    }

    /** Where the result of an output channel, counted over all groups, lies for a pixel. */
    int result(int channel, int pixel) {
        return dense ? pixel * outputs + channel : channel * pixels + pixel;
    }

    /** Fills {@code row} with what a pixel multiplies with the weights of a group; padding is 0. */
    void gather(float[] input, int group, int pixel, float[] row) {
        if (dense) {
            System.arraycopy(input, pixel * channels, row, 0, channels);
            return;
        }
        int top = pixel / outWidth * window.strideY() - window.top();
        int left = pixel % outWidth * window.strideX() - window.left();
        int k = 0;
        for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
            for (int dy = 0; dy < window.height(); dy++) {
                int y = top + dy * window.dilationY();
                int line = (channel * height + y) * width;
                for (int dx = 0; dx < window.width(); dx++) {
                    int x = left + dx * window.dilationX();
                    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                    row[k++] = inside ? input[line + x] : 0;
                }
            }
        }
    }
}
