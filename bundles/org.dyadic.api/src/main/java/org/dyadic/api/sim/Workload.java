package org.dyadic.api.sim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.hardware.Timing;

/**
 * A quantized layer as a simulator sees it: {@code groups} matrix products of {@code m x k} by
 * {@code k x n}. For a convolution m is the number of output pixels, n the output channels of a
 * group, and k kernel height x kernel width x input channels of a group.
 *
 * @param weightBits width of a weight code; the same for the other operands
 * @param inputElements elements of the layer's input and output, each counted once
 * @param macsPerCycle of one processing element, as the backend accepted the layer
 * @param sliding where the input elements of a convolution lie; empty for a matrix whose elements
 *     are all different
 * @param timing by the backend's own model, if it has one for the layer
 * @param integers that are multiplied for one image, where the network is trained and the
 *     experiment has a data set
 */
public record Workload(
        String layer,
        int m,
        int n,
        int k,
        int groups,
        int weightBits,
        int activationBits,
        int outputBits,
        long inputElements,
        long outputElements,
        double macsPerCycle,
        Optional<Sliding> sliding,
        Optional<Timing> timing,
        Optional<Integers> integers) {

    public Workload {
        Objects.requireNonNull(layer, "layer");
        if (Math.min(Math.min(m, n), Math.min(k, groups)) < 1) {
            throw new IllegalArgumentException(
                    "a workload has positive extents, was "
                            + m
                            + ", "
                            + n
                            + ", "
                            + k
                            + ", "
                            + groups);
        }
        if (Math.min(Math.min(weightBits, activationBits), outputBits) < 1 || !(macsPerCycle > 0)) {
            throw new IllegalArgumentException(
                    "operands have bits and elements work, was "
                            + List.of(weightBits, activationBits, outputBits)
                            + " bits, "
                            + macsPerCycle
                            + " multiply-accumulates a cycle");
        }
        if (Math.min(inputElements, outputElements) < 1) {
            throw new IllegalArgumentException(
                    "a layer has input and output, was "
                            + inputElements
                            + " and "
                            + outputElements
                            + " elements");
        }
        if ((double) m * n * k * groups > MOST_MACS) {
            throw new IllegalArgumentException(
                    "layer "
                            + layer
                            + " has more than "
                            + MOST_MACS
                            + " multiply-accumulates, which no estimate can count");
        }
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(integers, "integers");
        sliding.ifPresent(
                image -> {
                    long pixels = (long) image.rows() * image.columns();
                    var window = image.window();
                    long covered = (long) window.height() * window.width() * image.channels();
                    if (pixels != m || covered != k) {
                        throw new IllegalArgumentException(
                                "a window that covers "
                                        + covered
                                        + " elements at "
                                        + pixels
                                        + " places is no matrix of "
                                        + m
                                        + " x "
                                        + k);
                    }
                });
    }

    /** A layer whose input is a matrix. */
    public Workload(
            String layer,
            int m,
            int n,
            int k,
            int groups,
            int weightBits,
            int activationBits,
            int outputBits,
            long inputElements,
            long outputElements,
            double macsPerCycle) {
        this(
                layer,
                m,
                n,
                k,
                groups,
                weightBits,
                activationBits,
                outputBits,
                inputElements,
                outputElements,
                macsPerCycle,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same layer by another name. */
    public Workload named(String name) {
        return with(name, sliding, timing, integers);
    }

    /** The same layer as a convolution. */
    public Workload sliding(Sliding image) {
        return with(layer, Optional.of(image), timing, integers);
    }

    /** The same layer, timed by the backend. */
    public Workload timed(Timing own) {
        return with(layer, sliding, Optional.of(own), integers);
    }

    /** The same layer with its integers. */
    public Workload on(Integers values) {
        return with(layer, sliding, timing, Optional.of(values));
    }

    private Workload with(
            String layer,
            Optional<Sliding> sliding,
            Optional<Timing> timing,
            Optional<Integers> integers) {
        return new Workload(
                layer,
                m,
                n,
                k,
                groups,
                weightBits,
                activationBits,
                outputBits,
                inputElements,
                outputElements,
                macsPerCycle,
                sliding,
                timing,
                integers);
    }

    /** More than any network has, and few enough that what is counted of them fits a long. */
    private static final long MOST_MACS = 10_000_000_000_000L;

    /** Multiply-accumulates of the layer. */
    public long macs() {
        return (long) m * n * k * groups;
    }

    /** Weights of the layer, each counted once. */
    public long weightElements() {
        return (long) n * k * groups;
    }
}
