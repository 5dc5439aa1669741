package org.dyadic.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.quant.Fit;
import org.dyadic.quantizers.UpotQuantizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every weight tensor of ResNet-50, one after the other, in 4 bits, from drawing the weights to
 * grids with a scale for each channel. From a cold start, as a user meets it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ResNet50Benchmark {

    private final UpotQuantizer upot = new UpotQuantizer();

    @Setup(Level.Trial)
    public void isAllOfIt() {
        int weights = Weights.ofResNet50().stream().mapToInt(Weights::count).sum();
        if (Weights.ofResNet50().size() != 54 || weights != 25_502_912) {
            throw new IllegalStateException("ResNet-50 does not have " + weights + " weights");
        }
    }

    @Benchmark
    public List<Fit> everyTensor() {
        return Weights.ofResNet50().stream()
                .map(layer -> upot.fit(layer.gaussian(7), upot.parameters().defaults()))
                .toList();
    }
}
