package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Grid;

/**
 * Brings each output channel of a layer as near to what it should be as a gain and an offset can,
 * in least squares over all images and pixels. The offset goes into the bias. The gain goes into
 * the scale of the channel, and costs no hardware; weights of one scale have one gain, and float
 * weights none.
 */
final class Correction {

    private final Patches patches;
    private final float[][] targets;
    private final float[][] results;

    /**
     * @param targets what the layer should compute, by image
     * @param results what it computes; will be corrected too
     */
    Correction(Patches patches, float[][] targets, float[][] results) {
        this.patches = patches;
        this.targets = targets;
        this.results = results;
    }

    QuantizedLayer apply(QuantizedLayer layer) {
        int channels = layer.bias().size();
        var moments = IntStream.range(0, channels).parallel().mapToObj(this::moments).toList();
        double[] gain = gains(moments, layer.held().grid());
        var offset = new double[channels];
        Arrays.setAll(offset, channel -> moments.get(channel).offset(gain[channel]));
        Arrays.stream(results).parallel().forEach(result -> correct(result, gain, offset));
        var bias = new ArrayList<Float>();
        for (int channel = 0; channel < channels; channel++) {
            bias.add((float) (gain[channel] * layer.bias().get(channel) + offset[channel]));
        }
        return new QuantizedLayer(
                layer.node(),
                layer.weights(),
                layer.activations(),
                layer.held().times(gain),
                bias,
                layer.weightsSeen(),
                layer.activationsSeen());
    }

    private Moments moments(int channel) {
        var moments = new Moments();
        for (int image = 0; image < results.length; image++) {
            for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                int at = patches.result(channel, pixel);
                moments.add(targets[image][at], results[image][at]);
            }
        }
        return moments;
    }

    private static double[] gains(List<Moments> moments, Optional<Grid> grid) {
        var gains = new double[moments.size()];
        if (grid.isEmpty()) {
            Arrays.fill(gains, 1);
        } else if (grid.get().perChannel()) {
            Arrays.setAll(gains, channel -> moments.get(channel).gain());
        } else {
            Arrays.fill(gains, Moments.gain(moments));
        }
        return gains;
    }

    private void correct(float[] result, double[] gain, double[] offset) {
        for (int channel = 0; channel < gain.length; channel++) {
            for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                int at = patches.result(channel, pixel);
                result[at] = (float) (gain[channel] * result[at] + offset[channel]);
            }
        }
    }
}
