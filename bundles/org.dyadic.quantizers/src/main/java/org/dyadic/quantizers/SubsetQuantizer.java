package org.dyadic.quantizers;

import java.util.List;
import java.util.stream.IntStream;
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
 * A few of the sums of two powers of two, chosen for each tensor (SubsetQ: Oh, Sim, Kim, Lee, ECCV
 * 2022): 2^(b-1) magnitudes and a sign bit, the best of all choices at its best scale.
 *
 * <p>The paper quantizes weights so. For a tensor without negative values this chooses 2^b
 * magnitudes, which is our reading; of 4 bits that is all 15 there are, and one code is spare.
 */
@Component
@QuantizerService(id = "subset")
public final class SubsetQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "the best choice from 15 sums of two powers of two",
                    // Without a sign, 4 bits have a code for every sum.
                    Parameter.whole("bits", 2, 4)
                            .defaultsTo(4)
                            .documented("width of a code, sign included"),
                    Scaling.PARAMETER);

    /** {1, 1/2, 1/8, 0} + {1, 1/4, 1/16, 0} in sixteenths: 15 sums, as 1 + 0 is 0 + 1. */
    private static final int[] SUMS =
            IntStream.of(16, 8, 2, 0)
                    .flatMap(a -> IntStream.of(16, 4, 1, 0).map(b -> a + b))
                    .sorted()
                    .distinct()
                    .toArray();

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        boolean signed = observed.signed();
        int bits = settings.whole("bits");
        var scaling = Scaling.of(settings);
        int size = Math.min(SUMS.length, 1 << (signed ? bits - 1 : bits));
        var choices = choices(size, signed);
        var best = Selection.of(observed.shape(scaling), choices);
        int[] levels = choices.get(best.index());
        String note =
                "every choice of %d of the %d sums at its best scale; objective: %s"
                        .formatted(size, SUMS.length, observed.objective(scaling));
        return observed.fit(Encoding.Table.of(bits, levels), levels, scaling)
                .certifiedBy(best.certificate(note));
    }

    /** The ascending levels of every choice of so many sums, with both signs if signed. */
    private static List<int[]> choices(int size, boolean signed) {
        return IntStream.range(0, 1 << SUMS.length)
                .filter(chosen -> Integer.bitCount(chosen) == size)
                .mapToObj(
                        chosen ->
                                IntStream.range(0, SUMS.length)
                                        .filter(i -> (chosen >> i & 1) != 0)
                                        .map(i -> SUMS[i])
                                        .flatMap(sum -> IntStream.of(signed ? -sum : sum, sum))
                                        .sorted()
                                        .distinct()
                                        .toArray())
                .toList();
    }
}
