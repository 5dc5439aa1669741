package org.dyadic.network.internal.execution;

import org.dyadic.api.network.Function;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;

/** The steps that treat each element alike. */
final class ElementSteps {

    /** A function of two numbers. */
    @FunctionalInterface
    interface Combination {
        float of(float a, float b);
    }

    private ElementSteps() {}

    static Step pointwise(Function function) {
        if (function instanceof Function.Relu) {
            return (inputs, scratch) -> relu(inputs[0]);
        }
        if (function instanceof Function.Clip clip) {
            return (inputs, scratch) -> clip(inputs[0], clip.low(), clip.high());
        }
        return (inputs, scratch) -> {
            var all = new float[inputs[0].length];
            for (int i = 0; i < all.length; i++) {
                all[i] = function.apply(inputs[0][i]);
            }
            return all;
        };
    }

    // The two functions of nearly every network, in loops that C2 vectorises.

    private static float[] relu(float[] input) {
        var all = new float[input.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.max(0, input[i]);
        }
        return all;
    }

    private static float[] clip(float[] input, float low, float high) {
        var all = new float[input.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.min(high, Math.max(low, input[i]));
        }
        return all;
    }

    static Step normalization(Operation.BatchNormalization layer, Shape shape) {
        int channels = shape.extent(0);
        int inner = LayoutSteps.inner(shape, 0);
        var scales = new float[channels];
        var shifts = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double scale =
                    layer.scale().at(channel)
                            / Math.sqrt((double) layer.variance().at(channel) + layer.epsilon());
            scales[channel] = (float) scale;
            shifts[channel] =
                    (float) (layer.shift().at(channel) - layer.mean().at(channel) * scale);
        }
        return (inputs, scratch) -> {
            var all = new float[inputs[0].length];
            for (int channel = 0; channel < channels; channel++) {
                scale(inputs[0], channel * inner, inner, scales[channel], shifts[channel], all);
            }
            return all;
        };
    }

    private static void scale(
            float[] input, int from, int count, float scale, float shift, float[] all) {
        for (int i = from; i < from + count; i++) {
            all[i] = input[i] * scale + shift;
        }
    }

    static Step combining(Combination combination, Shape a, Shape b, Shape result) {
        if (a.equals(result) && b.equals(result)) {
            return (inputs, scratch) -> {
                var all = new float[inputs[0].length];
                for (int i = 0; i < all.length; i++) {
                    all[i] = combination.of(inputs[0][i], inputs[1][i]);
                }
                return all;
            };
        }
        var left = Walk.broadcasting(a, result);
        var right = Walk.broadcasting(b, result);
        return (inputs, scratch) -> {
            var all = new float[result.size()];
            left.visit((element, place) -> all[element] = inputs[0][place]);
            right.visit(
                    (element, place) ->
                            all[element] = combination.of(all[element], inputs[1][place]));
            return all;
        };
    }

    static Step softmax(int axis, Shape shape) {
        int extent = shape.extent(axis);
        int inner = LayoutSteps.inner(shape, axis);
        return (inputs, scratch) -> {
            var all = new float[inputs[0].length];
            for (int start = 0; start < all.length; start += extent * inner) {
                for (int i = 0; i < inner; i++) {
                    softmax(inputs[0], start + i, extent, inner, all);
                }
            }
            return all;
        };
    }

    private static void softmax(float[] input, int from, int extent, int step, float[] all) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < extent; i++) {
            largest = Math.max(largest, input[from + i * step]);
        }
        double sum = 0;
        for (int i = 0; i < extent; i++) {
            // Relative to the largest, so that nothing overflows.
            double power = Math.exp((double) input[from + i * step] - largest);
            all[from + i * step] = (float) power;
            sum += power;
        }
        for (int i = 0; i < extent; i++) {
            all[from + i * step] = (float) (all[from + i * step] / sum);
        }
    }
}
