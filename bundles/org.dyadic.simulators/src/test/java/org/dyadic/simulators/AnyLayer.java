package org.dyadic.simulators;

import java.util.List;
import java.util.SplittableRandom;
import org.dyadic.api.sim.Workload;

/** Layers and nests of all kinds, small enough to walk. */
final class AnyLayer {

    private AnyLayer() {}

    static Workload any(SplittableRandom random) {
        int groups = 1 + random.nextInt(4);
        double pace = new double[] {1, 0.5, 1.0 / 3}[random.nextInt(3)];
        int n = 1 + random.nextInt(7);
        int[] bits = {2 + random.nextInt(7), 2 + random.nextInt(7), 2 + random.nextInt(15)};
        if (random.nextInt(3) == 0) {
            int m = 1 + random.nextInt(12);
            int k = 1 + random.nextInt(12);
            return new Workload(
                    "matrix",
                    m,
                    n,
                    k,
                    groups,
                    bits[0],
                    bits[1],
                    bits[2],
                    (long) m * k * groups,
                    (long) m * n * groups,
                    pace);
        }
        return Machines.convolution(random, n, groups, bits, pace);
    }

    /** Some nest whose tiles fit; nothing if chance chose tiles that do not. */
    static Nest nest(Job job, SplittableRandom random) {
        var pixels = TilingSearchTest.allPixels(job);
        if (pixels.isEmpty()) {
            return null;
        }
        var m = pixels.get(random.nextInt(pixels.size()));
        var n = new Cut(job.n, 1 + random.nextInt(job.n));
        var k = new Cut(job.channels, 1 + random.nextInt(job.channels));
        if (!Nest.fits(job, m, n, k)) {
            return null;
        }
        var orders = List.of(Order.values());
        return Nest.of(job, m, n, k, orders.get(random.nextInt(orders.size())));
    }
}
