package org.dyadic.workbench.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.execution.HeldWeights;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Quantization;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.execution.QuantizedNetwork;

/**
 * Grids for hardware that is looked at without data: quantizers see normally distributed weights,
 * and activations that are normal, or rectified where the network rectifies them. What the hardware
 * asks of a grid is its encoding and its levels, not how well it fits; no accuracy is ever told
 * from these.
 */
final class StandIn {

    private static final int SAMPLES = 4096;

    private static final String NAME = "any layer";

    private static final float[] SEEN = normal();

    private static final Observation WEIGHTS =
            Observation.ofWeights(NAME, Distribution.of(SEEN), List.of(), 1);

    private static final Observation NORMAL =
            Observation.ofActivations(NAME, Distribution.of(SEEN), 1);

    private static final Observation RECTIFIED =
            Observation.ofActivations(NAME, rectified(SEEN), 1);

    private StandIn() {}

    /**
     * Grids without calibration: of the trained weights if there are any, else of stand-ins; of
     * stand-ins for all activations.
     */
    static QuantizedNetwork quantize(
            Network network, Map<Integer, LayerPolicy> policies, long seed) {
        return quantize(
                network,
                policies,
                network.trained() ? Quantization.fitWeights(network, policies, seed) : Map.of());
    }

    /** Grids of stand-ins for all weights and activations: what a look in advance can afford. */
    static QuantizedNetwork inAdvance(Network network, Map<Integer, LayerPolicy> policies) {
        return quantize(network, policies, Map.of());
    }

    private static QuantizedNetwork quantize(
            Network network,
            Map<Integer, LayerPolicy> policies,
            Map<Integer, Quantization.Fitted> trained) {
        // Stand-ins of one policy and one kind of input have equal grids, so each is searched once.
        Map<LayerPolicy.Choice, Map<Observation, Fit>> known = new HashMap<>();
        var layers = new HashMap<Integer, QuantizedLayer>();
        for (int index : Layers.of(network)) {
            var policy = policies.get(index);
            boolean rectified = nonNegative(network, network.node(index).inputs().get(0));
            var weights = standIn(policy.weights(), WEIGHTS, known);
            var activations = standIn(policy.activations(), rectified ? RECTIFIED : NORMAL, known);
            var own = trained.getOrDefault(index, weights);
            layers.put(
                    index,
                    new QuantizedLayer(
                            index,
                            own.fit(),
                            activations.fit(),
                            HeldWeights.floats(Layers.weights(network.node(index))),
                            List.of(),
                            own.seen(),
                            activations.seen()));
        }
        return new QuantizedNetwork(
                network, layers, network.nodes().stream().map(node -> 1.0).toList());
    }

    private static Quantization.Fitted standIn(
            LayerPolicy.Choice choice,
            Observation seen,
            Map<LayerPolicy.Choice, Map<Observation, Fit>> known) {
        var fit =
                known.computeIfAbsent(choice, key -> new HashMap<>())
                        .computeIfAbsent(seen, choice::fit);
        return new Quantization.Fitted(seen, fit);
    }

    /** True if the result of a node cannot be negative, whatever the image. */
    private static boolean nonNegative(Network network, int index) {
        var node = network.node(index);
        var operation = node.operation();
        if (operation instanceof Operation.Pointwise pointwise) {
            var function = pointwise.function();
            return function instanceof Function.Relu
                    || function instanceof Function.Sigmoid
                    || function instanceof Function.HardSigmoid
                    || (function instanceof Function.Clip clip && clip.low() >= 0);
        }
        boolean carries =
                operation instanceof Operation.MaxPool
                        || operation instanceof Operation.AveragePool
                        || operation instanceof Operation.Mean
                        || operation instanceof Operation.Reshape
                        || operation instanceof Operation.Transpose
                        || operation instanceof Operation.Slice
                        || operation instanceof Operation.Concat
                        || operation instanceof Operation.Add
                        || operation instanceof Operation.Multiply
                        || (operation instanceof Operation.Pad pad && pad.value() >= 0);
        return carries && node.inputs().stream().allMatch(input -> nonNegative(network, input));
    }

    private static Distribution rectified(float[] samples) {
        var rectified = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            rectified[i] = Math.max(0, samples[i]);
        }
        return Distribution.of(rectified);
    }

    /**
     * Equally likely quantiles of the normal distribution, each by Newton's method from the last.
     */
    private static float[] normal() {
        var quantiles = new float[SAMPLES];
        double x = -4;
        for (int i = 0; i < SAMPLES; i++) {
            double p = (i + 0.5) / SAMPLES;
            double step;
            do {
                double density = StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
                step = (p - cumulative(x, density)) / density;
                x += step;
            } while (Math.abs(step) > 1e-9); // the next one, by its square, is nothing to a float
            quantiles[i] = (float) x;
        }
        return quantiles;
    }

    /**
     * The normal distribution function: 1/2 + density times the sum of x^(2k+1) / (1 3 5 ...
     * (2k+1)).
     */
    private static double cumulative(double x, double density) {
        double term = x;
        double sum = x;
        for (int k = 1; k < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + sum * density;
    }
}
