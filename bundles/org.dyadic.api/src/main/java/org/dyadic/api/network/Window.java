package org.dyadic.api.network;

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
                    "size, stride and dilation of a window must be at least 1");
        }
        if (Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
            throw new IllegalArgumentException("the padding of a window must not be negative");
        }
    }

    /** A square window with one stride and one pad for all sides. */
    public static Window square(int size, int stride, int pad) {
        return new Window(size, size, stride, stride, pad, pad, pad, pad, 1, 1);
    }

    /** Rows that the window makes of an input of so many rows, counting whole windows only. */
    public int rows(int inputHeight) {
        return (inputHeight + top + bottom - dilationY * (height - 1) - 1) / strideY + 1;
    }

    /**
     * Columns that the window makes of an input of so many columns, counting whole windows only.
     */
    public int columns(int inputWidth) {
        return (inputWidth + left + right - dilationX * (width - 1) - 1) / strideX + 1;
    }
}
