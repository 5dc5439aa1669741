package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Observation;

/**
 * Random weights of the size of real ones, observed as the platform does.
 *
 * @param channels output channels
 * @param each weights in a channel
 */
record Weights(String layer, int channels, int each) {

    /** Above this, the platform summarises a tensor; its channels stay as they are. */
    private static final int WHOLE = 1 << 18;

    private static final int INTERVALS = 1 << 14;

    int count() {
        return channels * each;
    }

    /** Normal weights, each channel with a deviation of its own. */
    Observation gaussian(long seed) {
        var random = new SplittableRandom(seed);
        var all = new float[count()];
        var parts = new ArrayList<Distribution>();
        for (int channel = 0; channel < channels; channel++) {
            double deviation = 0.02 + 0.02 * random.nextDouble();
            var part = new float[each];
            for (int i = 0; i < each; i++) {
                part[i] = (float) (deviation * random.nextGaussian());
            }
            System.arraycopy(part, 0, all, channel * each, each);
            parts.add(Distribution.of(part));
        }
        var whole =
                all.length <= WHOLE ? Distribution.of(all) : Distribution.summarise(all, INTERVALS);
        return Observation.ofWeights(layer, whole, parts, seed);
    }

    /** The 54 tensors of ResNet-50 (He et al., CVPR 2016, table 1), 25.5 million weights. */
    static List<Weights> ofResNet50() {
        var layers = new ArrayList<Weights>();
        layers.add(new Weights("conv1", 64, 3 * 7 * 7));
        int inputs = 64;
        int[] blocks = {3, 4, 6, 3};
        for (int stage = 0; stage < blocks.length; stage++) {
            int width = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                String name = "conv" + (stage + 2) + "_" + (block + 1);
                layers.add(new Weights(name + "/reduce", width, inputs));
                layers.add(new Weights(name + "/3x3", width, 9 * width));
                layers.add(new Weights(name + "/expand", 4 * width, width));
                if (block == 0) {
                    layers.add(new Weights(name + "/shortcut", 4 * width, inputs));
                }
                inputs = 4 * width;
            }
        }
        layers.add(new Weights("fc", 1000, inputs));
        return layers;
    }
}
