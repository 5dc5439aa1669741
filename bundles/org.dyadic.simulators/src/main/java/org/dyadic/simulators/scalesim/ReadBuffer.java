package org.dyadic.simulators.scalesim;

import static org.dyadic.simulators.scalesim.Folds.ceilDivide;

/**
 * How SCALE-Sim fills a read buffer: it is cut into 100 sets of whole elements, of which 50 serve
 * the array. What was asked for first is taken to be there before computing starts, brought at ten
 * elements a cycle; later fills happen while those before them are used.
 *
 * @param set elements of a set, one byte each
 */
record ReadBuffer(long set) {

    private static final int SETS = 100;
    private static final int ACTIVE_SETS = 50;
    private static final int ELEMENTS_A_CYCLE = 10; // "CALC" mode, both read buffers
    static final int LATENCY = 1; // cycles of a request to off-chip memory

    /** Bytes that a buffer must have, for a set to hold an element. */
    static final int LEAST_BYTES = SETS;

    static ReadBuffer of(long bytes) {
        return new ReadBuffer(bytes / SETS);
    }

    /** Different elements after which all are forgotten. */
    long capacity() {
        return ACTIVE_SETS * set;
    }

    /** What goes over the off-chip interface. */
    Transfer transfer(Misses misses, long firstRequest) {
        if (misses.lastFill() == Misses.NEVER) {
            long sets = ceilDivide(misses.count(), set);
            return new Transfer(-ceilDivide(sets * set, ELEMENTS_A_CYCLE), -1, misses.count());
        }
        return new Transfer(
                firstRequest - ceilDivide(capacity(), ELEMENTS_A_CYCLE),
                misses.lastFill() + LATENCY,
                misses.count());
    }
}
