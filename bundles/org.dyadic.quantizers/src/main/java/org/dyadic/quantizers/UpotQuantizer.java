package org.dyadic.quantizers;

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
 * Universal powers of two, in this project's reading of Xia et al. (TCAS-I 2023), of which only the
 * abstract is public: a value is a sum of one entry from each of a series of subsets, and the
 * subsets are searched for each tensor.
 *
 * <p>Template {@code additive}: a sign bit for signed tensors, subsets of zero and positive powers,
 * as APoT generalises. Template {@code universal}: no sign bit; entries are zero or signed powers,
 * and zero need not be there, so that no code is wasted on a second zero.
 */
@Component
@QuantizerService(id = "upot")
public final class UpotQuantizer implements Quantizer {

    /** So many of the best level sets are tried again with every channel's own scale. */
    private static final int FINALISTS = 6;

    /** The search sees the distribution in so many intervals; the finalists see it as it is. */
    private static final int INTERVALS = 1024;

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "universal powers of two (our reading): subsets searched for each tensor",
                    Parameter.whole("bits", 2, 8).defaultsTo(4).documented("width of a code"),
                    Parameter.choice("template", "universal", "additive")
                            .defaultsTo("universal")
                            .documented(
                                    "signed entries without sign bit, or a sign bit and positive entries"),
                    Parameter.whole("exponents", 2, 8)
                            .defaultsTo(6)
                            .documented("how many powers of two an entry may choose from"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        var scaling = Scaling.of(settings);
        var space =
                settings.choice("template").equals("universal")
                        ? SubsetSpace.universal(settings.whole("bits"), settings.whole("exponents"))
                        : SubsetSpace.additive(
                                settings.whole("bits"),
                                settings.whole("exponents"),
                                observed.signed());
        var search =
                new SubsetSearch(space, observed.shape(scaling).coarse(INTERVALS), observed.seed());
        Fit.Quantized best = null;
        for (var finalist : search.best(FINALISTS)) {
            var encoding = new Encoding.PowerSum(space.signBit(), finalist);
            var fit = (Fit.Quantized) observed.fit(encoding, settings);
            if (best == null || fit.squaredError() < best.squaredError()) {
                best = fit;
            }
        }
        return best.certifiedBy(search.certificate());
    }
}
