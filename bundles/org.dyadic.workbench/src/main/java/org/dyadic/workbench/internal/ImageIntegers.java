package org.dyadic.workbench.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Network;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Multiplication;
import org.dyadic.execution.Normalisation;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.kernels.Kernels;

/**
 * The integers that a machine multiplies of one image, for simulators that compute, and what
 * execution's accumulators make of them. The image is executed when a simulator first asks.
 * Thread-safe.
 */
final class ImageIntegers {

    private final Network network;
    private final Supplier<IntegerNetwork> execution;
    private final Supplier<byte[]> image;
    private Map<Integer, OfLayer> layers;

    /** Of a network for which they {@link #exist}. */
    ImageIntegers(
            QuantizedNetwork quantized,
            Datapath datapath,
            Normalisation normalisation,
            Kernels kernels,
            Supplier<byte[]> image) {
        this.network = quantized.network();
        this.execution = () -> new IntegerNetwork(quantized, datapath, normalisation, kernels);
        this.image = image;
    }

    /** True if a network has integers of its own: trained, and executed in nothing else. */
    static boolean exist(QuantizedNetwork quantized) {
        return quantized.integral()
                && quantized.network().trained()
                && IntegerNetwork.withoutIntegerForm(quantized.network()).isEmpty();
    }

    /** Those of a layer. */
    Integers of(int node) {
        return new Integers() {
            @Override
            public int[] weights(int group) {
                return layer(node).weights(group);
            }

            @Override
            public int[] activations(int group) {
                return layer(node).activations(group);
            }
        };
    }

    private synchronized OfLayer layer(int node) {
        if (layers == null) {
            layers = execute();
        }
        return layers.get(node);
    }

    /** What enters each layer. */
    private Map<Integer, OfLayer> execute() {
        var integers = execution.get();
        var results = new int[network.nodes().size()][];
        results[0] = wide(integers, image.get());
        var found = new HashMap<Integer, OfLayer>();
        for (int node = 1; node < results.length; node++) {
            var inputs = network.node(node).inputs();
            var given = new int[inputs.size()][][];
            for (int i = 0; i < given.length; i++) {
                given[i] = new int[][] {results[inputs.get(i)]};
            }
            if (integers.step(node) instanceof Multiplication multiplication) {
                found.put(node, new OfLayer(multiplication, given[0][0]));
            }
            results[node] = integers.step(node).run(given, new LongAdder())[0];
        }
        return found;
    }

    private static int[] wide(IntegerNetwork integers, byte[] pixels) {
        int plane = pixels.length / integers.network().inputShape().extent(0);
        var wide = new int[pixels.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = integers.pixel(i / plane, pixels[i] & 0xff);
        }
        return wide;
    }

    /**
     * Holds the sums of a simulator against those of execution.
     *
     * @param image whose integers it had, if it had any
     * @param layers all of a network, in their order
     * @return what can be said in favour of its results; nothing if it gave no sums
     * @throws PluginFailure for the first sum that differs
     */
    static String check(
            Optional<ImageIntegers> image,
            String simulator,
            List<Workload> layers,
            List<Estimate> estimates) {
        var nodes = image.map(own -> Layers.of(own.network)).orElse(List.of());
        var found =
                IntStream.range(0, layers.size())
                        .parallel()
                        .mapToObj(
                                i ->
                                        estimates
                                                .get(i)
                                                .witness()
                                                .flatMap(
                                                        witness ->
                                                                image.isEmpty()
                                                                        ? Optional.of(
                                                                                "it gives sums of"
                                                                                        + " integers"
                                                                                        + " that nobody"
                                                                                        + " gave it")
                                                                        : image.get()
                                                                                .layer(nodes.get(i))
                                                                                .difference(
                                                                                        layers.get(
                                                                                                i),
                                                                                        witness))
                                                .map(
                                                        what ->
                                                                "layer "
                                                                        + layers.get(i).layer()
                                                                        + ": "
                                                                        + what))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (found.isPresent()) {
            throw new PluginFailure("simulator " + simulator, found.get());
        }
        long witnesses = estimates.stream().filter(one -> one.witness().isPresent()).count();
        return witnesses == 0
                ? ""
                : ", its sums equal to execution's in "
                        + witnesses
                        + " of "
                        + layers.size()
                        + " layers for the first image";
    }

    /** A layer and what enters it. */
    private static final class OfLayer {

        private final Multiplication layer;
        private final int[] input;
        private final int height;
        private final int width;
        private final int inputs; // channels of a group
        private final int outputs;
        private final int taps;
        private int[] levels;

        OfLayer(Multiplication layer, int[] input) {
            this.layer = layer;
            this.input = input;
            this.height = layer.input().extent(1);
            this.width = layer.input().extent(2);
            this.inputs = layer.input().extent(0) / layer.groups();
            this.outputs = layer.output().extent(0) / layer.groups();
            this.taps = layer.window().height() * layer.window().width();
        }

        private int depth() {
            return taps * inputs;
        }

        private int pixels() {
            return layer.output().extent(1) * layer.output().extent(2);
        }

        /** Rows of taps, and of each the channels; execution has them the other way round. */
        int[] weights(int group) {
            int[] all = layer.weights();
            var own = new int[outputs * depth()];
            for (int output = 0; output < outputs; output++) {
                int from = (group * outputs + output) * depth();
                for (int tap = 0; tap < taps; tap++) {
                    for (int channel = 0; channel < inputs; channel++) {
                        own[output * depth() + tap * inputs + channel] =
                                all[from + channel * taps + tap];
                    }
                }
            }
            return own;
        }

        int[] activations(int group) {
            int[] levels = levels();
            var window = layer.window();
            int columns = layer.output().extent(2);
            var own = new int[pixels() * depth()];
            int at = 0;
            for (int pixel = 0; pixel < pixels(); pixel++) {
                int top = pixel / columns * window.strideY() - window.top();
                int left = pixel % columns * window.strideX() - window.left();
                for (int tap = 0; tap < taps; tap++) {
                    int y = top + tap / window.width() * window.dilationY();
                    int x = left + tap % window.width() * window.dilationX();
                    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                    for (int channel = group * inputs; channel < (group + 1) * inputs; channel++) {
                        own[at++] =
                                inside ? levels[(channel * height + y) * width + x] : layer.pad();
                    }
                }
            }
            return own;
        }

        private synchronized int[] levels() {
            if (levels == null) {
                int[] encoder = layer.encoder();
                levels = IntStream.of(input).map(x -> encoder[x - Short.MIN_VALUE]).toArray();
            }
            return levels;
        }

        /** The first sum that differs, if one does. */
        Optional<String> difference(Workload workload, Witness witness) {
            int m = workload.m();
            int n = workload.n();
            if (witness.groups() != workload.groups()) {
                return Optional.of(
                        "it gives sums of "
                                + witness.groups()
                                + " groups, and there are "
                                + workload.groups());
            }
            long[] expected = layer.accumulators(input);
            for (int group = 0; group < workload.groups(); group++) {
                long[] sums = witness.sums(group);
                if (sums.length != m * n) {
                    return Optional.of(
                            "it gives "
                                    + sums.length
                                    + " sums of group "
                                    + group
                                    + ", and there are "
                                    + m
                                    + " x "
                                    + n);
                }
                for (int i = 0; i < sums.length; i++) {
                    long right = expected[(group * n + i % n) * m + i / n];
                    if (sums[i] != right) {
                        return Optional.of(
                                "group "
                                        + group
                                        + ", row "
                                        + i / n
                                        + ", column "
                                        + i % n
                                        + ": its sum is "
                                        + sums[i]
                                        + ", and that of execution "
                                        + right);
                    }
                }
            }
            return Optional.empty();
        }
    }
}
