package org.dyadic.simulators.scalesim;

import org.dyadic.api.hardware.Dataflow;

/**
 * What a read buffer fetches. The buffer remembers the different elements it was asked for; when
 * they are as many as half of it holds, it forgets all of them, and a fill is complete.
 *
 * @param count elements asked for that it did not remember
 * @param lastFill cycle of the request that completed the last fill, or -1 if none was
 */
record Misses(long count, long lastFill) {

    static final long NEVER = -1;

    /**
     * For an operand that is a matrix of different elements. It is asked for in equal rounds, of
     * all of it or of one block after another.
     */
    static Misses ofMatrix(Demand demand, Folds folds, Operand operand, long capacity) {
        if (operand.stays(folds)) {
            return new Tally(demand, capacity).block(demand.count(), 1).misses();
        }
        var tally = new Tally(demand, capacity);
        if (folds.dataflow() == Dataflow.OUTPUT_STATIONARY && operand == Operand.FILTER) {
            // The columns of a fold are asked for by all folds along the rows.
            for (long fold = 0; fold < folds.columnFolds(); fold++) {
                tally.block(demand.count(fold) / folds.rowFolds(), folds.rowFolds());
            }
            return tally.misses();
        }
        return tally.block(demand.count() / folds.columnFolds(), folds.columnFolds()).misses();
    }

    /** Counts block by block where the fills end. */
    private static final class Tally {

        private final Demand demand;
        private final long capacity;
        private long requests;
        private long missed;
        private long filled;
        private long lastFill = NEVER;

        Tally(Demand demand, long capacity) {
            this.demand = demand;
            this.capacity = capacity;
        }

        Tally block(long size, long rounds) {
            long begun = requests;
            requests += size * rounds;
            if (capacity <= size) {
                // Forgotten before it is asked for again: nothing is ever remembered.
                missed += size * rounds;
                filled += size * rounds;
                if (filled >= capacity) {
                    filled %= capacity;
                    completed(requests - 1 - filled);
                }
                return this;
            }
            missed += size;
            filled += size;
            if (filled >= capacity) {
                filled -= capacity;
                long before = size - filled;
                completed(begun + before - 1);
                if (rounds > 1) {
                    // What was asked for before the fill was complete is forgotten by now.
                    missed += before;
                    filled = size;
                }
            }
            return this;
        }

        private void completed(long request) {
            lastFill = demand.cycle(request);
        }

        Misses misses() {
            return new Misses(missed, lastFill);
        }
    }
}
