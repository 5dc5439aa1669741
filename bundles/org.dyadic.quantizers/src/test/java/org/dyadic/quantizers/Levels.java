package org.dyadic.quantizers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.testkit.Samples;

/**
 * What quantizers are asked for in tests: the grid of a tensor, and the levels of a kind of one.
 */
final class Levels {

    static final Observation SIGNED = Samples.weights(2, Samples.gauss(256, 1));
    static final Observation UNSIGNED =
            Samples.activations(Samples.map(Samples.gauss(256, 1), Math::abs));

    private Levels() {}

    /** A setting by its name, and a word or a number. */
    static Setting set(String name, Object value) {
        return Setting.of(
                name,
                value instanceof Number number
                        ? new Value.Number(Quantity.of(number.doubleValue(), Unit.ONE))
                        : new Value.Word((String) value));
    }

    static Fit.Quantized fit(Quantizer quantizer, Observation observed, Setting... settings) {
        return (Fit.Quantized) quantizer.fit(observed, quantizer.parameters().with(settings));
    }

    static Grid grid(Quantizer quantizer, Observation observed, Setting... settings) {
        return fit(quantizer, observed, settings).chosen();
    }

    /** The numbers of a text, separated by spaces; {@code 3..7} is a range. */
    static int[] parse(String text) {
        return Arrays.stream(text.split(" "))
                .map(part -> part.split("\\.\\."))
                .flatMapToInt(
                        ends ->
                                IntStream.rangeClosed(
                                        Integer.parseInt(ends[0]),
                                        Integer.parseInt(ends[ends.length - 1])))
                .toArray();
    }

    /** Both signs of some magnitudes, ascending. */
    static int[] plusMinus(int... magnitudes) {
        return IntStream.concat(
                        Arrays.stream(magnitudes).map(magnitude -> -magnitude),
                        Arrays.stream(magnitudes))
                .sorted()
                .distinct()
                .toArray();
    }
}
