package org.dyadic.execution;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A network that can be run on images. Thread-safe. */
public interface Executable extends AutoCloseable {

    /** How it computes, for reports: {@code float32}, or the integer datapath. */
    String arithmetic();

    /**
     * Which kernel computes each layer, for reports: by the name of the layer, in the order of the
     * network, such as {@code int16 in blocks of 96} or {@code scalar}. Nothing if there is no
     * choice of kernels.
     */
    default Map<String, String> kernels() {
        return Map.of();
    }

    /** How many images are best run together. */
    int batch();

    /**
     * The outputs for each image, in an order that ranks classes; integers for integer execution.
     *
     * @param images samples of 0 to 255, channel by channel
     * @param overflows takes the number of sums that did not fit the accumulator
     */
    double[][] run(byte[][] images, LongAdder overflows);

    /** Gives back what is held outside of Java's memory; by default there is nothing. */
    @Override
    default void close() {}
}
