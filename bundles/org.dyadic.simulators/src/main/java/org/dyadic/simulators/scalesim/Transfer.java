package org.dyadic.simulators.scalesim;

/**
 * Accesses to a memory: the cycles of the first and the last, and how many there are. Cycles before
 * the first of computing are negative.
 */
record Transfer(long start, long stop, long count) {

    /** Elements a cycle. */
    double rate() {
        return (double) count / (stop - start + 1);
    }
}
