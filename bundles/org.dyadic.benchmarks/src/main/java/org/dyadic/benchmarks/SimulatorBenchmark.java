package org.dyadic.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.AnalyticSimulator;
import org.dyadic.simulators.Mapping;
import org.dyadic.simulators.scalesim.ScaleSimSimulator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Simulations on a square array with 64 KiB a buffer, of ResNet-18 unless they say otherwise:
 * closed forms, the best tiles of each layer, and SCALE-Sim's reports. A heap of 256 MiB must do.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx256m")
public class SimulatorBenchmark {

    private static final int LAYERS = 21;

    @Param({"32", "8"})
    int array;

    @Param({"WEIGHT_STATIONARY", "OUTPUT_STATIONARY", "INPUT_STATIONARY"})
    Dataflow dataflow;

    private Machine machine;
    private List<Workload> layers;
    private List<Workload> resNet50;

    @Setup
    public void build() {
        machine = Simulated.array(array, dataflow);
        layers = Simulated.resNet18(false);
        resNet50 = Simulated.resNet50();
    }

    /** Cycles of a layer on an array that never waits. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(LAYERS)
    public void closedFormOfALayer(Blackhole sink) {
        for (var layer : layers) {
            sink.consume(Mapping.of(machine, layer).cycles());
        }
    }

    /**
     * The same of the network on a million arrays, by two threads: 577 x 577 sizes, 3 dataflows.
     */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long closedFormsOfAMillionArrays() {
        return IntStream.rangeClosed(1, 577)
                .parallel()
                .mapToLong(
                        rows -> {
                            long least = Long.MAX_VALUE;
                            for (int columns = 1; columns <= 577; columns++) {
                                for (var flow : Dataflow.SYSTOLIC) {
                                    least = Math.min(least, cycles(flow, rows, columns));
                                }
                            }
                            return least;
                        })
                .min()
                .getAsLong();
    }

    private long cycles(Dataflow flow, int rows, int columns) {
        long cycles = 0;
        for (var layer : layers) {
            cycles += Mapping.of(flow, rows, columns, layer.m(), layer.n(), layer.k()).cycles();
        }
        return cycles;
    }

    /** The best tiles of each layer, by two threads. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void analytic(Blackhole sink) {
        searched(layers, sink);
    }

    /** The same of ResNet-50. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void analyticResNet50(Blackhole sink) {
        searched(resNet50, sink);
    }

    private void searched(List<Workload> network, Blackhole sink) {
        var simulator = new AnalyticSimulator();
        sink.consume(
                network.parallelStream().map(layer -> simulator.estimate(machine, layer)).toList());
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void scaleSim(Blackhole sink) {
        var simulator = new ScaleSimSimulator();
        for (var layer : layers) {
            sink.consume(simulator.estimate(machine, layer));
        }
    }
}
