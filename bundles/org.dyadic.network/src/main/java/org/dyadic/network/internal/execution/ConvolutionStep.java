package org.dyadic.network.internal.execution;

import java.util.Arrays;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.kernels.Kernels;

/**
 * A convolution as matrix products: weights times columns, where a column holds what the window
 * sees at one pixel. A tile of pixels at a time, so that the columns stay in the cache.
 */
final class ConvolutionStep implements Step {

    /**
     * Numbers in the columns of a tile: 512 KiB. Measured on ResNet-20: with 256 KiB the short rows
     * cost a tenth of the speed; 1 MiB is no faster, and at times much slower on JDK 25.
     */
    private static final int TILE = 1 << 17;

    /** Shorter rows would leave the vector loops before they get going. */
    private static final int MIN_PIXELS = 64;

    private final float[] weights;
    private final float[] bias;
    private final Window window;
    private final int groups;
    private final Shape input;
    private final Shape result;
    private final Kernels kernels;
    private final int depth;

    ConvolutionStep(Operation.Convolution layer, Shape input, Shape result, Kernels kernels) {
        this.weights = layer.weights().toArray();
        this.bias = layer.bias().map(Tensor::toArray).orElse(new float[result.extent(0)]);
        this.window = layer.window();
        this.groups = layer.groups();
        this.input = input;
        this.result = result;
        this.kernels = kernels;
        this.depth = weights.length / result.extent(0);
    }

    @Override
    public float[] run(float[][] inputs, Scratch scratch) {
        int pixels = result.extent(1) * result.extent(2);
        int outputs = result.extent(0) / groups;
        int tile = Math.min(pixels, Math.max(MIN_PIXELS, TILE / depth));
        var columns = scratch.columns(depth, tile);
        var sums = scratch.sums(outputs, tile);
        var all = new float[result.size()];
        for (int group = 0; group < groups; group++) {
            for (int from = 0; from < pixels; from += tile) {
                int count = Math.min(tile, pixels - from);
                gather(inputs[0], group, from, count, columns);
                kernels.multiply(
                        weights, group * outputs * depth, outputs, depth, columns, count, sums);
                for (int output = 0; output < outputs; output++) {
                    int channel = group * outputs + output;
                    addBias(sums[output], bias[channel], all, channel * pixels + from, count);
                }
            }
        }
        return all;
    }

    private static void addBias(float[] sums, float bias, float[] all, int at, int count) {
        for (int p = 0; p < count; p++) {
            all[at + p] = sums[p] + bias;
        }
    }

    /** Fills the columns of the pixels {@code from} to {@code from + count}. */
    private void gather(float[] image, int group, int from, int count, float[][] columns) {
        int channels = input.extent(0) / groups;
        int row = 0;
        for (int c = group * channels; c < (group + 1) * channels; c++) {
            for (int ky = 0; ky < window.height(); ky++) {
                for (int kx = 0; kx < window.width(); kx++) {
                    gather(image, c, ky, kx, from, count, columns[row++]);
                }
            }
        }
    }

    private void gather(
            float[] image, int channel, int ky, int kx, int from, int count, float[] row) {
        int height = input.extent(1);
        int width = input.extent(2);
        int columns = result.extent(2);
        int offset = kx * window.dilationX() - window.left();
        // The pixels whose window has this element inside the image: first to last.
        int first = Math.min(columns, divideUp(Math.max(0, -offset), window.strideX()));
        int last = Math.max(first, Math.min(columns, divideUp(width - offset, window.strideX())));
        int at = 0;
        int y = from / columns;
        int x = from % columns;
        while (at < count) {
            int length = Math.min(columns - x, count - at);
            int iy = y * window.strideY() - window.top() + ky * window.dilationY();
            int start = Math.min(x + length, Math.max(x, first));
            int end = Math.max(start, Math.min(x + length, last));
            if (iy < 0 || iy >= height) {
                start = x + length;
                end = start;
            }
            Arrays.fill(row, at, at + start - x, 0);
            copy(
                    image,
                    (channel * height + iy) * width + start * window.strideX() + offset,
                    row,
                    at + start - x,
                    end - start);
            Arrays.fill(row, at + end - x, at + length, 0);
            at += length;
            x = 0;
            y++;
        }
    }

    private void copy(float[] image, int from, float[] row, int to, int count) {
        int stride = window.strideX();
        if (count > 0 && stride == 1) {
            System.arraycopy(image, from, row, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            row[to + i] = image[from + i * stride];
        }
    }

    private static int divideUp(int a, int b) {
        return Math.max(0, Math.floorDiv(a + b - 1, b));
    }
}
