package org.dyadic.quantizers;

import java.util.Comparator;
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
 * <p>Template {@code universal}: no sign bit; entries are zero or signed powers, and zero need not
 * be there, so that no code is wasted on a second zero. Template {@code additive}: a sign bit for
 * signed tensors, subsets of zero and positive powers, as APoT generalises. Template {@code
 * binary}: as universal, with a subset of two for each bit, hence more adders.
 *
 * <p>The search is for the levels that suit the tensor at one scale, or all channels together, each
 * divided by its root mean square, if each has its own scale. The best few are then tried on the
 * tensor with every scale at its optimum.
 */
@Component
@QuantizerService(id = "upot")
public final class UpotQuantizer implements Quantizer {

    private static final int FINALISTS = 6;

    private enum Template {
        UNIVERSAL,
        ADDITIVE,
        BINARY
    }

    private enum Zero {
        FREE,
        REQUIRED
    }

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "universal powers of two (our reading): subsets searched for each tensor",
                    Parameter.whole("bits", 2, 8).defaultsTo(4).documented("width of a code"),
                    Parameter.choice("template", Template.class)
                            .defaultsTo("universal")
                            .documented(
                                    "signed entries without sign bit; a sign bit and positive entries; "
                                            + "or signed entries, two a subset"),
                    Parameter.whole("exponents", 2, 8)
                            .defaultsTo(8)
                            .documented("how many powers of two an entry may choose from"),
                    Parameter.choice("zero", Zero.class)
                            .defaultsTo("free")
                            .documented("whether zero must be one of the levels"),
                    Parameter.whole("budget", 0, Integer.MAX_VALUE)
                            .defaultsTo(4_000_000)
                            .documented(
                                    "search no more configurations than this to the end; "
                                            + "of a larger space, descend to a good one"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        var shape = observed.shape(Scaling.of(settings));
        var search = new SubsetSearch(space(observed, settings), shape, FINALISTS);
        return search.best(settings.whole("budget"), observed.seed()).stream()
                .map(found -> observed.fit(found.encoding(), settings))
                .min(Comparator.comparingDouble(Fit.Quantized::squaredError))
                .orElseThrow()
                .certifiedBy(search.certificate(objective(shape == observed.all())));
    }

    private static SubsetSpace space(Observation observed, Settings settings) {
        int bits = settings.whole("bits");
        int exponents = settings.whole("exponents");
        var space =
                switch (settings.choice("template", Template.class)) {
                    case UNIVERSAL -> SubsetSpace.universal(bits, exponents);
                    case ADDITIVE -> SubsetSpace.additive(bits, exponents, observed.signed());
                    case BINARY -> SubsetSpace.binary(bits, exponents);
                };
        return settings.choice("zero", Zero.class) == Zero.REQUIRED ? space.withZero() : space;
    }

    private static String objective(boolean oneScale) {
        return oneScale
                ? "objective: the tensor's squared error at one scale"
                : "objective: squared error of all channels pooled, each divided by its root mean square, "
                        + "at one scale; of the best "
                        + FINALISTS
                        + ", the one kept has the least error with a scale for each channel";
    }
}
