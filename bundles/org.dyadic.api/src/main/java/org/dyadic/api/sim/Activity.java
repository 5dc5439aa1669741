package org.dyadic.api.sim;

import java.util.Collections;
import java.util.List;

/**
 * How often the parts of a machine are used by one layer on one image. Energy is activity times
 * price.
 *
 * @param macs multiply-accumulates of the layer
 * @param elementUses times that an element works for a cycle: more than {@code macs} when a product
 *     takes several cycles, fewer when products are packed. What the parts of {@code
 *     Machine.element} are used for
 * @param requantizations results that pass a requantizer
 * @param weightReads words from {@code Buffers.weightMemory()}; the same for activations. Filling
 *     the buffers is not counted
 * @param outputWrites words to and from the output buffer, partial sums included
 * @param dramReadBits bits moved from off-chip memory
 * @param dramWriteBits bits moved to off-chip memory
 */
public record Activity(
        long macs,
        long elementUses,
        long requantizations,
        long weightReads,
        long activationReads,
        long outputWrites,
        long dramReadBits,
        long dramWriteBits) {

    public Activity {
        var counts =
                List.of(
                        macs,
                        elementUses,
                        requantizations,
                        weightReads,
                        activationReads,
                        outputWrites,
                        dramReadBits,
                        dramWriteBits);
        if (Collections.min(counts) < 0) {
            throw new IllegalArgumentException("a count is not negative, was " + counts);
        }
    }

    /** One use of an element for each multiply-accumulate. */
    public Activity(
            long macs,
            long requantizations,
            long weightReads,
            long activationReads,
            long outputWrites,
            long dramReadBits,
            long dramWriteBits) {
        this(
                macs,
                macs,
                requantizations,
                weightReads,
                activationReads,
                outputWrites,
                dramReadBits,
                dramWriteBits);
    }
}
