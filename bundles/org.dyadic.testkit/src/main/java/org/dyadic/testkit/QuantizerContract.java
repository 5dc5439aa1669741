package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;

/** What every quantizer must do. A test class implements this and inherits the tests. */
public interface QuantizerContract {

    Quantizer quantizer();

    /**
     * The settings to try besides the defaults: the smallest width with one other setting at a time
     * at each word of a choice or at either end of a range of numbers. Override it where some of
     * these do not go together.
     */
    default List<Settings> settings() {
        var spec = quantizer().parameters();
        var narrow =
                spec.find("bits")
                        .map(Parameter::type)
                        .map(bits -> Variations.number(((ParameterType.Whole) bits).min()))
                        .map(least -> new Setting[] {Setting.of("bits", least)});
        return Variations.of(spec, narrow.orElse(new Setting[0]));
    }

    @Test
    default void everyParameterHasADefaultAndALineOfDocumentation() {
        var spec = quantizer().parameters();
        assertThat(spec.documentation()).isNotBlank().hasLineCount(1);
        assertThat(spec.defaults()).isNotNull();
        assertThat(spec.parameters())
                .allSatisfy(
                        parameter ->
                                assertThat(parameter.documentation())
                                        .as(parameter.name())
                                        .isNotBlank()
                                        .hasLineCount(1));
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
        for (Observation observed : Samples.nasty()) {
            claimsItsError(observed, quantizer().parameters().defaults());
        }
    }

    @Test
    default void soTheyDoUnderEverySetting() {
        for (var settings : settings()) {
            for (Observation observed : Samples.nasty()) {
                claimsItsError(observed, settings);
            }
        }
    }

    private void claimsItsError(Observation observed, Settings settings) {
        if (quantizer().fit(observed, settings) instanceof Fit.Quantized fit) {
            var grid = fit.chosen();
            assertThat(fit.squaredError())
                    .as("error of %s under %s", grid, settings)
                    .isCloseTo(
                            observed.squaredError(grid),
                            within(1e-9 * observed.all().power() + Double.MIN_NORMAL));
            fit.certificate().map(Certificate::note).ifPresent(QuantizerContract::isALine);
            isNoWorseThanNothing(observed.all(), fit.squaredError(), settings);
            if (grid.perChannel()) {
                eachChannelIsNoWorseThanNothing(observed, grid, settings);
            }
        }
    }

    private static void isALine(String note) {
        assertThat(note).isNotBlank().hasLineCount(1);
    }

    private static void eachChannelIsNoWorseThanNothing(
            Observation observed, Grid grid, Settings settings) {
        assertThat(grid.scales()).hasSize(observed.channels().size());
        for (int channel = 0; channel < observed.channels().size(); channel++) {
            var samples = observed.channels().get(channel);
            isNoWorseThanNothing(
                    samples, samples.squaredError(grid.levels(), grid.scale(channel)), settings);
        }
    }

    /**
     * Than rounding everything to zero; of zeros, than the least that a grid without zero gives.
     */
    private static void isNoWorseThanNothing(
            Distribution samples, double squaredError, Settings settings) {
        double nothing = samples.power() > 0 ? samples.power() * (1 + 1e-9) : Float.MIN_NORMAL;
        assertThat(squaredError).as("error under %s", settings).isLessThanOrEqualTo(nothing);
    }

    @Test
    default void everyWidthItDeclaresHoldsItsLevels() {
        var spec = quantizer().parameters();
        if (spec.find("bits").map(Parameter::type).orElse(null)
                instanceof ParameterType.Whole bits) {
            for (int width = bits.min(); width <= bits.max(); width++) {
                var settings = spec.with(Setting.of("bits", Variations.number(width)));
                for (var observed :
                        List.of(
                                Samples.weights(4, Samples.gauss(512, 1)),
                                Samples.activations(
                                        Samples.map(Samples.gauss(512, 2), Math::abs)))) {
                    if (quantizer().fit(observed, settings) instanceof Fit.Quantized fit) {
                        assertThat(fit.chosen().bits()).isEqualTo(width);
                    }
                }
            }
        }
    }
}
