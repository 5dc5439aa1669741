package org.dyadic.api.sim;

/**
 * How often the parts of a machine are used by one layer on one image. Energy is activity times
 * price.
 *
 * @param macs multiply-accumulates that the elements execute
 * @param requantizations results that pass a requantizer
 * @param weightReads words from the weight buffer; the same for activations
 * @param outputWrites words to and from the output buffer, partial sums included
 * @param dramReadBits bits moved from off-chip memory
 * @param dramWriteBits bits moved to off-chip memory
 */
public record Activity(
        long macs,
        long requantizations,
        long weightReads,
        long activationReads,
        long outputWrites,
        long dramReadBits,
        long dramWriteBits) {}
