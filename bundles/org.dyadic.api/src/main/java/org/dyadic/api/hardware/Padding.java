package org.dyadic.api.hardware;

/** What enters the array where a window leaves the image. */
public enum Padding {
    /** An exact zero, outside the code if the grid has none. */
    ZERO,
    /** The level of the grid nearest to zero. */
    NEAREST_LEVEL
}
