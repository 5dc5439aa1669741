package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;

/** A small quantizer keeps the contract, and each fault breaks the claim it should. */
class QuantizerContractTest implements QuantizerContract {

    private static class Small implements Quantizer {

        @Override
        public ParameterSpec parameters() {
            return ParameterSpec.of(
                    "whole numbers",
                    Parameter.whole("bits", 2, 4).defaultsTo(3).documented("width"),
                    Parameter.choice("mode", "good", "bad").defaultsTo("good").documented("how"));
        }

        @Override
        public Fit fit(Observation observed, Settings settings) {
            var encoding = new Encoding.Uniform(settings.whole("bits"), true, 0);
            return observed.fit(encoding, Grid.levelsOf(encoding), Scaling.PER_CHANNEL);
        }
    }

    @Override
    public Quantizer quantizer() {
        return new Small();
    }

    @Test
    void everySettingIsTriedAtTheSmallestWidth() {
        assertThat(settings())
                .extracting(Settings::toString)
                .containsExactly("bits 2  mode good", "bits 2  mode good", "bits 2  mode bad");
    }

    @Test
    void aFalseErrorIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fit fit(Observation observed, Settings settings) {
                                        var fit = (Fit.Quantized) super.fit(observed, settings);
                                        return Fit.of(fit.chosen(), fit.squaredError() * 0.99);
                                    }
                                })
                        ::nastyTensorsGetAGridWithTheErrorItClaims);
    }

    @Test
    void anErrorUnderOneSettingIsFound() {
        var contract =
                contract(
                        new Small() {
                            @Override
                            public Fit fit(Observation observed, Settings settings) {
                                var fit = (Fit.Quantized) super.fit(observed, settings);
                                return settings.choice("mode").equals("good")
                                        ? fit
                                        : Fit.of(fit.chosen(), fit.squaredError() + 1);
                            }
                        });
        contract.nastyTensorsGetAGridWithTheErrorItClaims();
        breaks(contract::soTheyDoUnderEverySetting);
    }

    @Test
    void aScaleThatIsTooLargeForAChannelIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fit fit(Observation observed, Settings settings) {
                                        // The largest channel's scale for all: no zero for the
                                        // dead.
                                        var encoding = new Encoding.Table(1, List.of(-1, 1));
                                        double scale = Math.max(observed.all().absMax(), 1e-30);
                                        var scales =
                                                new double[Math.max(1, observed.channels().size())];
                                        Arrays.fill(scales, scale);
                                        var grid = Grid.of(encoding, scales);
                                        return Fit.of(grid, observed.squaredError(grid));
                                    }
                                })
                        ::nastyTensorsGetAGridWithTheErrorItClaims);
    }

    @Test
    void aQuantizerThatRemembersIsFound() {
        breaks(
                contract(
                                new Small() {
                                    private int calls;

                                    @Override
                                    public Fit fit(Observation observed, Settings settings) {
                                        var grid =
                                                Grid.of(
                                                        new Encoding.Uniform(3, true, 0),
                                                        1 + calls++);
                                        return Fit.of(grid, observed.squaredError(grid));
                                    }
                                })
                        ::equalArgumentsGiveEqualAnswers);
    }

    @Test
    void codesOfAnotherWidthAreFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fit fit(Observation observed, Settings settings) {
                                        return super.fit(observed, parameters().defaults());
                                    }
                                })
                        ::everyWidthItDeclaresHoldsItsLevels);
    }

    @Test
    void aNoteOfTwoLinesIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fit fit(Observation observed, Settings settings) {
                                        return ((Fit.Quantized) super.fit(observed, settings))
                                                .certifiedBy(
                                                        new Certificate(
                                                                1, 0, 1, 0, 0, true, "a\nb"));
                                    }
                                })
                        ::nastyTensorsGetAGridWithTheErrorItClaims);
    }

    @Test
    void aParameterWithoutAWordOfDocumentationIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public ParameterSpec parameters() {
                                        return ParameterSpec.of(
                                                "numbers",
                                                Parameter.whole("bits", 1, 8).defaultsTo(4));
                                    }
                                })
                        ::everyParameterHasADefaultAndALineOfDocumentation);
    }

    private static void breaks(Runnable claim) {
        assertThatThrownBy(claim::run).isInstanceOf(AssertionError.class);
    }

    private static QuantizerContract contract(Quantizer quantizer) {
        return () -> quantizer;
    }
}
