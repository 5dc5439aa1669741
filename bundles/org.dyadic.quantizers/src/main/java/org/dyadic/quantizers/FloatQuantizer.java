package org.dyadic.quantizers;

import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.QuantizerService;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/** Leaves a tensor in single precision. */
@Component
@QuantizerService(id = "float")
public final class FloatQuantizer implements Quantizer {

    @Override
    public ParameterSpec parameters() {
        return ParameterSpec.of("not quantized: single precision");
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        return new Fit.Unquantized();
    }
}
