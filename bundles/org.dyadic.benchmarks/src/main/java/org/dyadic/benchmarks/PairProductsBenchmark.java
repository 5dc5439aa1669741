package org.dyadic.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.vector.VectorKernels;
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

/**
 * The inner loops of integer execution, for 64 pixels of as many input channels as output channels
 * and windows of 3 x 3. An operation is one product added to one sum, so operations a nanosecond
 * are thousands of millions of products a second (GMAC/s).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PairProductsBenchmark {

    private static final int PIXELS = 64;

    /** Products of 64 channels; what others do is scaled to that below. */
    private static final int PRODUCTS = PIXELS * 64 * 64 * 9;

    @Param({"16", "32", "64"})
    int channels;

    private final PairKernels kernels = new VectorKernels().pairs().orElseThrow();
    private int[] codes;
    private float[] numbers;
    private int[] pixels;
    private int[] taps;
    private int[] weights;
    private float[] floatWeights;
    private int[] sums;
    private int times;

    @Setup
    public void fill() {
        var random = new SplittableRandom(1);
        int depth = 9 * channels;
        codes = random.ints(11 * 11 * channels, 0, 16).map(x -> x | x << 16).toArray();
        numbers = new float[codes.length];
        pixels = new int[PIXELS];
        taps = new int[depth];
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            pixels[pixel] = (pixel / 8 * 10 + pixel % 8) * channels;
        }
        for (int tap = 0; tap < depth; tap++) {
            int place = tap / channels;
            taps[tap] = (place / 3 * 10 + place % 3) * channels + tap % channels;
        }
        weights = random.ints(depth * channels, 0, 8).map(w -> w | w << 16).toArray();
        floatWeights = new float[weights.length];
        sums = new int[PIXELS * channels];
        times = 64 / channels * (64 / channels);
    }

    @Benchmark
    @OperationsPerInvocation(2 * PRODUCTS)
    public int[] int16() {
        for (int i = 0; i < times; i++) {
            kernels.multiply(
                    codes, 0, pixels, 0, PIXELS, taps, 0, taps.length, weights, channels, sums, 0);
        }
        return sums;
    }

    @Benchmark
    @OperationsPerInvocation(PRODUCTS)
    public int[] float32() {
        for (int i = 0; i < times; i++) {
            kernels.multiply(
                    numbers,
                    0,
                    pixels,
                    0,
                    PIXELS,
                    taps,
                    0,
                    taps.length,
                    floatWeights,
                    channels,
                    sums,
                    0);
        }
        return sums;
    }
}
