package org.dyadic.execution;

import java.util.Arrays;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * Lays the windows of a batch out as columns, one for each output pixel, so that a convolution is a
 * matrix product (im2col). Columns count through the images, then through the pixels of each.
 */
final class Windows {

    /** From this length on, a copy by the library is worth its call. */
    private static final int LONG = 24;

    private final int height;
    private final int width;
    private final int outHeight;
    private final int outWidth;
    private final Window window;

    /** Input and output have channels, height and width. */
    Windows(Window window, Shape input, Shape output) {
        this.window = window;
        this.height = input.extent(1);
        this.width = input.extent(2);
        this.outHeight = output.extent(1);
        this.outWidth = output.extent(2);
    }

    int pixels() {
        return outHeight * outWidth;
    }

    /**
     * Fills {@code columns[k]} with the elements that pixels {@code from} to {@code from + count -
     * 1} of the batch multiply with weight k; k counts channels, then rows, then columns of the
     * window.
     *
     * @param pad what stands where the window leaves the image
     */
    void gather(
            int[][] images,
            int firstChannel,
            int channels,
            int from,
            int count,
            int pad,
            int[][] columns) {
        int[] runs = runs(from, count);
        int k = 0;
        for (int channel = firstChannel; channel < firstChannel + channels; channel++) {
            for (int dy = 0; dy < window.height(); dy++) {
                for (int dx = 0; dx < window.width(); dx++) {
                    int offsetY = dy * window.dilationY() - window.top();
                    int offsetX = dx * window.dilationX() - window.left();
                    int[] column = columns[k++];
                    for (int run = 0; run < runs.length; run += RUN) {
                        gatherRun(images, channel, offsetY, offsetX, runs, run, pad, column);
                    }
                }
            }
        }
    }

    /**
     * Numbers that describe a run: image, row and column of its first pixel, pixels, place in the
     * columns.
     */
    private static final int RUN = 5;

    /** The pixels cut into runs that lie in one row of one image. */
    private int[] runs(int from, int count) {
        var runs = new int[RUN * (count / outWidth + 2)];
        int used = 0;
        int length;
        for (int at = 0; at < count; at += length) {
            int position = from + at;
            int x = position % outWidth;
            length = Math.min(outWidth - x, count - at);
            runs[used++] = position / pixels();
            runs[used++] = position % pixels() / outWidth;
            runs[used++] = x;
            runs[used++] = length;
            runs[used++] = at;
        }
        return Arrays.copyOf(runs, used);
    }

    /** What one tap sees of a run: padding, then what lies in the image, then padding. */
    private void gatherRun(
            int[][] images,
            int channel,
            int offsetY,
            int offsetX,
            int[] runs,
            int run,
            int pad,
            int[] column) {
        int sourceY = runs[run + 1] * window.strideY() + offsetY;
        int length = runs[run + 3];
        int at = runs[run + 4];
        if (sourceY < 0 || sourceY >= height) {
            fill(column, at, at + length, pad);
            return;
        }
        int stride = window.strideX();
        int start = runs[run + 2] * stride + offsetX; // where the first pixel looks
        int inside = start >= 0 ? 0 : Math.min(length, (-start + stride - 1) / stride);
        int outside =
                start + (length - 1) * stride < width
                        ? length
                        : Math.max(inside, Math.min(length, (width - start + stride - 1) / stride));
        int source = (channel * height + sourceY) * width + start;
        fill(column, at, at + inside, pad);
        copy(
                images[runs[run]],
                source + inside * stride,
                stride,
                column,
                at + inside,
                outside - inside);
        fill(column, at + outside, at + length, pad);
    }

    private static void fill(int[] column, int from, int to, int pad) {
        for (int i = from; i < to; i++) {
            column[i] = pad;
        }
    }

    private static void copy(int[] image, int from, int stride, int[] column, int to, int count) {
        if (stride == 1 && count >= LONG) {
            System.arraycopy(image, from, column, to, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            column[to + i] = image[from + i * stride];
        }
    }
}
