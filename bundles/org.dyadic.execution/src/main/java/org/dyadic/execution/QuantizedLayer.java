package org.dyadic.execution;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;

/**
 * What quantization made of one layer.
 *
 * @param node its index in the folded network
 * @param weights as the quantizer fitted them; the same for activations
 * @param gains one for each output channel, by calibration: what the layer computes is times this
 * @param bias one number for each output channel, corrected by calibration
 * @param weightsSeen what the quantizer saw of the weights; the same for activations
 */
public record QuantizedLayer(
        int node,
        Fit weights,
        Fit activations,
        List<Double> gains,
        List<Float> bias,
        Observation weightsSeen,
        Observation activationsSeen) {

    public QuantizedLayer {
        gains = List.copyOf(gains);
        bias = List.copyOf(bias);
        if (gains.size() != bias.size()) {
            throw new IllegalArgumentException(
                    gains.size() + " gains do not fit " + bias.size() + " biases");
        }
    }

    /** A layer that calibration has not corrected. */
    static QuantizedLayer uncorrected(
            int node,
            Fit weights,
            Fit activations,
            List<Float> bias,
            Observation weightsSeen,
            Observation activationsSeen) {
        return new QuantizedLayer(
                node,
                weights,
                activations,
                Collections.nCopies(bias.size(), 1.0),
                bias,
                weightsSeen,
                activationsSeen);
    }

    /** True if the layer runs in integers. */
    public boolean integral() {
        return weights.grid().isPresent() && activations.grid().isPresent();
    }

    /** The grid of the weights with the gains in its scales, if there is one. */
    Optional<Grid> weightGrid() {
        return weights.grid()
                .map(
                        grid -> {
                            var scales = grid.scales();
                            for (int channel = 0; channel < scales.length; channel++) {
                                scales[channel] *= gains.get(channel);
                            }
                            return grid.withScales(scales);
                        });
    }

    /** The numbers that the levels stand for: the trained weights, each channel times its gain. */
    Tensor target(Node layer) {
        float[] all = Layers.weights(layer).toArray();
        int each = all.length / gains.size();
        for (int i = 0; i < all.length; i++) {
            all[i] *= gains.get(i / each).floatValue();
        }
        return Tensor.of(Layers.weights(layer).shape(), all);
    }
}
