package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.QuantizerService;
import org.dyadic.api.quant.ScaleFit;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.quant.Selection;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * Equally spaced levels. Symmetric, they are 0 to 2^b - 1 for a tensor without negative values,
 * else -(2^(b-1) - 1) to 2^(b-1) - 1. Asymmetric, they are -z to 2^b - 1 - z: zero stays a level,
 * and of all zero points z the best is taken, one for the tensor however many scales it has.
 */
@Component
@QuantizerService(id = "uniform")
public final class UniformQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "equally spaced levels",
                    Parameter.whole("bits", 2, 8).defaultsTo(8).documented("width of a code"),
                    Parameter.choice("symmetric", "yes", "no")
                            .defaultsTo("yes")
                            .documented(
                                    "as many levels on either side of zero, or the zero point of least "
                                            + "squared error"),
                    Parameter.choice("range", "mse", "min-max", "percentile")
                            .defaultsTo("mse")
                            .documented(
                                    "what the levels span: the range of least squared error, all "
                                            + "samples, or a percentile of them"),
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
        var range = settings.choice("range");
        double share = range.equals("min-max") ? 1 : settings.real("percentile") / 100;
        BiFunction<Distribution, int[], ScaleFit> scale =
                range.equals("mse")
                        ? Distribution::bestScale
                        : (samples, levels) -> spanning(samples, levels, share);
        if (settings.choice("symmetric").equals("yes")) {
            var encoding = new Encoding.Uniform(bits, observed.signed(), 0);
            int[] levels = Grid.levelsOf(encoding);
            int lowest = observed.signed() ? 1 : 0; // -2^(b-1) has no positive counterpart
            return observed.fit(
                    encoding, Arrays.copyOfRange(levels, lowest, levels.length), scaling, scale);
        }
        var shape = observed.shape(scaling);
        var candidates =
                IntStream.range(0, 1 << bits)
                        .mapToObj(
                                zeroPoint -> IntStream.range(0, 1 << bits).map(c -> c - zeroPoint))
                        .map(IntStream::toArray)
                        .toList();
        int zeroPoint =
                range.equals("mse")
                        ? Selection.of(shape, candidates).index()
                        : finest(shape, candidates, share);
        return observed.fit(
                new Encoding.Uniform(bits, false, zeroPoint),
                candidates.get(zeroPoint),
                scaling,
                scale);
    }

    /** Which levels span a share of the samples at the smallest scale. */
    private static int finest(Distribution samples, List<int[]> candidates, double share) {
        return IntStream.range(0, candidates.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> span(samples, candidates.get(i), share)))
                .orElseThrow();
    }

    private static ScaleFit spanning(Distribution samples, int[] levels, double share) {
        double scale = span(samples, levels, share);
        return scale > 0
                ? new ScaleFit(scale, samples.squaredError(levels, scale))
                : samples.bestScale(levels);
    }

    /**
     * The smallest scale at which levels span a share of the samples, by magnitude; all of them,
     * where that share is zeros. Zero if there is no other sample, infinite if the levels lack a
     * sign that is needed.
     */
    private static double span(Distribution samples, int[] levels, double share) {
        double quantile = samples.magnitudeQuantile(share);
        double reach = quantile > 0 ? quantile : samples.absMax();
        double below = samples.min() < 0 ? Math.min(reach, -samples.min()) / -levels[0] : 0;
        double above =
                samples.max() > 0 ? Math.min(reach, samples.max()) / levels[levels.length - 1] : 0;
        return Math.max(below, above);
    }
}
