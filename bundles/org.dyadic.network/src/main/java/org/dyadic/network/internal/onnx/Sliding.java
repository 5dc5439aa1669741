package org.dyadic.network.internal.onnx;

import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * A window as the attributes of a node place it on an input.
 *
 * @param window its bottom and right pads reach as far as the last windows do, even where rounding
 *     up (ceil_mode) leads beyond the padding the file names
 * @param rows rows of the result
 * @param columns columns of the result
 * @param extraRows how much of the bottom pad lies beyond the padding the file names
 * @param extraColumns the same of the right pad
 */
record Sliding(Window window, int rows, int columns, int extraRows, int extraColumns) {

    /** One axis: so many results, with so much padding, {@code extra} of it beyond the file's. */
    private record Span(int count, int before, int after, int extra) {}

    static Sliding of(OnnxNode node, Shape image, int height, int width, boolean roundUp)
            throws UnreadableFileException {
        int[] strides = pair(node, "strides");
        int[] dilations = pair(node, "dilations");
        long[] pads = node.wholes("pads", 0, 0, 0, 0);
        if (pads.length != 4) {
            throw node.wrong("pads has " + pads.length + " numbers; a 2-D window takes 4");
        }
        var rows =
                span(
                        node,
                        image.extent(1),
                        height,
                        strides[0],
                        dilations[0],
                        node.count("pads", pads[0], 0),
                        node.count("pads", pads[2], 0),
                        roundUp);
        var columns =
                span(
                        node,
                        image.extent(2),
                        width,
                        strides[1],
                        dilations[1],
                        node.count("pads", pads[1], 0),
                        node.count("pads", pads[3], 0),
                        roundUp);
        var window =
                new Window(
                        height,
                        width,
                        strides[0],
                        strides[1],
                        rows.before,
                        columns.before,
                        rows.after + rows.extra,
                        columns.after + columns.extra,
                        dilations[0],
                        dilations[1]);
        return new Sliding(window, rows.count, columns.count, rows.extra, columns.extra);
    }

    private static int[] pair(OnnxNode node, String attribute) throws UnreadableFileException {
        long[] list = node.wholes(attribute, 1, 1);
        if (list.length != 2) {
            throw node.wrong(attribute + " has " + list.length + " numbers; a 2-D window takes 2");
        }
        return new int[] {node.count(attribute, list[0], 1), node.count(attribute, list[1], 1)};
    }

    private static Span span(
            OnnxNode node,
            int extent,
            int size,
            int stride,
            int dilation,
            int before,
            int after,
            boolean roundUp)
            throws UnreadableFileException {
        long reach = (long) dilation * (size - 1) + 1;
        var mode = node.text("auto_pad", "NOTSET");
        switch (mode) {
            case "NOTSET" -> {}
            case "VALID" -> {
                before = 0;
                after = 0;
            }
            case "SAME_UPPER", "SAME_LOWER" -> {
                int count = (extent - 1) / stride + 1;
                long total = Math.max(0, (count - 1L) * stride + reach - extent);
                long smaller = total / 2;
                before = (int) (mode.equals("SAME_UPPER") ? smaller : total - smaller);
                after = (int) (total - before);
                return new Span(count, before, after, 0);
            }
            default ->
                    throw node.wrong(
                            "auto_pad '"
                                    + mode
                                    + "' is none of NOTSET, VALID, SAME_UPPER, SAME_LOWER");
        }
        long padded = (long) extent + before + after;
        if (reach > padded) {
            throw node.wrong(
                    "a window that reaches over "
                            + reach
                            + " elements does not fit an input of "
                            + padded
                            + " with padding");
        }
        long rest = padded - reach;
        long count = rest / stride + 1;
        if (roundUp && rest % stride != 0 && count * stride < (long) extent + before) {
            // A window that would start beyond the input is dropped: ONNX, MaxPool.
            count++;
        }
        long extra = Math.max(0, (count - 1) * stride + reach - padded);
        return new Span((int) count, before, after, (int) extra);
    }
}
