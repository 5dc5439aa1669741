package org.dyadic.api.sim;

/**
 * The integers that a layer multiplies for one image, as execution has them: for a simulator that
 * computes. They are worked out when first asked for. Thread-safe; every call gives a copy.
 */
public interface Integers {

    /** Levels of a group's weights: n rows of k. */
    int[] weights(int group);

    /** Levels of a group's activations: m rows of k, with the level of the padding in them. */
    int[] activations(int group);
}
