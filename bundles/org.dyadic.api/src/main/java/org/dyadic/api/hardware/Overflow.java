package org.dyadic.api.hardware;

/**
 * What happens to a sum that does not fit its accumulator. It is counted and reported either way.
 */
public enum Overflow {
    /** The high bits are lost, as in two's complement. */
    WRAP,
    /** The final sum becomes the nearest number that fits. */
    SATURATE
}
