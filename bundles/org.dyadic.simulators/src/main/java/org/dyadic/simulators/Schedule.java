package org.dyadic.simulators;

import org.dyadic.api.hardware.Dataflow;

/**
 * What a nest takes when its tiles are walked: while one computes, the next is loaded into the
 * other halves of the buffers and the one before is stored, so that a step takes the longer of the
 * two. Nothing hides the first load and the last store. Groups follow each other without a gap.
 *
 * @param cycles of the layer
 * @param computing cycles of it in which the array computes
 */
record Schedule(Nest nest, double cycles, double computing) {

    static Schedule of(Nest nest) {
        return within(nest, Double.POSITIVE_INFINITY);
    }

    /** As long as it takes no more cycles than so many; else its cycles are any number above. */
    static Schedule within(Nest nest, double most) {
        return new Walk(nest, most).walk();
    }

    /** The walk over the tiles. */
    private static final class Walk {

        /**
         * Of equal turns of a loop, those from the third on take as long as the third: its first
         * steps wait for what the two steps before them left.
         */
        private static final int DIFFERENT = 3;

        private final Nest nest;
        private final Job job;
        private final double most;
        private final double cyclesPerBit;
        private final int[][] runs;
        private final int[] at = new int[3];

        private double cycles;
        private double computing;
        private boolean begun;

        /** Of the last step, which computes while the next is loaded. */
        private double compute;

        private long store;
        private long storeBefore;

        Walk(Nest nest, double most) {
            this.nest = nest;
            this.job = nest.job();
            this.most = most;
            this.cyclesPerBit = 1 / job.bitsPerCycle;
            this.runs =
                    new int[][] {nest.m().runs(nest.gathers()), nest.n().runs(), nest.k().runs()};
        }

        Schedule walk() {
            repeat(job.groups, 0);
            cycles += Math.max(compute, storeBefore * cyclesPerBit) + store * cyclesPerBit;
            return new Schedule(nest, cycles, computing);
        }

        /** So many equal turns of the loops from a depth on. */
        private void repeat(int times, int depth) {
            for (int turn = 0; turn < times; turn++) {
                double cyclesBefore = cycles;
                double computingBefore = computing;
                turn(depth);
                if (turn + 1 == DIFFERENT) {
                    int more = times - DIFFERENT;
                    cycles += more * (cycles - cyclesBefore);
                    computing += more * (computing - computingBefore);
                    return;
                }
                if (cycles > most) {
                    return;
                }
            }
        }

        private void turn(int depth) {
            if (depth == 3) {
                step(at[Order.M], at[Order.N], at[Order.K]);
                return;
            }
            int loop = nest.order().loop(depth);
            var starts = runs[loop];
            for (int run = 0; run + 1 < starts.length; run++) {
                at[loop] = starts[run];
                repeat(starts[run + 1] - starts[run], depth + 1);
            }
        }

        private void step(int m, int n, int k) {
            long load = 0;
            int pixels = nest.m().size(m);
            int columns = nest.n().size(n);
            int channels = nest.k().size(k);
            if (!nest.weightsStay() || m == 0) {
                load += (long) columns * channels * job.taps * job.weightBits;
            }
            if (!nest.inputsStay() || n == 0) {
                long inputs = nest.gathers() ? nest.m().fresh(m) : nest.m().touched(m);
                load += inputs * channels * job.inputBits;
            }
            long entries = (long) pixels * columns;
            boolean spill = !nest.sumsStay();
            if (spill && k > 0) {
                load += entries * job.sumBits;
            }
            if (begun) {
                cycles += Math.max(compute, (load + storeBefore) * cyclesPerBit);
            } else {
                cycles += load * cyclesPerBit;
                begun = true;
            }
            boolean last = k == nest.k().count() - 1;
            storeBefore = store;
            store = last ? entries * job.outputBits : spill ? entries * job.sumBits : 0;
            compute = compute(pixels, columns, (long) channels * job.taps);
            computing += compute;
        }

        private double compute(long pixels, long columns, long length) {
            if (job.timed()) {
                return job.timedCycles()
                        * (pixels * columns * length)
                        / ((double) job.m * job.n * job.taps * job.channels);
            }
            // the same as Mapping.cycles, without making one
            long overhead = Mapping.overhead(job.dataflow, job.rows, job.columns);
            boolean sums = job.dataflow == Dataflow.OUTPUT_STATIONARY;
            boolean inputs = job.dataflow == Dataflow.INPUT_STATIONARY;
            long folds =
                    Mapping.ceilDivide(sums ? pixels : length, job.rows)
                            * Mapping.ceilDivide(inputs ? pixels : columns, job.columns);
            long steps = sums ? length : inputs ? columns : pixels;
            return folds * (overhead + steps) / job.macsPerCycle;
        }
    }
}
