package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.OffChip;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.simulators.cycle.CycleSimulator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * ResNet-18 stepped through an array with values, on one thread. {@code elementCycles} counts every
 * element at every clock, {@code products} those that work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CycleBenchmark {

    /** m, n, k and how often: the layers of ResNet-18 on 224 x 224. */
    private static final int[][] RESNET18 = {
        {12544, 64, 147, 1},
        {3136, 64, 576, 4},
        {784, 128, 576, 1},
        {784, 128, 64, 1},
        {784, 128, 1152, 3},
        {196, 256, 1152, 1},
        {196, 256, 128, 1},
        {196, 256, 2304, 3},
        {49, 512, 2304, 1},
        {49, 512, 256, 1},
        {49, 512, 4608, 3},
        {1, 1000, 512, 1},
    };

    @Param({"32", "8"})
    int array;

    @Param({"WEIGHT_STATIONARY", "OUTPUT_STATIONARY", "INPUT_STATIONARY"})
    Dataflow dataflow;

    private final CycleSimulator simulator = new CycleSimulator();
    private Machine machine;
    private List<Workload> layers;

    /** What one second had. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rates {
        public long elementCycles;
        public long products;
    }

    @Setup
    public void build() {
        machine =
                new Machine(
                        array,
                        array,
                        dataflow,
                        Quantity.of(500, Unit.MEGAHERTZ),
                        new Technology(
                                Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT)),
                        new Buffers(1 << 16, 1 << 16, 1 << 16),
                        new OffChip(
                                Quantity.of(12.8, Unit.GIGABYTE_PER_SECOND),
                                Quantity.of(8, Unit.PICOJOULE_PER_BIT)),
                        Datapath.wide(),
                        List.of(),
                        new Component.Requantize(Datapath.wide(), 8, 8),
                        List.of());
        var random = new SplittableRandom(1);
        layers = new ArrayList<>();
        for (var layer : RESNET18) {
            for (int i = 0; i < layer[3]; i++) {
                layers.add(layer(random, layer[0], layer[1], layer[2]));
            }
        }
    }

    private static Workload layer(SplittableRandom random, int m, int n, int k) {
        int[] activations = random.ints((long) m * k, 0, 16).toArray();
        int[] weights = random.ints((long) n * k, -7, 8).toArray();
        return new Workload("layer", m, n, k, 1, 4, 4, 4, (long) m * k, (long) m * n, 1)
                .on(
                        new Integers() {
                            @Override
                            public int[] weights(int group) {
                                return weights.clone();
                            }

                            @Override
                            public int[] activations(int group) {
                                return activations.clone();
                            }
                        });
    }

    @Benchmark
    public void resNet18(Blackhole sink, Rates rates) {
        for (var layer : layers) {
            var estimate = simulator.estimate(machine, layer);
            rates.elementCycles += estimate.cycles() * machine.elements();
            rates.products += layer.macs();
            sink.consume(estimate);
        }
    }
}
