package org.dyadic.kernels.vector;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.kernels.DigitScaling;
import org.dyadic.kernels.Encoder;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.Scaling;
import org.dyadic.kernels.WideScaling;

/**
 * Runs every loop on small arrays until C2 has compiled it. Before that, each vector instruction is
 * a call that makes objects, and the first images of a network would take seconds.
 */
final class WarmUp {

    /**
     * C2 compiles a method after 5,000 calls ({@code Tier4InvocationThreshold}), in its own time.
     */
    private static final int CALLS = 8_000;

    /** Pixels that need every tile: 16, 8, 4 and 1 at once. */
    private static final int PIXELS = 16 + 8 + 4 + 1;

    /** Two panels, a whole one and a half one. */
    private static final int CHANNELS = 3 * PairKernels.PANEL + PairKernels.ROUND;

    private static final int LENGTH = PIXELS * CHANNELS;

    private final PairKernels kernels;
    private final int[] pixels =
            IntStream.range(0, PIXELS).map(p -> p * PairKernels.ROUND).toArray();
    private final int[] taps = IntStream.range(0, 16).toArray(); // side by side
    private final int[] nineTaps = new int[9];
    private final int[] codes = new int[2 * LENGTH];
    private final float[] numbers = new float[2 * LENGTH];
    private final int[] weights = new int[taps.length * CHANNELS];
    private final float[] floatWeights = new float[weights.length];
    private final int[] sums = new int[LENGTH];
    private final int[] low = new int[LENGTH];
    private final int[] high = new int[LENGTH];
    private final int[] wide = new int[LENGTH];
    private final int[] tiles = new int[16 * CHANNELS];
    private final Scaling scaling;
    private final WideScaling wideScaling;
    private final DigitScaling digitScaling;

    /** One of each form that is computed in vectors. */
    final List<Encoder> encoders =
            List.of(
                    encoder(3000.7, 1), // rounded
                    encoder(1 << 14, 1), // half way goes up, not to the even level: shifted
                    encoder(3000.7, 2));

    WarmUp(PairKernels kernels) {
        this.kernels = kernels;
        var ones = new long[CHANNELS];
        Arrays.fill(ones, 1 << 20);
        var shifts = new int[CHANNELS];
        Arrays.fill(shifts, 20);
        this.scaling = Scaling.of(ones, ones, shifts, CHANNELS).orElseThrow();
        this.wideScaling = WideScaling.of(ones, ones, shifts, CHANNELS, 1 << 20).orElseThrow();
        this.digitScaling = DigitScaling.of(ones, ones, shifts, CHANNELS, 1 << 18).orElseThrow();
    }

    /** Levels, nearest to integers over a ratio, times a step. */
    private static Encoder encoder(double ratio, int step) {
        var levels =
                IntStream.range(Short.MIN_VALUE, Short.MAX_VALUE + 1)
                        .mapToDouble(x -> Math.max(-1, Math.min(1, Math.floor(x / ratio + 0.5))))
                        .mapToInt(level -> (int) level * step)
                        .toArray();
        return Encoder.of(levels, ratio);
    }

    /** In the background, and never in the way of the end of the program. */
    static void start(PairKernels kernels) {
        var thread = new Thread(new WarmUp(kernels)::untilStopped, "vector-kernels-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends without a word with the framework, and with what loads classes: nobody will compute. */
    void untilStopped() {
        try {
            run();
        } catch (LinkageError stopped) {
            // A real one is met again by the first image.
        }
    }

    void run() {
        for (int call = 0; call < CALLS; call++) {
            for (int[] window : List.of(taps, nineTaps)) {
                int to = window.length;
                kernels.multiply(
                        codes, 0, pixels, 0, PIXELS, window, 0, to, weights, CHANNELS, sums, 0);
                kernels.multiply(
                        numbers,
                        0,
                        pixels,
                        0,
                        PIXELS,
                        window,
                        0,
                        to,
                        floatWeights,
                        CHANNELS,
                        low,
                        0);
                kernels.multiplyEach(codes, pixels, 0, 2, window, weights, CHANNELS, sums);
                kernels.multiplyEach(codes, pixels, 0, 2, window, weights, CHANNELS, low, high);
                kernels.multiplyEach(
                        codes, pixels, 0, 2, window, weights, weights, 4, CHANNELS, low, high);
            }
            kernels.toTiles(codes, pixels, 0, 1, CHANNELS, CHANNELS, tiles, CHANNELS);
            kernels.fromTiles(tiles, CHANNELS, 1, CHANNELS, new int[4], 0, 0, sums);
            kernels.spread(codes, 2, CHANNELS - PairKernels.ROUND, sums, 0);
            kernels.widen(sums, CHANNELS, low, high);
            kernels.requantize(sums, 2, scaling, -9, 9, wide);
            kernels.requantize(low, high, 2, wideScaling, -9, 9, wide);
            kernels.requantize(low, high, 2, digitScaling, -9, 9, wide);
            kernels.add(wide, 0, 1, sums, 0, 1, 1, 1, -9, 9, wide, 0, CHANNELS);
            kernels.clamp(wide, 0, CHANNELS, -9, 9);
            kernels.max(wide, 0, sums, 0, CHANNELS);
            for (var encoder : encoders) {
                kernels.encode(wide, 0, CHANNELS, encoder, codes, 0);
            }
            kernels.split(codes, 0, CHANNELS, numbers, 0, LENGTH);
        }
    }
}
