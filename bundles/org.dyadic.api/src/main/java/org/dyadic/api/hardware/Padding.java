package org.dyadic.api.hardware;

import org.dyadic.api.spec.Value;

/** What enters the array where a window leaves the image; the same for grids that have a zero. */
public enum Padding {
    /** An exact zero, outside the code if the grid has none. */
    ZERO,
    /** The level of the grid nearest to zero. */
    NEAREST_LEVEL;

    /** The word in the language: {@code nearest-level}. */
    public String id() {
        return Value.Word.of(this).word();
    }
}
