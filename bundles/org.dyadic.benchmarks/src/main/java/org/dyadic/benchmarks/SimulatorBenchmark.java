package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

    /** Image, window, channels, filters and stride, as SCALE-Sim's own topology has them. */
    private static final int[][] RESNET18 = {
        {224, 7, 3, 64, 2},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 64, 1},
        {56, 3, 64, 128, 2},
        {28, 3, 128, 128, 1},
        {56, 1, 64, 128, 2},
        {28, 3, 128, 128, 1},
        {28, 3, 128, 128, 1},
        {28, 3, 128, 256, 2},
        {14, 3, 256, 256, 1},
        {28, 1, 128, 256, 2},
        {14, 3, 256, 256, 1},
        {14, 3, 256, 256, 1},
        {14, 3, 256, 512, 2},
        {7, 3, 512, 512, 1},
        {14, 1, 256, 512, 2},
        {7, 3, 512, 512, 1},
        {7, 3, 512, 512, 1},
        {1, 1, 512, 1000, 1},
    };

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
        layers = new ArrayList<>();
        for (var layer : RESNET18) {
            layers.add(layer(layer[0], layer[1], layer[2], layer[3], layer[4]));
        }
        resNet50 = resNet50();
    }

    private static Workload layer(int size, int window, int channels, int filters, int stride) {
        int places = (size - window + 2 * stride - 1) / stride;
        int beyond = Math.max(0, (places - 1) * stride + window - size);
        var image =
                new Sliding(
                        size,
                        size,
                        channels,
                        new Window(window, window, stride, stride, 0, 0, beyond, beyond, 1, 1));
        return new Workload(
                        "layer",
                        places * places,
                        filters,
                        window * window * channels,
                        1,
                        8,
                        8,
                        8,
                        (long) size * size * channels,
                        (long) places * places * filters,
                        1)
                .sliding(image);
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

    /** Blocks of 1 x 1, 3 x 3 and 1 x 1 windows, as He et al. have them (CVPR 2016, table 1). */
    private static List<Workload> resNet50() {
        var found = new ArrayList<Workload>();
        found.add(layer(224, 7, 3, 64, 2));
        int[] blocks = {3, 4, 6, 3};
        int size = 56;
        int channels = 64;
        for (int stage = 0; stage < blocks.length; stage++) {
            int width = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                if (block == 0) {
                    found.add(layer(size, 1, channels, 4 * width, stride));
                }
                found.add(layer(size, 1, channels, width, 1));
                found.add(layer(size, 3, width, width, stride));
                size /= stride;
                found.add(layer(size, 1, width, 4 * width, 1));
                channels = 4 * width;
            }
        }
        found.add(layer(1, 1, 2048, 1000, 1));
        return found;
    }
}
