package org.dyadic.execution;

import java.util.Arrays;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * Lays the windows of a batch out as columns, one for each output pixel, so that a convolution is a
 * matrix product (im2col). Columns count through the images, then through the pixels of each.
 */
final class Windows {

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
        int k = 0;
        for (int channel = firstChannel; channel < firstChannel + channels; channel++) {
            for (int dy = 0; dy < window.height(); dy++) {
                for (int dx = 0; dx < window.width(); dx++) {
                    gatherTap(
                            images,
                            channel,
                            dy * window.dilationY() - window.top(),
                            dx * window.dilationX() - window.left(),
                            from,
                            count,
                            pad,
                            columns[k++]);
                }
            }
        }
    }

    private void gatherTap(
            int[][] images,
            int channel,
            int offsetY,
            int offsetX,
            int from,
            int count,
            int pad,
            int[] column) {
        int at = 0;
        while (at < count) {
            int position = from + at;
            int image = position / pixels();
            int y = position % pixels() / outWidth;
            int x = position % outWidth;
            int run = Math.min(outWidth - x, count - at);
            int sourceY = y * window.strideY() + offsetY;
            if (sourceY < 0 || sourceY >= height) {
                Arrays.fill(column, at, at + run, pad);
            } else {
                int row = (channel * height + sourceY) * width;
                gatherRun(images[image], row, x, offsetX, run, pad, column, at);
            }
            at += run;
        }
    }

    /** One run of pixels in a row: padding, then what lies in the image, then padding. */
    private void gatherRun(
            int[] image, int row, int x, int offsetX, int run, int pad, int[] column, int at) {
        int stride = window.strideX();
        int start = x * stride + offsetX; // where the first pixel looks
        int inside = Math.min(run, Math.max(0, (-start + stride - 1) / stride));
        int outside = Math.max(inside, Math.min(run, (width - start + stride - 1) / stride));
        if (inside > 0) {
            Arrays.fill(column, at, at + inside, pad);
        }
        if (stride == 1) {
            System.arraycopy(image, row + start + inside, column, at + inside, outside - inside);
        } else {
            for (int i = inside; i < outside; i++) {
                column[at + i] = image[row + start + i * stride];
            }
        }
        if (outside < run) {
            Arrays.fill(column, at + outside, at + run, pad);
        }
    }
}
