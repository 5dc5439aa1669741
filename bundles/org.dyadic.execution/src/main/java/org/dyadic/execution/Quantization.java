package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;

/**
 * Quantizes a trained network after training. The weights of all layers are fitted first. Then the
 * calibration images pass through the float network and the quantized one side by side, node by
 * node: each layer's activation grid is fitted to what the quantized network really feeds it, and
 * each output channel gets the gain and the offset that bring it nearest to the float network.
 */
public final class Quantization {

    /** Activation samples that a quantizer sees of a layer, at most. */
    private static final int SAMPLES = 1 << 21;

    private static final int INTERVALS = 4096;

    private final Network network;
    private final Map<Integer, LayerPolicy> policies;
    private final long seed;
    private final Kernels kernels;
    private final Progress progress;

    /**
     * @param network folded
     * @param policies for every layer, by node
     */
    public Quantization(
            Network network,
            Map<Integer, LayerPolicy> policies,
            long seed,
            Kernels kernels,
            Progress progress) {
        this.network = network;
        this.policies = Map.copyOf(policies);
        this.seed = seed;
        this.kernels = kernels;
        this.progress = progress;
    }

    /**
     * Quantizes with calibration.
     *
     * @param images calibration images, normalised
     */
    public QuantizedNetwork run(List<float[]> images) {
        Map<Integer, Observation> seen = new ConcurrentHashMap<>();
        Map<Integer, Fit> weights = fitWeights(seen);
        return images.isEmpty()
                ? uncalibrated(seen, weights)
                : new Pass(seen, weights, images).run();
    }

    /** What a quantizer saw of a tensor, and what it answered. */
    public record Fitted(Observation seen, Fit fit) {}

    /** The grids of the trained weights alone, by node. */
    public static Map<Integer, Fitted> fitWeights(
            Network network, Map<Integer, LayerPolicy> policies, long seed) {
        var fitted = new ConcurrentHashMap<Integer, Fitted>();
        Layers.of(network).parallelStream()
                .forEach(layer -> fitted.put(layer, fitWeights(network, layer, policies, seed)));
        return fitted;
    }

    private static Fitted fitWeights(
            Network network, int layer, Map<Integer, LayerPolicy> policies, long seed) {
        var seen = Layers.observe(network.node(layer), seed);
        return new Fitted(seen, policies.get(layer).weights().fit(seen));
    }

    private Map<Integer, Fit> fitWeights(Map<Integer, Observation> seen) {
        var fits = new ConcurrentHashMap<Integer, Fit>();
        var done = new AtomicInteger();
        var layers = Layers.of(network);
        layers.parallelStream()
                .forEach(
                        layer -> {
                            requireWanted();
                            var fitted = fitWeights(network, layer, policies, seed);
                            seen.put(layer, fitted.seen());
                            fits.put(layer, fitted.fit());
                            progress.advance(
                                    "quantize weights", done.incrementAndGet(), layers.size());
                        });
        return fits;
    }

    /** Weights alone, when no layer quantizes activations and there is nothing to calibrate on. */
    private QuantizedNetwork uncalibrated(
            Map<Integer, Observation> seen, Map<Integer, Fit> weights) {
        var layers = new HashMap<Integer, QuantizedLayer>();
        for (int layer : Layers.of(network)) {
            var nothing =
                    Observation.ofActivations(network.node(layer).name(), Distribution.of(0), seed);
            layers.put(
                    layer,
                    QuantizedLayer.uncorrected(
                            layer,
                            weights.get(layer),
                            new Fit.Unquantized(),
                            Layers.biases(network.node(layer)),
                            seen.get(layer),
                            nothing));
        }
        var none = network.nodes().stream().map(node -> 0.0).toList();
        return new QuantizedNetwork(network, layers, none);
    }

    private void requireWanted() {
        if (progress.cancelled()) {
            throw new Cancelled();
        }
    }

    /** One walk of both networks over all images. */
    private final class Pass {

        private final Map<Integer, Observation> weightsSeen;
        private final Map<Integer, Fit> weights;
        private final List<float[]> images;
        private final FloatNetwork trained;
        private final FloatNetwork projected;
        private final float[][][] floats; // by image, then node
        private final float[][][] quantized;
        private final int[] lastUse = IntegerNetwork.lastUse(network);
        private final Map<Integer, QuantizedLayer> layers = new HashMap<>();
        private final List<Double> magnitudes = new ArrayList<>();

        Pass(
                Map<Integer, Observation> weightsSeen,
                Map<Integer, Fit> weights,
                List<float[]> images) {
            this.weightsSeen = weightsSeen;
            this.weights = weights;
            this.images = images;
            this.trained = new FloatNetwork(network, kernels);
            this.projected =
                    new FloatNetwork(Layers.replace(network, this::projectedLayer), kernels);
            this.floats = new float[images.size()][network.nodes().size()][];
            this.quantized = new float[images.size()][network.nodes().size()][];
        }

        private Optional<Node> projectedLayer(int index) {
            return Optional.ofNullable(weights.get(index))
                    .flatMap(Fit::grid)
                    .map(
                            grid -> {
                                var node = network.node(index);
                                return Layers.with(
                                        node,
                                        Layers.project(Layers.weights(node), grid),
                                        Layers.biases(node));
                            });
        }

        QuantizedNetwork run() {
            for (int i = 0; i < images.size(); i++) {
                floats[i][0] = images.get(i);
                quantized[i][0] = images.get(i);
            }
            for (int node = 0; node < network.nodes().size(); node++) {
                requireWanted();
                if (node > 0) {
                    evaluate(node);
                }
                magnitudes.add(magnitude(node));
                release(node);
                progress.advance("calibrate", node + 1, network.nodes().size());
            }
            return new QuantizedNetwork(network, layers, magnitudes);
        }

        private void evaluate(int index) {
            var node = network.node(index);
            Optional<Grid> grid = Optional.empty();
            if (Layers.isLayer(node)) {
                var seen = observe(node);
                var fit = policies.get(index).activations().fit(seen);
                grid = fit.grid();
                layers.put(
                        index,
                        QuantizedLayer.uncorrected(
                                index,
                                weights.get(index),
                                fit,
                                Layers.biases(node),
                                weightsSeen.get(index),
                                seen));
            }
            var input = grid;
            IntStream.range(0, images.size())
                    .parallel()
                    .forEach(
                            image -> {
                                floats[image][index] = trained.evaluate(index, floats[image]);
                                quantized[image][index] =
                                        projected.evaluate(
                                                index, projectInput(node, quantized[image], input));
                            });
            if (Layers.isLayer(node)) {
                correct(index);
            }
        }

        private Observation observe(Node layer) {
            int input = layer.inputs().get(0);
            int size = network.node(input).shape().size();
            int each = Math.max(1, Math.min(size, SAMPLES / images.size()));
            var samples = new float[each * images.size()];
            for (int image = 0; image < images.size(); image++) {
                // Evenly over the tensor, and from another place in each image, so that no column
                // of
                // pixels is seen more than others.
                int start = image % Math.max(1, size / each);
                for (int i = 0; i < each; i++) {
                    int at = (int) ((long) i * size / each) + start;
                    samples[image * each + i] = quantized[image][input][Math.min(at, size - 1)];
                }
            }
            return Observation.ofActivations(
                    layer.name(), Distribution.summarise(samples, INTERVALS), seed);
        }

        /**
         * Brings each output channel as near as a gain and an offset can to what the float network
         * has there, in least squares over all images and pixels. The offset goes into the bias.
         * The gain goes into the scale of the channel, and costs no hardware; a tensor of one scale
         * has one gain.
         */
        private void correct(int index) {
            var node = network.node(index);
            var layer = layers.get(index);
            int channels = layer.bias().size();
            int plane = node.shape().size() / channels;
            var moments = new Moments[channels];
            IntStream.range(0, channels)
                    .parallel()
                    .forEach(channel -> moments[channel] = moments(index, channel, plane));
            double[] gain = gains(moments, layer.weights().grid());
            var bias = new ArrayList<Float>();
            for (int channel = 0; channel < channels; channel++) {
                bias.add(
                        (float)
                                (gain[channel] * layer.bias().get(channel)
                                        + moments[channel].offset(gain[channel])));
            }
            IntStream.range(0, images.size())
                    .parallel()
                    .forEach(
                            image -> {
                                for (int i = 0; i < channels * plane; i++) {
                                    int channel = i / plane;
                                    quantized[image][index][i] =
                                            (float)
                                                    (gain[channel] * quantized[image][index][i]
                                                            + moments[channel].offset(
                                                                    gain[channel]));
                                }
                            });
            layers.put(
                    index,
                    new QuantizedLayer(
                            index,
                            layer.weights(),
                            layer.activations(),
                            Arrays.stream(gain).boxed().toList(),
                            bias,
                            layer.weightsSeen(),
                            layer.activationsSeen()));
        }

        private Moments moments(int index, int channel, int plane) {
            var moments = new Moments();
            for (int image = 0; image < images.size(); image++) {
                for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                    moments.add(floats[image][index][i], quantized[image][index][i]);
                }
            }
            return moments;
        }

        /** One gain a channel, one for all if the grid has one scale, none if there is no grid. */
        private static double[] gains(Moments[] moments, Optional<Grid> grid) {
            var gains = new double[moments.length];
            if (grid.isEmpty()) {
                Arrays.fill(gains, 1);
            } else if (grid.get().perChannel()) {
                Arrays.setAll(gains, channel -> moments[channel].gain());
            } else {
                Arrays.fill(gains, Moments.gain(List.of(moments)));
            }
            return gains;
        }

        private double magnitude(int node) {
            return IntStream.range(0, images.size())
                    .parallel()
                    .mapToDouble(
                            image ->
                                    Math.max(
                                            largest(floats[image][node]),
                                            largest(quantized[image][node])))
                    .max()
                    .orElse(0);
        }

        private static double largest(float[] values) {
            float largest = 0;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            return largest;
        }

        private void release(int index) {
            for (int input : network.node(index).inputs()) {
                if (lastUse[input] == index) {
                    for (int image = 0; image < images.size(); image++) {
                        floats[image][input] = null;
                        quantized[image][input] = null;
                    }
                }
            }
        }
    }

    /** The results with the layer's input on its grid. */
    static float[][] projectInput(Node layer, float[][] results, Optional<Grid> grid) {
        if (grid.isEmpty()) {
            return results;
        }
        var own = results.clone();
        int input = layer.inputs().get(0);
        own[input] = Layers.project(results[input], grid.get());
        return own;
    }
}
