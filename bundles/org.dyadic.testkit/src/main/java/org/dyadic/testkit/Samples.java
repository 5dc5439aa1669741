package org.dyadic.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Observation;

/** Tensors to observe in tests: bell-shaped ones, and those that break careless code. */
public final class Samples {

    private Samples() {}

    /** So many draws from the normal distribution of mean 0 and deviation 1. */
    public static float[] gauss(int count, long seed) {
        var random = new SplittableRandom(seed);
        var samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) random.nextGaussian();
        }
        return samples;
    }

    /** Each sample through a function. */
    public static float[] map(float[] samples, DoubleUnaryOperator function) {
        var mapped = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            mapped[i] = (float) function.applyAsDouble(samples[i]);
        }
        return mapped;
    }

    /** Weights whose samples divide evenly into output channels. */
    public static Observation weights(int channels, float... samples) {
        int each = samples.length / channels;
        var parts = new ArrayList<Distribution>();
        for (int channel = 0; channel < channels; channel++) {
            parts.add(
                    Distribution.of(
                            Arrays.copyOfRange(samples, channel * each, (channel + 1) * each)));
        }
        return Observation.ofWeights("layer", Distribution.of(samples), parts, 1);
    }

    public static Observation activations(float... samples) {
        return Observation.ofActivations("layer", Distribution.of(samples), 1);
    }

    /** Tensors that are legal and nasty: constant, all zero, one-sided, one outlier, huge, tiny. */
    public static List<Observation> nasty() {
        var gauss = gauss(512, 5);
        var outlier = gauss(512, 6);
        outlier[17] = 1e4f;
        return List.of(
                weights(4, new float[64]),
                weights(4, map(new float[64], x -> 3)),
                weights(4, map(new float[64], x -> -3)),
                weights(2, 0, 0, 0, 0, 1, 1, 1, -1),
                weights(4, gauss),
                weights(4, map(gauss, Math::abs)),
                weights(4, map(gauss, x -> -Math.abs(x))),
                weights(4, map(gauss, x -> x * 1e30)),
                weights(4, map(gauss, x -> x * 1e-38)),
                weights(4, map(gauss, x -> x > 0 ? 1 : -0.25)),
                weights(4, outlier),
                weights(1, 1),
                activations(map(gauss, x -> Math.max(0, x))),
                activations(new float[8]),
                activations(gauss));
    }
}
