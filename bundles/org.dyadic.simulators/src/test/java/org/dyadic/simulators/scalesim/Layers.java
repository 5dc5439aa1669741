package org.dyadic.simulators.scalesim;

import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;

/** Convolutions for the tests. */
final class Layers {

    private Layers() {}

    /** Image height and width, filter height and width, channels, filters and stride. */
    static Workload convolution(int... numbers) {
        int stride = numbers[6];
        int rows = places(numbers[0], numbers[2], stride);
        int columns = places(numbers[1], numbers[3], stride);
        var window =
                new Window(
                        numbers[2],
                        numbers[3],
                        stride,
                        stride,
                        0,
                        0,
                        (rows - 1) * stride + numbers[2] - numbers[0],
                        (columns - 1) * stride + numbers[3] - numbers[1],
                        1,
                        1);
        return convolution(
                new Sliding(numbers[0], numbers[1], numbers[4], clipped(window)), numbers[5]);
    }

    static Workload convolution(Sliding image, int filters) {
        int pixels = image.rows() * image.columns();
        return new Workload(
                        "conv",
                        pixels,
                        filters,
                        image.window().height() * image.window().width() * image.channels(),
                        1,
                        8,
                        8,
                        8,
                        (long) image.height() * image.width() * image.channels(),
                        (long) pixels * filters,
                        1)
                .sliding(image);
    }

    /** Rounded up, as SCALE-Sim does. */
    private static int places(int extent, int size, int stride) {
        return (extent - size + stride + stride - 1) / stride;
    }

    private static Window clipped(Window window) {
        return new Window(
                window.height(),
                window.width(),
                window.strideY(),
                window.strideX(),
                0,
                0,
                Math.max(0, window.bottom()),
                Math.max(0, window.right()),
                1,
                1);
    }
}
