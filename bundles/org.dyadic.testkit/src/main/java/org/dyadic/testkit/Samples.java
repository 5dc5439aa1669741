package org.dyadic.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;

/** Tensors to observe and operands to judge in tests, among them those that break careless code. */
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

    /**
     * Tensors that are legal and nasty: constant, all zero, with a channel of zeros, one-sided, one
     * outlier, with channels of very different sizes, huge, tiny and denormal.
     */
    public static List<Observation> nasty() {
        var gauss = gauss(512, 5);
        var outlier = gauss(512, 6);
        outlier[17] = 1e4f;
        var dead = gauss(512, 7);
        Arrays.fill(dead, 0, 128, 0);
        var uneven = gauss(512, 8);
        for (int i = 0; i < uneven.length; i++) {
            uneven[i] *= (float) Math.pow(1e4, i / 128 - 2);
        }
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
                weights(4, map(gauss, x -> Math.rint(4 * x) * Float.MIN_VALUE)),
                weights(4, map(gauss, x -> Math.signum(x) * Float.MAX_VALUE)),
                weights(4, outlier),
                weights(4, dead),
                weights(4, map(dead, x -> x == 0 ? 0 : Math.abs(x) + 1)),
                weights(4, uneven),
                weights(1, 1),
                activations(map(gauss, x -> Math.max(0, x))),
                activations(new float[8]),
                activations(map(gauss, x -> -Math.abs(x))),
                activations(-7),
                activations(gauss));
    }

    /** A small dense layer whose weights and activations are encoded so. */
    public static Operands operands(Fit weights, Fit activations) {
        return new Operands(
                "layer",
                new Operation.Dense(Tensor.of(Shape.of(1, 1), 1), Optional.empty()),
                Shape.of(1),
                Shape.of(1),
                weights,
                activations);
    }

    /**
     * Layers of every shape with weights and activations of 4 bits: convolutions that are wide,
     * deep, depth-wise, grouped, strided, dilated, of one element, or as large as their image, and
     * matrices.
     */
    public static List<Operands> layers() {
        return List.of(
                convolution(3, 8, 12, 12, 1, Window.square(3, 1, 1)),
                convolution(64, 32, 5, 5, 1, Window.square(1, 1, 0)),
                convolution(300, 20, 3, 3, 1, Window.square(3, 1, 1)),
                convolution(16, 16, 9, 9, 16, Window.square(3, 2, 1)),
                convolution(12, 18, 6, 8, 3, Window.square(5, 1, 2)),
                convolution(3, 4, 40, 40, 1, Window.square(11, 4, 0)),
                convolution(2, 3, 20, 20, 1, Window.square(17, 1, 0)),
                convolution(4, 4, 16, 9, 1, new Window(1, 7, 1, 2, 0, 3, 0, 3, 1, 2)),
                convolution(4, 4, 16, 9, 1, new Window(5, 1, 3, 1, 2, 0, 2, 0, 2, 1)),
                convolution(1, 1, 1, 1, 1, Window.square(1, 1, 0)),
                convolution(7, 5, 4, 4, 1, Window.square(4, 1, 0)),
                dense(1000, 10, Shape.of(1000), Shape.of(10)),
                dense(1, 1, Shape.of(1), Shape.of(1)),
                dense(24, 36, Shape.of(50, 24), Shape.of(50, 36)));
    }

    private static Operands convolution(
            int channels, int filters, int height, int width, int groups, Window window) {
        var weights = Shape.of(filters, channels / groups, window.height(), window.width());
        return layer(
                new Operation.Convolution(
                        Tensor.of(weights, new float[weights.size()]),
                        Optional.empty(),
                        window,
                        groups),
                Shape.of(channels, height, width),
                Shape.of(filters, window.rows(height), window.columns(width)));
    }

    private static Operands dense(int inputs, int outputs, Shape input, Shape output) {
        return layer(
                new Operation.Dense(
                        Tensor.of(Shape.of(outputs, inputs), new float[outputs * inputs]),
                        Optional.empty()),
                input,
                output);
    }

    private static Operands layer(Operation operation, Shape input, Shape output) {
        return new Operands(
                "layer",
                operation,
                input,
                output,
                fit(new Encoding.Uniform(4, true, 0)),
                fit(new Encoding.Uniform(4, false, 0)));
    }

    /** Dense layers with weights and activations of every kind of encoding, narrow and wide. */
    public static List<Operands> operands() {
        var all = new ArrayList<Operands>();
        var fits = fits();
        for (var weights : fits) {
            for (var activations : fits) {
                all.add(operands(weights, activations));
            }
        }
        return all;
    }

    private static List<Fit> fits() {
        return List.of(
                new Fit.Unquantized(),
                fit(new Encoding.Uniform(1, false, 0)),
                fit(new Encoding.Uniform(2, true, 0)),
                fit(new Encoding.Uniform(4, false, 0)),
                fit(new Encoding.Uniform(4, true, 0)),
                fit(new Encoding.Uniform(8, true, 0)),
                fit(new Encoding.Uniform(8, false, 0)),
                fit(new Encoding.Uniform(8, false, 200)),
                fit(new Encoding.Uniform(16, true, 0)),
                fit(new Encoding.PowerSum(true, List.of(List.of(0, 1, 2, 4, 8, 16, 32, 64)))),
                fit(new Encoding.PowerSum(false, List.of(List.of(0, -64), List.of(0, 1, 8, 32)))),
                fit(new Encoding.Table(2, List.of(-100, 0, 3, 127))),
                fit(new Encoding.Table(1, List.of(0, Integer.MAX_VALUE))));
    }

    private static Fit fit(Encoding.Integral encoding) {
        return Fit.of(Grid.of(encoding, 1), 0);
    }
}
