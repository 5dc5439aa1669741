package org.dyadic.network.internal.execution;

/** What a node does with the results of its inputs. Immutable, for any number of threads. */
@FunctionalInterface
public interface Step {

    /**
     * The result, in row-major order; perhaps one of the inputs itself.
     *
     * @param scratch memory that belongs to the step until it returns
     */
    float[] run(float[][] inputs, Scratch scratch);
}
