package org.dyadic.execution;

import java.util.List;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;

/**
 * What quantization made of one layer.
 *
 * @param node its index in the folded network
 * @param weights as the quantizer fitted them; the same for activations
 * @param held the weights as the layer will run, after all that calibration did to them
 * @param bias one number for each output channel, corrected by calibration
 * @param weightsSeen what the quantizer saw of the weights; the same for activations
 */
public record QuantizedLayer(
        int node,
        Fit weights,
        Fit activations,
        HeldWeights held,
        List<Float> bias,
        Observation weightsSeen,
        Observation activationsSeen) {

    public QuantizedLayer {
        bias = List.copyOf(bias);
    }

    /** True if the layer runs in integers. */
    public boolean integral() {
        return weights.grid().isPresent() && activations.grid().isPresent();
    }
}
