package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.OffChip;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.simulators.AnalyticSimulator;
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
 * A simulation of ResNet-18 on a square array with 64 KiB a buffer: closed forms a layer, and
 * SCALE-Sim's reports of the network. A heap of 256 MiB must do.
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

    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(LAYERS)
    public void closedFormOfALayer(Blackhole sink) {
        estimate(new AnalyticSimulator(), sink);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public void scaleSim(Blackhole sink) {
        estimate(new ScaleSimSimulator(), sink);
    }

    private void estimate(Simulator simulator, Blackhole sink) {
        for (var layer : layers) {
            sink.consume(simulator.estimate(machine, layer));
        }
    }
}
