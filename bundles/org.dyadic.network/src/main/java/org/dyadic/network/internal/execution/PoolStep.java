package org.dyadic.network.internal.execution;

import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/** The largest element or the mean of each window. */
final class PoolStep implements Step {

    /** What is made of a window. */
    enum Kind {
        LARGEST,
        MEAN_OF_ALL,
        MEAN_INSIDE
    }

    private final Window window;
    private final Shape input;
    private final Shape result;
    private final Kind kind;

    PoolStep(Window window, Shape input, Shape result, Kind kind) {
        this.window = window;
        this.input = input;
        this.result = result;
        this.kind = kind;
    }

    @Override
    public float[] run(float[][] inputs, Scratch scratch) {
        var all = new float[result.size()];
        int plane = input.extent(1) * input.extent(2);
        int at = 0;
        for (int channel = 0; channel < result.extent(0); channel++) {
            for (int y = 0; y < result.extent(1); y++) {
                int top = y * window.strideY() - window.top();
                for (int x = 0; x < result.extent(2); x++) {
                    int left = x * window.strideX() - window.left();
                    all[at++] =
                            kind == Kind.LARGEST
                                    ? largest(inputs[0], channel * plane, top, left)
                                    : mean(inputs[0], channel * plane, top, left);
                }
            }
        }
        return all;
    }

    private float largest(float[] image, int plane, int top, int left) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int ky = 0; ky < window.height(); ky++) {
            int y = top + ky * window.dilationY();
            for (int kx = 0; kx < window.width(); kx++) {
                int x = left + kx * window.dilationX();
                if (y >= 0 && y < input.extent(1) && x >= 0 && x < input.extent(2)) {
                    largest = Math.max(largest, image[plane + y * input.extent(2) + x]);
                }
            }
        }
        return largest;
    }

    private float mean(float[] image, int plane, int top, int left) {
        double sum = 0;
        int inside = 0;
        for (int ky = 0; ky < window.height(); ky++) {
            int y = top + ky * window.dilationY();
            for (int kx = 0; kx < window.width(); kx++) {
                int x = left + kx * window.dilationX();
                if (y >= 0 && y < input.extent(1) && x >= 0 && x < input.extent(2)) {
                    sum += image[plane + y * input.extent(2) + x];
                    inside++;
                }
            }
        }
        int count = kind == Kind.MEAN_OF_ALL ? window.height() * window.width() : inside;
        return (float) (sum / count);
    }
}
