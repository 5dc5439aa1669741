package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.quant.Grid;

/**
 * Brings each output channel of a layer as near to what it should be as a gain and an offset can,
 * in least squares over all images and pixels. The offset goes into the bias. The gain goes into
 * the scale of the channel, and costs no hardware; weights of one scale have one gain, and float
 * weights none.
 */
final class Correction {

    private final Patches patches;
    private final double[] gain;
    private final double[] offset;

    private Correction(Patches patches, double[] gain, double[] offset) {
        this.patches = patches;
        this.gain = gain;
        this.offset = offset;
    }

    /**
     * @param targets what the layer should compute
     * @param results what it computes
     */
    static Correction of(Patches patches, QuantizedLayer layer, Results targets, Results results) {
        var moments = moments(patches, layer.bias().size(), targets, results);
        double[] gain = gains(moments, layer.held().grid());
        var offset = new double[gain.length];
        Arrays.setAll(offset, channel -> moments.get(channel).offset(gain[channel]));
        return new Correction(patches, gain, offset);
    }

    private static List<Moments> moments(
            Patches patches, int channels, Results targets, Results results) {
        var moments = Stream.generate(Moments::new).limit(channels).toList();
        for (int image = 0; image < results.images(); image++) {
            float[] wanted = targets.of(image);
            float[] given = results.of(image);
            IntStream.range(0, channels)
                    .parallel()
                    .forEach(
                            channel -> {
                                for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                                    int at = patches.result(channel, pixel);
                                    moments.get(channel).add(wanted[at], given[at]);
                                }
                            });
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

    QuantizedLayer apply(QuantizedLayer layer) {
        var bias = new ArrayList<Float>();
        for (int channel = 0; channel < gain.length; channel++) {
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

    /** What the corrected layer computes where the layer computed this. */
    float[] apply(float[] result) {
        var corrected = new float[result.length];
        for (int channel = 0; channel < gain.length; channel++) {
            for (int pixel = 0; pixel < patches.pixels(); pixel++) {
                int at = patches.result(channel, pixel);
                corrected[at] = (float) (gain[channel] * result[at] + offset[channel]);
            }
        }
        return corrected;
    }
}
