package org.dyadic.simulators;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Buffers;

/**
 * The best nest of a layer among all that {@link Cut#candidates} and {@link Order} span. It is
 * exact: what it leaves out cannot be better, by {@link Nest#leastCycles} or by its movements,
 * which are known before any walk.
 */
final class TilingSearch {

    /** What is looked for. */
    enum Goal {
        /**
         * Least movement among schedules within a hundredth of the least cycles: nobody pays twice
         * the traffic for the last cycle.
         */
        LATENCY,
        /** Least movement, and of equal ones least cycles. */
        ENERGY
    }

    /** How much slower than the fastest a schedule may be that moves less. */
    static final double TOLERANCE = 1.01;

    /**
     * Energy of a bit off the chip, in bits of a buffer: 1.3 to 2.6 nJ against 10 pJ for 64 bits of
     * DRAM and of 8 KiB of SRAM (Horowitz, ISSCC 2014, figure 1.1.9).
     */
    static final long OFF_CHIP = 128;

    private final Job job;
    private final List<Pixels> pixels;
    private final List<Cut> columns;
    private final List<Cut> channels;

    private TilingSearch(Job job) {
        this(job, job.pixelCuts(), job.columnCuts(), job.channelCuts());
    }

    /** A search among given cuts; coarse ones first is faster. */
    TilingSearch(Job job, List<Pixels> pixels, List<Cut> columns, List<Cut> channels) {
        this.job = job;
        this.pixels = pixels;
        this.columns = columns;
        this.channels = channels;
    }

    /** The best schedule; nothing if no tile fits the buffers. */
    static Optional<Schedule> best(Job job, Goal goal) {
        return new TilingSearch(job).best(goal);
    }

    Optional<Schedule> best(Goal goal) {
        if (goal == Goal.ENERGY) {
            var least = new LeastMovement(Double.POSITIVE_INFINITY);
            visit(least);
            return Optional.ofNullable(least.best);
        }
        var fastest = new LeastCycles();
        visit(fastest);
        if (fastest.best == null) {
            return Optional.empty();
        }
        var least = new LeastMovement(fastest.best.cycles() * TOLERANCE);
        visit(least);
        return Optional.of(least.best);
    }

    /** Energy of what a nest moves, in bits of a buffer. */
    static double movement(Nest nest) {
        var job = nest.job();
        return OFF_CHIP * (double) job.groups * (nest.readBits() + nest.writtenBits())
                + bufferBits(job, nest.m(), nest.n(), nest.k());
    }

    private static double bufferBits(Job job, Pixels m, Cut n, Cut k) {
        return (double) job.words(m, n, k).all() * Buffers.WORD_BITS;
    }

    /** What is made of each nest that fits. */
    private abstract static class Visitor {

        Schedule best;

        /** False if no nest that computes so long, in one group, is of interest. */
        abstract boolean wants(double computing);

        abstract void meet(Nest nest, double computing);
    }

    private static final class LeastCycles extends Visitor {

        private double least = Double.POSITIVE_INFINITY;

        @Override
        boolean wants(double computing) {
            return computing < least;
        }

        @Override
        void meet(Nest nest, double computing) {
            if (nest.leastCycles(computing) < least) {
                var schedule = Schedule.within(nest, least);
                if (schedule.cycles() < least) {
                    least = schedule.cycles();
                    best = schedule;
                }
            }
        }
    }

    private static final class LeastMovement extends Visitor {

        private final double mostCycles;
        private double least = Double.POSITIVE_INFINITY;

        LeastMovement(double mostCycles) {
            this.mostCycles = mostCycles;
        }

        @Override
        boolean wants(double computing) {
            return computing <= mostCycles;
        }

        @Override
        void meet(Nest nest, double computing) {
            double movement = movement(nest);
            double most = movement < least ? mostCycles : movement == least ? best.cycles() : 0;
            if (nest.leastCycles(computing) <= most) {
                var schedule = Schedule.within(nest, most);
                if (schedule.cycles() <= mostCycles
                        && (movement < least || schedule.cycles() < best.cycles())) {
                    least = movement;
                    best = schedule;
                }
            }
        }
    }

    private void visit(Visitor visitor) {
        for (var n : columns) {
            for (var k : channels) {
                if (Nest.weightTile(job, n, k) > job.weightRoom) {
                    continue;
                }
                for (var m : pixels) {
                    if (!Nest.fits(job, m, n, k)) {
                        continue;
                    }
                    double computing = job.computing(m, n, k);
                    if (!visitor.wants(job.groups * computing)) {
                        continue;
                    }
                    for (var order : orders(m, n, k)) {
                        visitor.meet(Nest.of(job, m, n, k, order), computing);
                    }
                }
            }
        }
    }

    private static final List<Order> ALL = List.of(Order.values());

    private static List<Order> orders(Pixels m, Cut n, Cut k) {
        return ALL;
    }
}
