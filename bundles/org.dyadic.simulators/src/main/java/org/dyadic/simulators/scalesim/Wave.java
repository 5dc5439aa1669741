package org.dyadic.simulators.scalesim;

/**
 * The requests of one operand in one fold: so many lanes side by side, each asking once a step. A
 * slanted wave reaches a lane one cycle after its neighbour, an upright one reaches all at once.
 * Requests of one cycle are in the order of their lanes.
 *
 * @param start cycle of the first request, from the start of the fold
 */
record Wave(long start, long lanes, long steps, boolean slanted) {

    long count() {
        return lanes * steps;
    }

    /** The cycle of the n-th request, n from 0. */
    long cycle(long n) {
        if (!slanted) {
            return start + n / lanes;
        }
        // Diagonals of a rectangle: they grow, stay as long as its shorter side, and shrink.
        long shorter = Math.min(lanes, steps);
        long corner = shorter * (shorter - 1) / 2;
        if (n < corner) {
            return start + diagonal(n);
        }
        if (n < count() - corner) {
            return start + shorter - 1 + (n - corner) / shorter;
        }
        return start + lanes + steps - 2 - diagonal(count() - 1 - n);
    }

    /** Requests before a cycle, counted from the start of the fold. */
    long before(long cycle) {
        long passed = cycle - start;
        if (passed <= 0) {
            return 0;
        }
        if (!slanted) {
            return Math.min(passed, steps) * lanes;
        }
        long shorter = Math.min(lanes, steps);
        long longer = Math.max(lanes, steps);
        if (passed <= shorter) {
            return passed * (passed + 1) / 2;
        }
        if (passed <= longer) {
            return shorter * (shorter + 1) / 2 + (passed - shorter) * shorter;
        }
        long left = Math.max(0, lanes + steps - 1 - passed);
        return count() - left * (left + 1) / 2;
    }

    /** The diagonal of element n of a triangle whose diagonals have 1, 2, 3 ... elements. */
    private static long diagonal(long n) {
        long d = (long) ((Math.sqrt(8.0 * n + 1) - 1) / 2);
        while (d * (d + 1) / 2 > n) {
            d--;
        }
        while ((d + 1) * (d + 2) / 2 <= n) {
            d++;
        }
        return d;
    }
}
