package org.dyadic.execution;

/** A network that can be run on images. Thread-safe. */
public interface Executable {

    /** How it computes, for reports: {@code float32}, or the integer datapath. */
    String arithmetic();

    /** How many images are best run together. */
    int batch();

    /**
     * The outputs for each image, in an order that ranks classes; integers for integer execution.
     *
     * @param images samples of 0 to 255, channel by channel
     * @param overflows takes the number of sums that did not fit the accumulator
     */
    double[][] run(byte[][] images, java.util.concurrent.atomic.LongAdder overflows);
}
