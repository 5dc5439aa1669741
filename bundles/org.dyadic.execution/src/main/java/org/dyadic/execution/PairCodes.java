package org.dyadic.execution;

import java.util.Arrays;
import org.dyadic.kernels.Encoder;
import org.dyadic.kernels.PairKernels;

/**
 * The encoded input of a layer: the levels of all pairs inside the border that the layer's window
 * needs, in pairs of 16 bits or, image by image, in single precision.
 */
final class PairCodes {

    private final PairKernels kernels;
    private final PairLayout layout;
    private final Encoder encoder;
    private final int pad;
    private final boolean floats;
    private final int height;
    private final int width;
    private final int top;
    private final int left;
    private final int paddedHeight;
    private final int paddedWidth;

    PairCodes(PairKernels kernels, Multiplication layer, PairLayout layout, boolean floats) {
        this.kernels = kernels;
        this.layout = layout;
        this.encoder = Encoder.of(layer.encoder(), layer.ratio());
        this.pad = layer.pad();
        this.floats = floats;
        var window = layer.window();
        this.height = layer.input().extent(1);
        this.width = layer.input().extent(2);
        this.top = window.top();
        this.left = window.left();
        int lastY = (layer.output().extent(1) - 1) * window.strideY();
        int lastX = (layer.output().extent(2) - 1) * window.strideX();
        // A last tile of Winograd's may reach one pixel further than the last window.
        int more = PairWinograd.suits(layer) ? 2 : 1;
        this.paddedHeight =
                Math.max(top + height, lastY + (window.height() - 1) * window.dilationY() + more);
        this.paddedWidth =
                Math.max(left + width, lastX + (window.width() - 1) * window.dilationX() + more);
    }

    /** The elements of a pair, or of an image in single precision. */
    int plane() {
        return paddedHeight * paddedWidth * layout.stride();
    }

    /** Where a row and a column of a pair, border included, begin. */
    int at(int pair, int y, int x) {
        return ((pair * paddedHeight + y) * paddedWidth + x) * layout.stride();
    }

    /** What a tap of the window adds to where a pixel begins. */
    int tap(int dy, int dx) {
        return (dy * paddedWidth + dx) * layout.stride();
    }

    /** Room for so many pairs, with its border; the rest is still to be encoded. */
    Object acquire(Arena arena, int pairs) {
        if (floats) {
            float[] codes = arena.floats(2 * pairs * plane());
            border(pairs * 2, (from, to) -> Arrays.fill(codes, from, to, pad));
            return codes;
        }
        // Layers of each channel on its own read the last pixel's channels up to a round number.
        int[] codes = arena.ints(pairs * plane() + PairKernels.ROUND);
        int pair = PairLayout.pair(pad, pad);
        border(pairs, (from, to) -> Arrays.fill(codes, from, to, pair));
        return codes;
    }

    /** Pairs of other codes, in the place of those from {@code first} on. */
    void copy(Object from, int fromPairs, Object to, int first, int toPairs) {
        int length = fromPairs * plane();
        System.arraycopy(from, 0, to, first * plane(), length);
        if (floats) {
            System.arraycopy(from, length, to, (toPairs + first) * plane(), length);
        }
    }

    private interface Fill {
        void fill(int from, int to);
    }

    /** The border of each plane: above, left of, right of and below the image. */
    private void border(int planes, Fill border) {
        int line = paddedWidth * layout.stride();
        int begin = left * layout.stride();
        int end = (left + width) * layout.stride();
        for (int plane = 0; plane < planes; plane++) {
            int at = plane * plane();
            border.fill(at, at + top * line);
            if (paddedWidth > width) {
                for (int y = top; y < top + height; y++) {
                    border.fill(at + y * line, at + y * line + begin);
                    border.fill(at + y * line + end, at + (y + 1) * line);
                }
            }
            border.fill(at + (top + height) * line, at + paddedHeight * line);
        }
    }

    /**
     * Encodes pixels, counted through all pairs.
     *
     * @param wide the first of them at its begin
     * @param scratch as long as {@code wide}
     */
    void encode(
            int[] wide, int from, int first, int count, int pairs, Object codes, int[] scratch) {
        int stride = layout.stride();
        int length;
        for (int done = 0; done < count; done += length) {
            int pair = (first + done) / layout.pixels();
            int pixel = (first + done) % layout.pixels();
            int x = pixel % width;
            length = Math.min(width - x, count - done);
            int to = at(pair, top + pixel / width, left + x);
            int at = from + done * stride;
            if (codes instanceof int[] ints) {
                kernels.encode(wide, at, length * stride, encoder, ints, to);
            } else {
                kernels.encode(wide, at, length * stride, encoder, scratch, 0);
                kernels.split(
                        scratch, 0, length * stride, (float[]) codes, to, to + pairs * plane());
            }
        }
    }
}
