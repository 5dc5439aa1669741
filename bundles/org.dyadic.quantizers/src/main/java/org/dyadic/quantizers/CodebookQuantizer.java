package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.quant.Clustering;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.QuantizerService;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.quant.Selection;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * Levels wherever they serve best, as a look-up table in front of an integer multiplier can have
 * them (Vandersteegen et al. 2021): the optimal clustering of the tensor, rounded to integers. The
 * lower bound of its certificate is the error before rounding: on that tensor, or on its channels
 * each divided by its root mean square, as many levels of any kind do no better.
 */
@Component
@QuantizerService(id = "codebook")
public final class CodebookQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "free levels from a look-up table: the bound for any other quantizer",
                    Parameter.whole("bits", 2, 8).defaultsTo(4).documented("width of a code"),
                    Parameter.whole("width", 2, 12)
                            .defaultsTo(8)
                            .documented(
                                    "width of the integers that codes are looked up as, sign included"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        int bits = settings.whole("bits");
        int width = settings.whole("width");
        var scaling = Scaling.of(settings);
        var shape = observed.shape(scaling);
        var clustering = Clustering.of(shape, 1 << bits);
        int most = most(width, observed.signed());
        // Finer integers are not always better: try every size of the largest level. Where there
        // are hardly more integers than codes, rounding spoils the clustering: try equal steps.
        int equal = most(Math.min(bits, width), observed.signed());
        var candidates =
                Stream.concat(
                                Stream.of(
                                        IntStream.rangeClosed(observed.signed() ? -equal : 0, equal)
                                                .toArray()),
                                IntStream.rangeClosed(1, most)
                                        .mapToObj(top -> rounded(clustering.centres(), top)))
                        .toList();
        var best = Selection.of(shape, candidates);
        int[] levels = candidates.get(best.index());
        String note =
                "the optimal clustering rounded to %d-bit integers in every size, or equal steps; the"
                        + " lower bound is not rounded; objective: %s";
        return observed.fit(Encoding.Table.of(bits, levels), levels, scaling)
                .certifiedBy(
                        best.certificate(
                                clustering.lowerBound(),
                                note.formatted(width, observed.objective(scaling))));
    }

    /** The largest integer of a width. */
    private static int most(int width, boolean signed) {
        return (1 << (signed ? width - 1 : width)) - 1;
    }

    /** The centres as integers, the largest of which has a given magnitude. */
    private static int[] rounded(double[] centres, int top) {
        double largest = Arrays.stream(centres).map(Math::abs).max().orElseThrow();
        return largest == 0
                ? new int[1]
                : Arrays.stream(centres)
                        .mapToInt(centre -> (int) Math.rint(centre / largest * top))
                        .distinct()
                        .toArray();
    }
}
