package org.dyadic.quantizers;

import java.util.Arrays;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.QuantizerService;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * Equally spaced levels, up to 65,536 of them. Symmetric, they are 0 to 2^b - 1 for a tensor
 * without negative values, else -(2^(b-1) - 1) to 2^(b-1) - 1. Asymmetric, they are -z to 2^b - 1 -
 * z: zero stays a level, and of all zero points z the best is taken, one for the tensor however
 * many scales it has.
 */
@Component
@QuantizerService(id = "uniform")
public final class UniformQuantizer implements Quantizer {

    /** Up to here scale and zero point of least error are found exactly, in no time. */
    private static final int SEARCHED_BITS = 8;

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "equally spaced levels",
                    Parameter.whole("bits", 2, 16).defaultsTo(8).documented("width of a code"),
                    Parameter.choice("symmetric", "yes", "no")
                            .defaultsTo("yes")
                            .documented(
                                    "as many levels on either side of zero, or the zero point of least "
                                            + "squared error"),
                    Parameter.choice("range", "mse", "min-max", "percentile")
                            .defaultsTo("mse")
                            .documented(
                                    "what the levels span: the range of least squared error (above 8 "
                                            + "bits with rounding errors as large as those of "
                                            + "evenly spread samples), all samples, or a "
                                            + "percentile of them"),
                    Parameter.real("percentile", 50, 100)
                            .defaultsTo(99.9)
                            .documented(
                                    "percent of the samples that range percentile spans, the largest "
                                            + "magnitudes left out"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        int bits = settings.whole("bits");
        var scaling = Scaling.of(settings);
        var range = range(settings, bits);
        if (settings.choice("symmetric").equals("yes")) {
            var encoding = new Encoding.Uniform(bits, observed.signed(), 0);
            int[] levels = Grid.levelsOf(encoding);
            int lowest = observed.signed() ? 1 : 0; // -2^(b-1) has no positive counterpart
            return observed.fit(
                    encoding,
                    Arrays.copyOfRange(levels, lowest, levels.length),
                    scaling,
                    range::scale);
        }
        int zeroPoint = range.zeroPoint(observed.shape(scaling), 1 << bits);
        var encoding = new Encoding.Uniform(bits, false, zeroPoint);
        return observed.fit(encoding, Grid.levelsOf(encoding), scaling, range::scale);
    }

    private static Range range(Settings settings, int bits) {
        return switch (settings.choice("range")) {
            case "min-max" -> new Range.Spanned(1);
            case "percentile" -> new Range.Spanned(settings.real("percentile") / 100);
            default -> bits > SEARCHED_BITS ? new Range.Fine() : new Range.Searched();
        };
    }
}
