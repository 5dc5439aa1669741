package org.dyadic.quantizers;

import java.util.stream.IntStream;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.QuantizerService;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * Equally spaced levels: 0 to 2^b - 1 for a tensor without negative values, else the symmetric
 * -(2^(b-1) - 1) to 2^(b-1) - 1.
 */
@Component
@QuantizerService(id = "uniform")
public final class UniformQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "equally spaced levels, symmetric for signed tensors",
                    Parameter.whole("bits", 2, 8).defaultsTo(8).documented("width of a code"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        int bits = settings.whole("bits");
        boolean signed = observed.signed();
        int top = signed ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
        int[] levels = IntStream.rangeClosed(signed ? -top : 0, top).toArray();
        return observed.fit(new Encoding.Uniform(bits, signed, 0), levels, Scaling.of(settings));
    }
}
