package org.dyadic.api.quant;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.dyadic.api.spec.Settings;

/**
 * What a quantizer sees of one tensor: its samples as a distribution, and for weights also each
 * output channel by itself. Never the tensor.
 *
 * @param layer the name of the layer, for messages
 * @param all the whole tensor
 * @param channels one distribution for each output channel of a weight tensor; empty for
 *     activations
 * @param seed for quantizers that draw random numbers; equal seeds must give equal grids
 */
public record Observation(
        String layer, Role role, Distribution all, List<Distribution> channels, long seed) {

    public Observation {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(all, "all");
        channels = List.copyOf(channels);
    }

    /** Activations, seen as a whole. */
    public static Observation ofActivations(String layer, Distribution all, long seed) {
        return new Observation(layer, Role.ACTIVATIONS, all, List.of(), seed);
    }

    /** Weights, seen as a whole and by output channel. */
    public static Observation ofWeights(
            String layer, Distribution all, List<Distribution> channels, long seed) {
        return new Observation(layer, Role.WEIGHTS, all, channels, seed);
    }

    /** True if some sample is negative, so that the grid must reach both ways. */
    public boolean signed() {
        return all.min() < 0;
    }

    /**
     * The distribution a level set should suit: the tensor as it is, or, with a scale for each
     * channel, all channels together after each was divided by its root mean square.
     */
    public Distribution shape(Scaling scaling) {
        if (scaling == Scaling.PER_TENSOR || channels.isEmpty()) {
            return all;
        }
        var normalised =
                channels.stream()
                        .filter(channel -> channel.power() > 0)
                        .map(channel -> channel.dividedBy(Math.sqrt(channel.power())))
                        .toList();
        return normalised.isEmpty() ? all : Distribution.pooled(normalised);
    }

    /** What the error of a level set on the {@link #shape} is, for the note of a certificate. */
    public String objective(Scaling scaling) {
        return scaling == Scaling.PER_TENSOR || channels.isEmpty()
                ? "mean squared error"
                : "mean squared error of channels over their root mean square";
    }

    /** The levels with the scale, or the scale for each channel, of least squared error. */
    public Fit.Quantized fit(Encoding.Integral encoding, int[] levels, Scaling scaling) {
        return fit(encoding, levels, scaling, Distribution::bestScale);
    }

    /** The levels with the scale, or the scale for each channel, that a rule gives. */
    public Fit.Quantized fit(
            Encoding.Integral encoding,
            int[] levels,
            Scaling scaling,
            BiFunction<Distribution, int[], ScaleFit> rule) {
        if (scaling == Scaling.PER_TENSOR || channels.isEmpty()) {
            var fitted = rule.apply(all, levels);
            return Fit.of(new Grid(encoding, levels, fitted.scale()), fitted.squaredError());
        }
        var scales = new double[channels.size()];
        double error = 0;
        for (int channel = 0; channel < scales.length; channel++) {
            var fitted = rule.apply(channels.get(channel), levels);
            scales[channel] = fitted.scale();
            error += fitted.squaredError() * channels.get(channel).mass();
        }
        return Fit.of(new Grid(encoding, levels, scales), error / all.mass());
    }

    /** As {@link #fit(Encoding.Integral, int[], Scaling)}, for every level of the encoding. */
    public Fit.Quantized fit(Encoding.Integral encoding, Settings settings) {
        return fit(encoding, Grid.levelsOf(encoding), Scaling.of(settings));
    }

    /**
     * The mean squared error of a grid on this tensor; throws if it has a scale for each of another
     * number of channels.
     */
    public double squaredError(Grid grid) {
        int[] levels = grid.levels();
        if (!grid.perChannel()) {
            return all.squaredError(levels, grid.scale(0));
        }
        if (grid.scales().length != channels.size()) {
            throw new IllegalArgumentException(
                    "a grid of "
                            + grid.scales().length
                            + " scales does not fit layer "
                            + layer
                            + " of "
                            + channels.size()
                            + " channels");
        }
        double error = 0;
        for (int channel = 0; channel < channels.size(); channel++) {
            var seen = channels.get(channel);
            error += seen.squaredError(levels, grid.scale(channel)) * seen.mass();
        }
        return error / all.mass();
    }

    /** Signal to quantization noise in dB; empty when the error is zero. */
    public Optional<Double> sqnr(double squaredError) {
        return squaredError > 0 && all.power() > 0
                ? Optional.of(10 * StrictMath.log10(all.power() / squaredError))
                : Optional.empty();
    }
}
