package org.dyadic.simulators;

import java.util.List;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.OffChip;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Machines and layers for the tests: 500 MHz, 32 bit sums, off-chip memory of one byte a cycle. */
public final class Machines {

    public static final Buffers AMPLE = new Buffers(1L << 40, 1L << 40, 1L << 40);

    private Machines() {}

    public static Machine array(int rows, int columns, Dataflow dataflow, Buffers buffers) {
        return new Machine(
                rows,
                columns,
                dataflow,
                Quantity.of(500, Unit.MEGAHERTZ),
                new Technology(Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT)),
                buffers,
                new OffChip(
                        Quantity.of(0.5, Unit.GIGABYTE_PER_SECOND),
                        Quantity.of(8, Unit.PICOJOULE_PER_BIT)),
                Datapath.wide(),
                List.of(),
                new Component.Requantize(Datapath.wide().requantizer(), 32, 8),
                List.of());
    }

    /** The same with off-chip memory of so many bytes a cycle. */
    public static Machine withBandwidth(Machine machine, int bytesPerCycle) {
        return new Machine(
                machine.rows(),
                machine.columns(),
                machine.dataflow(),
                machine.clock(),
                machine.technology(),
                machine.buffers(),
                new OffChip(
                        Quantity.of(0.5 * bytesPerCycle, Unit.GIGABYTE_PER_SECOND),
                        Quantity.of(8, Unit.PICOJOULE_PER_BIT)),
                machine.datapath(),
                machine.element(),
                machine.requantizer(),
                machine.bill());
    }

    public static Workload product(int m, int n, int k) {
        return layer(m, n, k, 1, 8, 1);
    }

    /** A layer whose operands all have the same width, and whose inputs are k x m elements. */
    public static Workload layer(int m, int n, int k, int groups, int bits, double macsPerCycle) {
        return new Workload(
                "layer",
                m,
                n,
                k,
                groups,
                bits,
                bits,
                bits,
                (long) m * k * groups,
                (long) m * n * groups,
                macsPerCycle);
    }

    /**
     * A convolution of a small image with any window.
     *
     * @param bits of weights, activations and results
     */
    static Workload convolution(
            SplittableRandom random, int n, int groups, int[] bits, double macsPerCycle) {
        while (true) {
            var window =
                    new Window(
                            1 + random.nextInt(3),
                            1 + random.nextInt(3),
                            1 + random.nextInt(3),
                            1 + random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            random.nextInt(3),
                            1 + random.nextInt(2),
                            1 + random.nextInt(2));
            int channels = 1 + random.nextInt(4);
            var image = new Sliding(1 + random.nextInt(7), 1 + random.nextInt(7), channels, window);
            int m = image.rows() * image.columns();
            if (m > 0) {
                return new Workload(
                                "convolution",
                                m,
                                n,
                                window.height() * window.width() * channels,
                                groups,
                                bits[0],
                                bits[1],
                                bits[2],
                                (long) image.height() * image.width() * channels * groups,
                                (long) m * n * groups,
                                macsPerCycle)
                        .sliding(image);
            }
        }
    }
}
