package com.example.minifloat;

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

import java.util.stream.IntStream;

/**
 * Floating-point numbers of very few bits, with subnormals and without infinities: a sign where a
 * tensor needs one, an exponent, and a mantissa in the bits that are left. Four bits of which two
 * are exponent are 0, 1/2, 1, 3/2, 2, 3, 4 and 6 with either sign: E2M1 of the OCP Microscaling
 * Formats specification, 2023.
 */
@Component
@QuantizerService(id = "minifloat")
public final class MinifloatQuantizer implements Quantizer {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "floating-point numbers of very few bits",
                    Parameter.whole("bits", 4, 8)
                            .defaultsTo(4)
                            .documented("width of a code, sign included"),
                    Parameter.whole("exponent", 1, 3)
                            .defaultsTo(2)
                            .documented("bits of these that are exponent; the rest is mantissa"),
                    Scaling.PARAMETER);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fit fit(Observation observed, Settings settings) {
        int bits = settings.whole("bits");
        int magnitudeBits = observed.signed() ? bits - 1 : bits;
        int mantissaBits = magnitudeBits - settings.whole("exponent");
        var levels =
                IntStream.range(0, 1 << bits)
                        .map(
                                code -> {
                                    int level =
                                            magnitude(code % (1 << magnitudeBits), mantissaBits);
                                    return code < 1 << magnitudeBits ? level : -level;
                                })
                        .boxed()
                        .toList();
        return observed.fit(new Encoding.Table(bits, levels), settings);
    }

    /** In units of the smallest subnormal number. */
    private static int magnitude(int code, int mantissaBits) {
        int exponent = code >> mantissaBits;
        int mantissa = code & (1 << mantissaBits) - 1;
        return exponent == 0 ? mantissa : (1 << mantissaBits | mantissa) << exponent - 1;
    }
}
