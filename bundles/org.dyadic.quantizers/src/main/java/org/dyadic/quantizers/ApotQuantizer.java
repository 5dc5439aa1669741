package org.dyadic.quantizers;

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

/**
 * Additive powers of two with the published, fixed subsets (Li, Dong, Wang: ICLR 2020, and its
 * code).
 */
@Component
@QuantizerService(id = "apot")
public final class ApotQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "additive powers of two with the published subsets",
                    Parameter.whole("bits", 2, 6)
                            .defaultsTo(4)
                            .documented("width of a code, sign included"),
                    Scaling.PARAMETER);

    /** The subsets by bits without sign, in units of their smallest power. */
    private static final List<List<List<Integer>>> SUBSETS =
            List.of(
                    List.of(List.of(0, 1)), // 1 bit: with a sign, ternary
                    List.of(List.of(0, 4, 2, 1)), // {0, 1/2, 1/4, 1/8}
                    List.of(List.of(0, 8, 4, 1), List.of(0, 2)), // {0, 1/2, 1/4, 1/16} + {0, 1/8}
                    List.of(List.of(0, 32, 8, 2), List.of(0, 16, 4, 1)),
                    List.of(List.of(0, 64, 16, 2), List.of(0, 32, 8, 1), List.of(0, 4)),
                    // Beyond the published table, by eq. 5 of the paper with three subsets.
                    List.of(List.of(0, 256, 32, 4), List.of(0, 128, 16, 2), List.of(0, 64, 8, 1)));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        boolean signed = observed.signed();
        int bits = settings.whole("bits") - (signed ? 1 : 0);
        return observed.fit(new Encoding.PowerSum(signed, SUBSETS.get(bits - 1)), settings);
    }
}
