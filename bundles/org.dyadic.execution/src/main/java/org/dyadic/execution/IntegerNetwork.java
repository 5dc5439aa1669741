package org.dyadic.execution;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.kernels.Kernels;

/** A quantized network in the integers of a datapath, as the package defines them. Thread-safe. */
public final class IntegerNetwork implements Executable {

    /** Elements of a batch's largest tensor: a few MiB, so that a batch stays near the cache. */
    private static final int BATCH_ELEMENTS = 1 << 18;

    private final Network network;
    private final Kernels kernels;
    private final Datapath datapath;
    private final double[] scales;
    private final Step[] steps;
    private final int[][] pixels; // for each channel, the wide integer of each sample
    private final int[] lastUse;

    /** Every layer of the network must have grids for its weights and its activations. */
    public IntegerNetwork(
            QuantizedNetwork quantized,
            Datapath datapath,
            Normalisation normalisation,
            Kernels kernels) {
        if (!quantized.integral()) {
            throw new IllegalArgumentException("a network with float layers has no integer form");
        }
        this.network = quantized.network();
        this.kernels = kernels;
        this.datapath = datapath;
        this.scales = scales(quantized, normalisation);
        this.steps = new Step[network.nodes().size()];
        for (int i = 1; i < steps.length; i++) {
            steps[i] = step(i, quantized, kernels);
        }
        int channels = network.inputShape().extent(0);
        this.pixels = new int[channels][256];
        for (int channel = 0; channel < channels; channel++) {
            for (int sample = 0; sample < 256; sample++) {
                pixels[channel][sample] = Wide.of(normalisation.apply(channel, sample), scales[0]);
            }
        }
        this.lastUse = network.lastUse();
    }

    /**
     * The first node, if any, that has no integer form, and why: such a network runs in float
     * alone.
     */
    public static Optional<String> withoutIntegerForm(Network network) {
        for (int i = 0; i < network.nodes().size(); i++) {
            var node = network.node(i);
            boolean innerSoftmax =
                    node.operation() instanceof Operation.Softmax && i != network.output();
            boolean manyRows = node.operation() instanceof Operation.Dense && rows(node) > 1;
            if (innerSoftmax || manyRows) {
                return Optional.of(
                        "node '"
                                + node.name()
                                + (innerSoftmax
                                        ? "' is a Softmax inside the network"
                                        : "' is a dense layer over more than one row of features")
                                + ", which has no integer form");
            }
        }
        return Optional.empty();
    }

    /** The rows of features that a dense layer computes: one, unless axes precede the features. */
    private static int rows(Node dense) {
        return dense.shape().size() / dense.shape().extent(-1);
    }

    /**
     * The wide scale of each node's result. What only moves or selects elements keeps its input's.
     */
    private static double[] scales(QuantizedNetwork quantized, Normalisation normalisation) {
        var network = quantized.network();
        var scales = new double[network.nodes().size()];
        for (int i = 0; i < scales.length; i++) {
            var operation = network.node(i).operation();
            boolean keeps =
                    operation instanceof Operation.MaxPool
                            || operation instanceof Operation.Reshape
                            || operation instanceof Operation.Transpose
                            || operation instanceof Operation.Slice
                            || operation instanceof Operation.Pad
                            || operation instanceof Operation.Softmax
                            || (operation instanceof Operation.Pointwise pointwise
                                    && Steps.clamp(pointwise.function()));
            if (keeps) {
                scales[i] = scales[network.node(i).inputs().get(0)];
            } else if (operation instanceof Operation.Mean
                    || operation instanceof Operation.AveragePool) {
                // The reciprocal of the count goes into the scale, so that a sum need only be
                // shifted.
                int input = network.node(i).inputs().get(0);
                double step =
                        scales[input] / count(operation, network.node(input), network.node(i));
                scales[i] =
                        step * Wide.powerAtLeast(Wide.scale(quantized.magnitudes().get(i)) / step);
            } else if (operation instanceof Operation.Input) {
                scales[i] = normalisation.magnitude(network.inputShape().extent(0)) / Wide.MAX;
            } else {
                scales[i] = Wide.scale(quantized.magnitudes().get(i));
            }
        }
        return scales;
    }

    /** How many elements a mean is over, windows at the border aside. */
    private static int count(Operation operation, Node input, Node result) {
        return operation instanceof Operation.AveragePool pool
                ? pool.window().height() * pool.window().width()
                : input.shape().size() / result.shape().size();
    }

    private Step step(int index, QuantizedNetwork quantized, Kernels kernels) {
        Node node = network.node(index);
        var operation = node.operation();
        List<Shape> inputs =
                node.inputs().stream().map(input -> network.node(input).shape()).toList();
        double[] from = node.inputs().stream().mapToDouble(input -> scales[input]).toArray();
        double to = scales[index];
        Shape shape = node.shape();
        if (operation instanceof Operation.Convolution || operation instanceof Operation.Dense) {
            return new Multiplication(
                    node, inputs.get(0), quantized.layer(index), from[0], to, datapath, kernels);
        } else if (operation instanceof Operation.Constant constant) {
            return constant(constant.value(), to);
        } else if (operation instanceof Operation.Pointwise pointwise) {
            return Steps.pointwise(pointwise.function(), from[0], to);
        } else if (operation instanceof Operation.BatchNormalization normalization) {
            return Steps.normalise(normalization, shape, from[0], to, datapath);
        } else if (operation instanceof Operation.Add) {
            return Steps.add(shape, inputs, from, to, datapath);
        } else if (operation instanceof Operation.Multiply) {
            return Steps.multiply(shape, inputs, from[0] * from[1] / to, datapath);
        } else if (operation instanceof Operation.MaxPool pool) {
            return Steps.maxPool(pool.window(), inputs.get(0), shape);
        } else if (operation instanceof Operation.AveragePool pool) {
            return Steps.averagePool(pool, inputs.get(0), shape, from[0] / to, datapath);
        } else if (operation instanceof Operation.Mean mean) {
            return Steps.mean(mean.axes(), inputs.get(0), shape, from[0] / to, datapath);
        } else if (operation instanceof Operation.Reshape) {
            return Steps.reshape();
        } else if (operation instanceof Operation.Transpose transpose) {
            return Steps.transpose(transpose, inputs.get(0), shape);
        } else if (operation instanceof Operation.Slice slice) {
            return Steps.slice(slice, inputs.get(0), shape);
        } else if (operation instanceof Operation.Pad pad) {
            return Steps.pad(pad, inputs.get(0), shape, to);
        } else if (operation instanceof Operation.Concat concat) {
            return Steps.concat(concat.axis(), inputs, shape, from, to, datapath);
        } else if (operation instanceof Operation.Softmax && index == network.output()) {
            // The order of classes is that of the logits.
            return Steps.reshape();
        }
        throw new IllegalArgumentException(withoutIntegerForm(network).orElseThrow());
    }

    /** The tensor, whatever the image; it has no input to take the number of images from. */
    private static Steps.Constant constant(Tensor value, double scale) {
        var wide = new int[value.size()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = Wide.of(value.at(i), scale);
        }
        return new Steps.Constant(wide);
    }

    /** The same, to the bit, in the fastest form that its kernels have. */
    public Executable fastest() {
        return kernels.pairs().<Executable>map(pairs -> new PairNetwork(this, pairs)).orElse(this);
    }

    public Network network() {
        return network;
    }

    /** Whose integers these are. */
    public Datapath datapath() {
        return datapath;
    }

    /** What a node computes; not the input, which is {@link #pixel}. */
    public Step step(int node) {
        return steps[node];
    }

    /** The wide integer that a sample of 0 to 255 becomes in a channel of the input. */
    public int pixel(int channel, int sample) {
        return pixels[channel][sample];
    }

    @Override
    public String arithmetic() {
        return "integer, " + datapath.describe();
    }

    @Override
    public Map<String, String> kernels() {
        var names = new LinkedHashMap<String, String>();
        Layers.of(network).forEach(layer -> names.put(network.node(layer).name(), kernels.id()));
        return names;
    }

    @Override
    public int batch() {
        int largest =
                network.nodes().stream().mapToInt(node -> node.shape().size()).max().orElse(1);
        return Math.max(1, Math.min(32, BATCH_ELEMENTS / largest));
    }

    @Override
    public double[][] run(byte[][] images, LongAdder overflows) {
        var results = new int[steps.length][][];
        results[0] = Arrays.stream(images).map(this::wide).toArray(int[][]::new);
        for (int i = 1; i < steps.length; i++) {
            var inputs = network.node(i).inputs();
            var given = new int[inputs.size()][][];
            for (int input = 0; input < given.length; input++) {
                given[input] = results[inputs.get(input)];
                if (network.node(inputs.get(input)).operation() instanceof Operation.Constant) {
                    var everywhere = new int[images.length][];
                    Arrays.fill(everywhere, given[input][0]);
                    given[input] = everywhere;
                }
            }
            results[i] = steps[i].run(given, overflows);
            for (int input : inputs) {
                if (lastUse[input] == i) {
                    results[input] = null;
                }
            }
        }
        return Arrays.stream(results[network.output()])
                .map(outputs -> Arrays.stream(outputs).asDoubleStream().toArray())
                .toArray(double[][]::new);
    }

    private int[] wide(byte[] image) {
        int plane = image.length / pixels.length;
        var wide = new int[image.length];
        for (int channel = 0; channel < pixels.length; channel++) {
            int[] table = pixels[channel];
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                wide[i] = table[image[i] & 0xff];
            }
        }
        return wide;
    }
}
