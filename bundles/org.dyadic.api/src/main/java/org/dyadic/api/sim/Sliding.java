package org.dyadic.api.sim;

import java.util.Objects;
import org.dyadic.api.network.Window;

/**
 * How the input of a convolution lies in an image: a row of the m x k matrix is what the window
 * covers at one output pixel, so that rows share the elements on which windows overlap. A row holds
 * the window's rows one after another, and in each the channels of a pixel side by side.
 *
 * @param height of the image in elements, without padding; {@code width} the same
 * @param channels of one group
 */
public record Sliding(int height, int width, int channels, Window window) {

    public Sliding {
        Objects.requireNonNull(window, "window");
        if (Math.min(height, Math.min(width, channels)) < 1) {
            throw new IllegalArgumentException(
                    "an image has height, width and channels, was "
                            + height
                            + " x "
                            + width
                            + " x "
                            + channels);
        }
    }

    /** Output pixels of a row. */
    public int columns() {
        return window.columns(width);
    }

    /** Rows of output pixels. */
    public int rows() {
        return window.rows(height);
    }
}
