package org.dyadic.api.report;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.quant.Certificate;

/**
 * What became of one tensor.
 *
 * @param quantizer its id
 * @param settings its settings, as they would stand in a file
 * @param sqnr signal to quantization noise in dB with each value at its nearest level, as the
 *     quantizer fitted it, numbers counting as the policy's objective says; over the calibration
 *     images for activations
 * @param levels ascending; empty for a float tensor
 * @param scales as the layer runs with them: one, or one a channel; empty for a float tensor
 */
public record TensorResult(
        String quantizer,
        String settings,
        int bits,
        String encoding,
        Optional<Double> sqnr,
        List<Integer> levels,
        List<Double> scales,
        Optional<Certificate> certificate,
        Histogram histogram) {

    public TensorResult {
        levels = Consecutive.copyOf(levels);
        scales = List.copyOf(scales);
    }
}
