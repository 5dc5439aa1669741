package org.dyadic.network;

/**
 * A network that an engine has opened. One image gives the same numbers, bit for bit, however many
 * threads run at once and whatever they run. Thread-safe until it is closed.
 */
public interface FloatSession extends AutoCloseable {

    /** The result of the network: the scores of the classes, before or after its Softmax. */
    float[] run(float[] image);

    /** Gives back what the engine holds outside of Java's memory. */
    @Override
    void close();
}
