package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** What every quantizer must do. A test class implements this and inherits the tests. */
public interface QuantizerContract {

    Quantizer quantizer();

    @Test
    default void everyParameterHasADefaultAndALineOfDocumentation() {
        var spec = quantizer().parameters();
        assertThat(spec.documentation()).isNotBlank();
        assertThat(spec.defaults()).isNotNull();
        assertThat(spec.parameters())
                .allSatisfy(parameter -> assertThat(parameter.documentation()).isNotBlank());
    }

    @Test
    default void equalArgumentsGiveEqualAnswers() {
        var settings = quantizer().parameters().defaults();
        for (Observation observed : Samples.nasty()) {
            assertThat(quantizer().fit(observed, settings))
                    .isEqualTo(quantizer().fit(observed, settings));
        }
    }

    @Test
    default void nastyTensorsGetAGridWithTheErrorItClaims() {
        var settings = quantizer().parameters().defaults();
        for (Observation observed : Samples.nasty()) {
            if (quantizer().fit(observed, settings) instanceof Fit.Quantized fit) {
                assertThat(fit.squaredError())
                        .isCloseTo(
                                observed.squaredError(fit.chosen()),
                                within(1e-9 * observed.all().power() + Double.MIN_NORMAL));
                assertThat(fit.squaredError())
                        .as("no worse than rounding everything to nothing")
                        .isLessThanOrEqualTo(
                                observed.all().power() * (1 + 1e-9) + Double.MIN_NORMAL);
            }
        }
    }

    @Test
    default void everyWidthItDeclaresHoldsItsLevels() {
        var quantizer = quantizer();
        quantizer
                .parameters()
                .find("bits")
                .map(Parameter::type)
                .ifPresent(
                        type -> {
                            var bits = (ParameterType.Whole) type;
                            for (int width = bits.min(); width <= bits.max(); width++) {
                                Settings settings =
                                        quantizer
                                                .parameters()
                                                .with(
                                                        Setting.of(
                                                                "bits",
                                                                new Value.Number(
                                                                        Quantity.of(
                                                                                width, Unit.ONE))));
                                for (var observed :
                                        List.of(
                                                Samples.weights(4, Samples.gauss(512, 1)),
                                                Samples.activations(
                                                        Samples.map(
                                                                Samples.gauss(512, 2),
                                                                Math::abs)))) {
                                    if (quantizer.fit(observed, settings)
                                            instanceof Fit.Quantized fit) {
                                        assertThat(fit.chosen().bits()).isEqualTo(width);
                                    }
                                }
                            }
                        });
    }
}
