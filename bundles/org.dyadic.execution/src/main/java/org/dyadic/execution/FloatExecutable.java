package org.dyadic.execution;

import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.network.Network;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;

/**
 * A network in single precision. Of a quantized network, the layers that have grids use weights and
 * inputs on their grids; this is how a policy runs that leaves some layer in float.
 */
public final class FloatExecutable implements Executable {

    private final FloatNetwork executed;
    private final QuantizedNetwork quantized; // null if nothing is
    private final Network network;
    private final Normalisation normalisation;

    /** The network as it is. */
    public FloatExecutable(Network network, Normalisation normalisation, Kernels kernels) {
        this.network = network;
        this.executed = new FloatNetwork(network, kernels);
        this.quantized = null;
        this.normalisation = normalisation;
    }

    /** The network with the grids that its layers have. */
    public FloatExecutable(
            QuantizedNetwork quantized, Normalisation normalisation, Kernels kernels) {
        this.network =
                Layers.replace(
                        quantized.network(),
                        index -> {
                            var layer = quantized.layer(index);
                            if (layer == null) {
                                return java.util.Optional.empty();
                            }
                            var node = quantized.network().node(index);
                            return java.util.Optional.of(
                                    Layers.with(node, layer.held().values(), layer.bias()));
                        });
        this.executed = new FloatNetwork(network, kernels);
        this.quantized = quantized;
        this.normalisation = normalisation;
    }

    @Override
    public String arithmetic() {
        return quantized == null ? "float32" : "float32 on quantized values";
    }

    @Override
    public int batch() {
        return 8;
    }

    @Override
    public double[][] run(byte[][] images, LongAdder overflows) {
        var outputs = new double[images.length][];
        for (int image = 0; image < images.length; image++) {
            float[] input = normalisation.apply(images[image], network.inputShape().extent(0));
            float[] output = quantized == null ? executed.run(input) : projected(input);
            outputs[image] = new double[output.length];
            for (int i = 0; i < output.length; i++) {
                outputs[image][i] = output[i];
            }
        }
        return outputs;
    }

    private float[] projected(float[] input) {
        var results = new float[network.nodes().size()][];
        results[0] = input;
        for (int i = 1; i < results.length; i++) {
            var layer = quantized.layer(i);
            var given = results;
            if (layer != null) {
                int fed = network.node(i).inputs().get(0);
                given = results.clone();
                given[fed] = Layers.project(results[fed], layer.activations().grid());
            }
            results[i] = executed.evaluate(i, given);
        }
        return results[network.output()];
    }
}
