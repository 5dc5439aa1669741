package org.dyadic.quantizers;

import java.util.ArrayList;
import java.util.List;
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

/** Zero and plus or minus successive powers of two, so that every multiplication is one shift. */
@Component
@QuantizerService(id = "pot")
public final class PotQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "zero and powers of two: one shift a product",
                    // Five bits without sign reach 2^30, the largest power that a level can be.
                    Parameter.whole("bits", 2, 5)
                            .defaultsTo(4)
                            .documented("width of a code, sign included"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        boolean signed = observed.signed();
        int magnitudes = (1 << (settings.whole("bits") - (signed ? 1 : 0))) - 1;
        var subset = new ArrayList<Integer>();
        subset.add(0);
        for (int exponent = 0; exponent < magnitudes; exponent++) {
            subset.add(1 << exponent);
        }
        return observed.fit(new Encoding.PowerSum(signed, List.of(subset)), settings);
    }
}
