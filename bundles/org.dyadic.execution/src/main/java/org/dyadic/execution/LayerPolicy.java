package org.dyadic.execution;

import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Settings;

/** Which quantizers a layer gets, as the rules of a policy resolve for it. */
public record LayerPolicy(Choice weights, Choice activations) {

    /** A quantizer with its settings. */
    public record Choice(String id, Quantizer quantizer, Settings settings) {

        /** The quantizer's answer, after checking what the platform relies on. */
        public Fit fit(Observation observed) {
            Fit fit;
            try {
                fit = quantizer.fit(observed, settings);
            } catch (RuntimeException | LinkageError failure) {
                throw new PluginFailure("quantizer " + id, "layer " + observed.layer(), failure);
            }
            if (fit == null) {
                throw new PluginFailure(
                        "quantizer " + id, "layer " + observed.layer() + ": it returned no fit");
            }
            fit.grid()
                    .ifPresent(
                            grid -> {
                                int scales = grid.scales().length;
                                int channels = Math.max(1, observed.channels().size());
                                if (scales != 1 && scales != channels) {
                                    throw new PluginFailure(
                                            "quantizer " + id,
                                            "layer "
                                                    + observed.layer()
                                                    + ": it returned "
                                                    + scales
                                                    + " scales for "
                                                    + channels
                                                    + " channels");
                                }
                            });
            return fit;
        }
    }
}
