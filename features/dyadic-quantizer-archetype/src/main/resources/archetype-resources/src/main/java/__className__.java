package ${package};

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

/** Evenly spaced levels: a quantizer to start from. */
@Component
@QuantizerService(id = "${id}")
public final class ${className} implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "evenly spaced levels",
                    Parameter.whole("bits", 2, 8).defaultsTo(4).documented("width of a code"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        // Which integer levels? Encoding.Table takes any; the platform finds their best scale.
        var encoding = new Encoding.Uniform(settings.whole("bits"), observed.signed(), 0);
        return observed.fit(encoding, settings);
    }
}
