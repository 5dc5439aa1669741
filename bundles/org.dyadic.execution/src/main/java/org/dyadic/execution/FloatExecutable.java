package org.dyadic.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.network.Network;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;
import org.dyadic.network.FloatSession;

/**
 * A network in single precision. Of a quantized network, the layers that have grids use weights and
 * inputs on their grids; this is how a policy runs that leaves some layer in float.
 */
public final class FloatExecutable implements Executable {

    private final FloatSession session;
    private final String engine;
    private final FloatNetwork executed; // node by node, if there are grids to use
    private final QuantizedNetwork quantized; // null if nothing is
    private final Network network;
    private final Normalisation normalisation;

    /**
     * The network as it is.
     *
     * @param session has the network open; closed with this
     * @param engine what reports call the engine of the session
     */
    public FloatExecutable(
            Network network, Normalisation normalisation, FloatSession session, String engine) {
        this.network = network;
        this.session = session;
        this.engine = engine;
        this.executed = null;
        this.quantized = null;
        this.normalisation = normalisation;
    }

    /** The network as it is, by our own engine. */
    public FloatExecutable(Network network, Normalisation normalisation, Kernels kernels) {
        this(network, normalisation, new FloatNetwork(network, kernels));
    }

    private FloatExecutable(Network network, Normalisation normalisation, FloatNetwork own) {
        this(network, normalisation, own, own.engine());
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
                                return Optional.empty();
                            }
                            var node = quantized.network().node(index);
                            return Optional.of(
                                    Layers.with(node, layer.held().values(), layer.bias()));
                        });
        this.executed = new FloatNetwork(network, kernels);
        this.session = executed;
        this.engine = executed.engine();
        this.quantized = quantized;
        this.normalisation = normalisation;
    }

    @Override
    public String arithmetic() {
        return quantized == null ? "float32" : "float32 on quantized values";
    }

    @Override
    public Map<String, String> kernels() {
        var kernels = new LinkedHashMap<String, String>();
        Layers.of(network).forEach(layer -> kernels.put(network.node(layer).name(), engine));
        return kernels;
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
            float[] output = quantized == null ? session.run(input) : projected(input);
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

    @Override
    public void close() {
        session.close();
    }
}
