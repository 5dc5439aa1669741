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

/**
 * Additive powers of two with fixed subsets (Li, Dong, Wang: ICLR 2020). Up to 6 bits without the
 * sign they are those of the paper's code; 7 and 8 go on in the same way.
 */
@Component
@QuantizerService(id = "apot")
public final class ApotQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "additive powers of two with the published subsets",
                    Parameter.whole("bits", 2, 8)
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
        var subsets = subsets(settings.whole("bits") - (signed ? 1 : 0));
        return observed.fit(new Encoding.PowerSum(signed, subsets), settings);
    }

    /**
     * The subsets for so many bits without sign, in units of their smallest power.
     *
     * <p>Of n subsets, the i-th takes the exponents i, i + n and i + 2n (eq. 5 of the paper, for
     * subsets of two bits). An odd bit is a subset of one exponent between the second and the
     * third.
     */
    private static List<List<Integer>> subsets(int bits) {
        int n = bits / 2;
        int odd = bits % 2;
        int last = 3 * n + odd;
        var subsets = new ArrayList<List<Integer>>();
        for (int i = 1; i <= n; i++) {
            subsets.add(
                    List.of(
                            0,
                            1 << (last - i),
                            1 << (last - i - n),
                            1 << (last - i - 2 * n - odd)));
        }
        if (odd == 1) {
            subsets.add(List.of(0, 1 << (last - 2 * n - 1)));
        }
        return subsets;
    }
}
