package org.dyadic.api.network;

import java.util.List;

/**
 * A window that slides over height and width. All numbers count elements; the four pads may differ.
 */
public record Window(
        int height,
        int width,
        int strideY,
        int strideX,
        int top,
        int left,
        int bottom,
        int right,
        int dilationY,
        int dilationX) {

    public Window {
        if (Math.min(Math.min(height, width), Math.min(strideY, strideX)) < 1
                || Math.min(dilationY, dilationX) < 1) {
            throw new IllegalArgumentException(
                    "size, stride and dilation of a window must be at least 1, was "
                            + List.of(height, width, strideY, strideX, dilationY, dilationX));
        }
        if (Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
            throw new IllegalArgumentException(
                    "the padding of a window must not be negative, was "
                            + List.of(top, left, bottom, right));
        }
    }

    /** A square window with one stride and one pad for all sides. */
    public static Window square(int size, int stride, int pad) {
        return new Window(size, size, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    /**
     * Rows that the window makes of an input of so many rows, counting whole windows only; zero if
     * it does not fit once.
     */
    public int rows(int inputHeight) {
        return places((long) inputHeight + top + bottom, height, strideY, dilationY);
    }

    /**
     * Columns that the window makes of an input of so many columns, counting whole windows only;
     * zero if it does not fit once.
     */
    public int columns(int inputWidth) {
        return places((long) inputWidth + left + right, width, strideX, dilationX);
    }

    private static int places(long padded, int size, int stride, int dilation) {
        long rest = padded - (long) dilation * (size - 1) - 1;
        return rest < 0 ? 0 : Math.toIntExact(rest / stride + 1);
    }
}
