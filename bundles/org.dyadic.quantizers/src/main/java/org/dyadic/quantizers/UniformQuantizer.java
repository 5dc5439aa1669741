package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.Comparator;
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

    /** Up to here the scale of least error is searched among all, and the zero point as well. */
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
        var range = settings.choice("range");
        double share = range.equals("min-max") ? 1 : settings.real("percentile") / 100;
        boolean best = range.equals("mse");
        boolean fine = bits > SEARCHED_BITS;
        BiFunction<Distribution, int[], ScaleFit> scale =
                best && !fine
                        ? Distribution::bestScale
                        : (samples, levels) -> {
                            int lowest = levels[0];
                            int highest = levels[levels.length - 1];
                            return at(
                                    best
                                            ? new FineRange(samples).scale(lowest, highest)
                                            : new Reach(samples, share).scale(lowest, highest),
                                    samples,
                                    levels);
                        };
        if (settings.choice("symmetric").equals("yes")) {
            var encoding = new Encoding.Uniform(bits, observed.signed(), 0);
            int[] levels = Grid.levelsOf(encoding);
            int lowest = observed.signed() ? 1 : 0; // -2^(b-1) has no positive counterpart
            return observed.fit(
                    encoding, Arrays.copyOfRange(levels, lowest, levels.length), scaling, scale);
        }
        var shape = observed.shape(scaling);
        int codes = 1 << bits;
        int zeroPoint =
                !best
                        ? new Reach(shape, share).zeroPoint(codes)
                        : fine ? new FineRange(shape).zeroPoint(codes) : bestOfAll(shape, codes);
        var encoding = new Encoding.Uniform(bits, false, zeroPoint);
        return observed.fit(encoding, Grid.levelsOf(encoding), scaling, scale);
    }

    private static int bestOfAll(Distribution samples, int codes) {
        return Selection.of(
                        samples,
                        IntStream.range(0, codes)
                                .mapToObj(
                                        zeroPoint -> IntStream.range(-zeroPoint, codes - zeroPoint))
                                .map(IntStream::toArray)
                                .toList())
                .index();
    }

    /** Where no scale means anything, that of least squared error, which is next to nothing. */
    private static ScaleFit at(double scale, Distribution samples, int[] levels) {
        return scale > 0 && Double.isFinite(scale)
                ? new ScaleFit(scale, samples.squaredError(levels, scale))
                : samples.bestScale(levels);
    }

    /**
     * How far a share of the samples reaches on either side of zero; all, if the share is zeros.
     */
    private record Reach(double below, double above) {

        Reach(Distribution samples, double share) {
            this(samples, samples.magnitudeQuantile(share), samples.absMax());
        }

        private Reach(Distribution samples, double quantile, double all) {
            this(
                    Math.max(0, Math.min(quantile > 0 ? quantile : all, -samples.min())),
                    Math.max(0, Math.min(quantile > 0 ? quantile : all, samples.max())));
        }

        /** The smallest scale at which levels span it; infinite if they lack a sign it needs. */
        double scale(int lowest, int highest) {
            return Math.max(below > 0 ? below / -lowest : 0, above > 0 ? above / highest : 0);
        }

        /** The first of the zero points at which so many levels have the smallest scale. */
        int zeroPoint(int levels) {
            return IntStream.range(0, levels)
                    .boxed()
                    .min(Comparator.comparingDouble(i -> scale(-i, levels - 1 - i)))
                    .orElseThrow();
        }
    }
}
