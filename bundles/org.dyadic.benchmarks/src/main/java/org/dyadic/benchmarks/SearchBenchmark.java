package org.dyadic.benchmarks;

import java.util.concurrent.TimeUnit;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.ScaleFit;
import org.dyadic.quantizers.UpotQuantizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One layer of 64 channels and 36,864 weights, in 4 bits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class SearchBenchmark {

    /** Those that suit normal weights: {-1, 64, -64, -128} + {16, -16, 32, 64}. */
    private static final int[] LEVELS = {
        -144, -112, -96, -80, -64, -48, -32, -17, 0, 15, 31, 48, 63, 80, 96, 128
    };

    private final Observation layer = new Weights("layer", 64, 576).gaussian(1);
    private final Distribution channel = layer.channels().get(0);
    private final UpotQuantizer upot = new UpotQuantizer();

    /** All 2,833,390 configurations of eight exponents, and a scale for each channel. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Fit exhaustiveSearch() {
        return upot.fit(layer, upot.parameters().defaults());
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public ScaleFit bestScaleOfAChannel() {
        return channel.bestScale(LEVELS);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public ScaleFit bestScaleOfTheTensor() {
        return layer.all().bestScale(LEVELS);
    }
}
