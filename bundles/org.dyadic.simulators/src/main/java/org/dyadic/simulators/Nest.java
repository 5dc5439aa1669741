package org.dyadic.simulators;

/**
 * A layer as loops over tiles: how m, n and k are cut, which loop runs inside which, and which
 * operands stay in their buffers. An operand that a loop does not touch (weights: m, inputs: n,
 * sums: k) stays through it if all that the loops inside it touch fits half the buffer; else it is
 * fetched anew each time around. Sums that do not stay leave the chip and come back, at their full
 * width.
 *
 * @param weightsStay through the loop over m; {@code inputsStay} over n; {@code sumsStay} over k
 */
record Nest(
        Job job,
        Pixels m,
        Cut n,
        Cut k,
        Order order,
        boolean weightsStay,
        boolean inputsStay,
        boolean sumsStay) {

    /** With whatever fits staying. */
    static Nest of(Job job, Pixels m, Cut n, Cut k, Order order) {
        return new Nest(
                job,
                m,
                n,
                k,
                order,
                weightsFit(job, n, k, order),
                inputsFit(job, m, k, order),
                sumsFit(job, m, n, k, order));
    }

    /** True if a tile of each operand fits half its buffer. */
    static boolean fits(Job job, Pixels m, Cut n, Cut k) {
        return weightTile(job, n, k) <= job.weightRoom
                && m.mostTouched() * k.tile() * job.inputBits <= job.inputRoom
                && m.tile() * n.tile() * job.entryBits(k) <= job.outputRoom;
    }

    static long weightTile(Job job, Cut n, Cut k) {
        return (long) n.tile() * k.tile() * job.taps * job.weightBits;
    }

    private static boolean weightsFit(Job job, Cut n, Cut k, Order order) {
        long columns = order.inside(Order.N, Order.M) ? n.extent() : n.tile();
        long channels = order.inside(Order.K, Order.M) ? k.extent() : k.tile();
        return columns * channels * job.taps * job.weightBits <= job.weightRoom;
    }

    private static boolean inputsFit(Job job, Pixels m, Cut k, Order order) {
        long pixels = order.inside(Order.M, Order.N) ? m.allFresh() : m.mostTouched();
        long channels = order.inside(Order.K, Order.N) ? k.extent() : k.tile();
        return pixels * channels * job.inputBits <= job.inputRoom;
    }

    private static boolean sumsFit(Job job, Pixels m, Cut n, Cut k, Order order) {
        long rows = order.inside(Order.M, Order.K) ? m.extent() : m.tile();
        long columns = order.inside(Order.N, Order.K) ? n.extent() : n.tile();
        return rows * columns * job.entryBits(k) <= job.outputRoom;
    }

    /** True if the inputs of all tiles gather in the buffer, so that overlaps come once. */
    boolean gathers() {
        return inputsStay && order.inside(Order.M, Order.N);
    }

    /** Bits from off-chip memory, of a group. */
    long readBits() {
        long weights = (long) job.n * job.taps * job.channels * job.weightBits;
        long inputs = (gathers() ? m.allFresh() : m.allTouched()) * job.channels * job.inputBits;
        return weights * (weightsStay ? 1 : m.count())
                + inputs * (inputsStay ? 1 : n.count())
                + spills();
    }

    /** Bits to off-chip memory, of a group. */
    long writtenBits() {
        return job.m * job.n * job.outputBits + spills();
    }

    /** Bits of sums that leave, and come back. */
    private long spills() {
        return sumsStay ? 0 : (k.count() - 1) * job.m * job.n * job.sumBits;
    }

    /** No {@link Schedule} of a layer that computes so long takes less. */
    double leastCycles(double computing) {
        long load = weightTile(job, n, k) + m.touched(0) * k.tile() * job.inputBits;
        long store = (long) m.size(m.count() - 1) * n.last() * job.outputBits;
        long between = job.groups * (readBits() + writtenBits()) - load - store;
        return (load + store) / job.bitsPerCycle + Math.max(computing, between / job.bitsPerCycle);
    }
}
