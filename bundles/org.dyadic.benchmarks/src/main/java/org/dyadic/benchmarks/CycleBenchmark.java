package org.dyadic.benchmarks;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Workload;
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
        machine = Simulated.array(array, dataflow);
        var random = new SplittableRandom(1);
        layers =
                Simulated.resNet18(true).stream()
                        .map(layer -> layer.on(integers(random, layer)))
                        .toList();
    }

    /** Activations of 4 bits without sign, and weights with one. */
    private static Integers integers(SplittableRandom random, Workload layer) {
        int[] activations = random.ints((long) layer.m() * layer.k(), 0, 16).toArray();
        int[] weights = random.ints((long) layer.n() * layer.k(), -7, 8).toArray();
        return new Integers() {
            @Override
            public int[] weights(int group) {
                return weights.clone();
            }

            @Override
            public int[] activations(int group) {
                return activations.clone();
            }
        };
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
