package org.dyadic.execution;

import org.dyadic.api.network.Shape;
import org.dyadic.kernels.PairKernels;

/**
 * How the tensors of two images lie in one array: pixel by pixel, the channels of a pixel side by
 * side, and perhaps some more that mean nothing, so that vectors come out even. A tensor that has
 * no pixels is one pixel of many channels.
 *
 * @param stride the ints of a pixel
 */
record PairLayout(int pixels, int channels, int stride) {

    static PairLayout of(Shape shape) {
        var layout = dense(shape);
        return new PairLayout(layout.pixels, layout.channels, PairKernels.rounded(layout.channels));
    }

    /** Without anything between the pixels, for images of a few channels. */
    static PairLayout dense(Shape shape) {
        boolean image = shape.rank() == 3;
        int channels = image ? shape.extent(0) : shape.size();
        return new PairLayout(shape.size() / channels, channels, channels);
    }

    /** Two integers of 16 bits in one int. */
    static int pair(int low, int high) {
        return (low & 0xffff) | (high << 16);
    }

    /** The ints of a pair. */
    int size() {
        return pixels * stride;
    }

    private int place(int element) {
        return element % pixels * stride + element / pixels;
    }

    /** Where each element of an image, row-major, lies. */
    int[] places() {
        var places = new int[pixels * channels];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(i);
        }
        return places;
    }

    /** Where elements lie that are counted row-major. */
    int[] at(int[] elements) {
        var places = new int[elements.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(elements[i]);
        }
        return places;
    }

    /** Two images, row-major, into one array from a place on. */
    void pack(int[] low, int[] high, int[] to, int at) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = channel * pixels + pixel;
                to[at + pixel * stride + channel] = pair(low[from], high[from]);
            }
        }
    }

    /** The images of a pair, row-major. */
    int[][] unpack(int[] from, int at) {
        var images = new int[2][pixels * channels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                int pair = from[at + pixel * stride + channel];
                images[0][channel * pixels + pixel] = (short) pair;
                images[1][channel * pixels + pixel] = pair >> 16;
            }
        }
        return images;
    }
}
