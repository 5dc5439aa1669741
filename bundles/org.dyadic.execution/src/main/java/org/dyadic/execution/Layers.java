package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;

/** The nodes of a network that multiply by weights: convolutions and dense layers. */
public final class Layers {

    /**
     * Weight tensors beyond this size are summarised, as sorting them tells a quantizer no more.
     */
    private static final int WHOLE = 1 << 18;

    private static final int INTERVALS = 1 << 14;

    private Layers() {}

    public static boolean isLayer(Node node) {
        return node.operation() instanceof Operation.Convolution
                || node.operation() instanceof Operation.Dense;
    }

    /** Indices of the layers, in the order of the network. */
    public static List<Integer> of(Network network) {
        return IntStream.range(0, network.nodes().size())
                .filter(index -> isLayer(network.node(index)))
                .boxed()
                .toList();
    }

    /** What a person calls the layer's kind. */
    public static String kind(Node node) {
        if (node.operation() instanceof Operation.Convolution convolution) {
            var window = convolution.window();
            return convolution.depthwise()
                    ? "depthwise"
                    : window.height() * window.width() == 1 ? "pointwise" : "convolution";
        }
        return "dense";
    }

    public static Tensor weights(Node layer) {
        return layer.operation() instanceof Operation.Convolution convolution
                ? convolution.weights()
                : ((Operation.Dense) layer.operation()).weights();
    }

    static Optional<Tensor> bias(Node layer) {
        return layer.operation() instanceof Operation.Convolution convolution
                ? convolution.bias()
                : ((Operation.Dense) layer.operation()).bias();
    }

    /** The bias, or zeros. */
    static List<Float> biases(Node layer) {
        int outputs = weights(layer).shape().extent(0);
        var bias = bias(layer);
        return IntStream.range(0, outputs)
                .mapToObj(i -> bias.map(tensor -> tensor.at(i)).orElse(0f))
                .toList();
    }

    /** The layer with other weights and bias. */
    static Node with(Node layer, Tensor weights, List<Float> bias) {
        var numbers = new float[bias.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = bias.get(i);
        }
        var tensor =
                Optional.of(Tensor.of(org.dyadic.api.network.Shape.of(numbers.length), numbers));
        Operation operation =
                layer.operation() instanceof Operation.Convolution convolution
                        ? new Operation.Convolution(
                                weights, tensor, convolution.window(), convolution.groups())
                        : new Operation.Dense(weights, tensor);
        return new Node(layer.name(), operation, layer.inputs(), layer.shape());
    }

    /** What a quantizer sees of the weights of a layer. */
    static Observation observe(String layer, Tensor weights, long seed) {
        requireFinite(layer, weights);
        float[] all = weights.toArray();
        int channels = weights.shape().extent(0);
        int each = all.length / channels;
        var parts = new ArrayList<Distribution>();
        for (int channel = 0; channel < channels; channel++) {
            parts.add(
                    Distribution.of(Arrays.copyOfRange(all, channel * each, (channel + 1) * each)));
        }
        var whole =
                all.length <= WHOLE ? Distribution.of(all) : Distribution.summarise(all, INTERVALS);
        return Observation.ofWeights(layer, whole, parts, seed);
    }

    /**
     * What a quantizer sees of weights that do not all matter alike.
     *
     * @param importance one number for each weight, in the order of the tensor
     */
    static Observation observe(String layer, Tensor weights, double[] importance, long seed) {
        requireFinite(layer, weights);
        int channels = weights.shape().extent(0);
        int each = weights.size() / channels;
        var parts = new ArrayList<Distribution>();
        for (int channel = 0; channel < channels; channel++) {
            int from = channel * each;
            parts.add(
                    Distribution.weighted(
                            IntStream.range(from, from + each).mapToDouble(weights::at).toArray(),
                            Arrays.copyOfRange(importance, from, from + each)));
        }
        return Observation.ofWeights(layer, Distribution.pooled(parts), parts, seed);
    }

    private static void requireFinite(String layer, Tensor weights) {
        if (!Float.isFinite(absMax(weights.toArray()))) {
            throw new PluginFailure(
                    "network",
                    "layer "
                            + layer
                            + ": its weights, with normalization folded in, are beyond single"
                            + " precision; export the model again");
        }
    }

    /** Activations as the grid has them, if there is one. */
    static float[] project(float[] values, Optional<Grid> on) {
        if (on.isEmpty()) {
            return values;
        }
        var grid = on.get();
        var projected = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            projected[i] = (float) (grid.scale(0) * grid.level(grid.nearest(values[i], 0)));
        }
        return projected;
    }

    /** The largest magnitude; NaN if some number is none. */
    static float absMax(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The network with some layers replaced. */
    static Network replace(Network network, IntFunction<Optional<Node>> replacement) {
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < network.nodes().size(); i++) {
            nodes.add(replacement.apply(i).orElse(network.node(i)));
        }
        return new Network(
                network.name(), nodes, network.output(), network.trained(), network.metadata());
    }
}
