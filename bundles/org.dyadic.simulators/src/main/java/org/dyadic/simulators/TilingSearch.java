package org.dyadic.simulators;

import java.util.List;
import java.util.Optional;

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

    private static final Order[] ORDERS = Order.values();

    private final Job job;
    private final List<Pixels> pixels;
    private final List<Cut> columns;
    private final List<Cut> channels;

    private TilingSearch(Job job) {
        this.job = job;
        this.pixels = job.pixelCuts();
        this.columns = job.columnCuts();
        this.channels = job.channelCuts();
    }

    /** The best schedule; nothing if no tile fits the buffers. */
    static Optional<Schedule> best(Job job, Goal goal) {
        return new TilingSearch(job).best(goal);
    }

    private Optional<Schedule> best(Goal goal) {
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
        return nest.job().bufferBits(nest.m(), nest.n(), nest.k()) + offChip(nest);
    }

    private static double offChip(Nest nest) {
        return OFF_CHIP * (double) nest.job().groups * (nest.readBits() + nest.writtenBits());
    }

    /** What is made of tiles that fit, in every order. */
    private interface Visitor {

        /**
         * @param computing cycles of the layer, before any waiting
         */
        void meet(Pixels m, Cut n, Cut k, double computing);
    }

    private final class LeastCycles implements Visitor {

        private double least = Double.POSITIVE_INFINITY;
        private Schedule best;

        @Override
        public void meet(Pixels m, Cut n, Cut k, double computing) {
            if (computing >= least) {
                return;
            }
            for (var order : ORDERS) {
                var nest = Nest.of(job, m, n, k, order);
                if (nest.leastCycles(computing) < least) {
                    var schedule = Schedule.within(nest, least);
                    if (schedule.cycles() < least) {
                        least = schedule.cycles();
                        best = schedule;
                    }
                }
            }
        }
    }

    private final class LeastMovement implements Visitor {

        private final double mostCycles;
        private final double compulsory = compulsory();
        private double least = Double.POSITIVE_INFINITY;
        private Schedule best;

        LeastMovement(double mostCycles) {
            this.mostCycles = mostCycles;
        }

        @Override
        public void meet(Pixels m, Cut n, Cut k, double computing) {
            if (computing > mostCycles) {
                return;
            }
            double bufferBits = job.bufferBits(m, n, k);
            if (compulsory + bufferBits > least) {
                return;
            }
            for (var order : ORDERS) {
                var nest = Nest.of(job, m, n, k, order);
                double movement = bufferBits + offChip(nest);
                if (movement <= least) {
                    meet(nest, movement, computing);
                }
            }
        }

        private void meet(Nest nest, double movement, double computing) {
            double most = movement < least ? mostCycles : best.cycles();
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

    /** Energy of what every nest moves off the chip: each operand once, in bits of a buffer. */
    private double compulsory() {
        return pixels.isEmpty()
                ? 0
                : OFF_CHIP * (double) job.groups * job.compulsoryBits(pixels.get(0).allFresh());
    }

    private void visit(Visitor visitor) {
        for (var n : columns) {
            for (var k : channels) {
                if (Nest.weightTile(job, n, k) > job.weightRoom) {
                    continue;
                }
                for (var m : pixels) {
                    if (Nest.fits(job, m, n, k)) {
                        visitor.meet(m, n, k, job.groups * job.computing(m, n, k));
                    }
                }
            }
        }
    }
}
