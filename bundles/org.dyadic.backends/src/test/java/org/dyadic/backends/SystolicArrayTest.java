package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystolicArrayTest implements ArrayContract {

    private final SystolicArray array = new SystolicArray();

    @Override
    public Backend backend() {
        return array;
    }

    @Test
    void levelsThatFitAreExecutedAtFullSpeedHoweverTheyAreCoded() {
        var activations = Layers.uniform(8, false);
        for (var weights :
                List.of(
                        Layers.uniform(8, true),
                        Layers.powers(List.of(List.of(-64, 0, 1, 32), List.of(-8, -2, 4, 16))),
                        Layers.table(-100, 3, 50, 127))) {
            assertThat(judge(weights, activations)).isEqualTo(new Verdict.Acceptance(1));
        }
    }

    @Test
    void weightsAreSignedAndActivationsHaveOneBitMore() {
        assertThat(judge(Layers.table(-128, 127), Layers.table(-256, 255)))
                .isEqualTo(new Verdict.Acceptance(1));
        assertThat(Layers.reason(judge(Layers.table(0, 128), Layers.table(0, 1))))
                .isEqualTo(
                        "weight levels 0 to 128 do not fit -128 to 127; multiplier int16 would fit");
        assertThat(Layers.reason(judge(Layers.table(0, 1), Layers.table(0, 256))))
                .isEqualTo(
                        "activation levels 0 to 256 do not fit -256 to 255; multiplier int16 would fit");
    }

    @Test
    void aZeroPointWidensTheLevelsButNotTheCodes() {
        var subtractors = Layers.word("zero-points", "yes");
        var shifted = Layers.fit(new Encoding.Uniform(8, false, 200));
        assertThat(judge(Layers.uniform(4, true), shifted, subtractors))
                .isEqualTo(new Verdict.Acceptance(1));
        // -200 to 55 as weights need nine bits
        assertThat(Layers.reason(judge(shifted, Layers.uniform(4, true), subtractors)))
                .isEqualTo(
                        "weight levels -200 to 55 do not fit -128 to 127; multiplier int16 would fit");
    }

    @Test
    void aNarrowArrayNamesTheWiderOneAndTheWidestKnowsNoHelp() {
        var int4 = Layers.word("multiplier", "int4");
        var int16 = Layers.word("multiplier", "int16");
        assertThat(Layers.reason(judge(Layers.uniform(8, true), Layers.uniform(4, false), int4)))
                .endsWith("do not fit -8 to 7; multiplier int8 would fit");
        assertThat(Layers.reason(judge(Layers.table(0, 40_000), Layers.uniform(4, false), int16)))
                .endsWith("do not fit -32768 to 32767; no setting of this array would fit");
    }

    @Test
    void aMultiplierMayBeWiderForActivationsThanForWeights() {
        var eightByFour = Layers.word("multiplier", "int8x4");
        assertThat(judge(Layers.uniform(4, true), Layers.uniform(8, false), eightByFour))
                .isEqualTo(new Verdict.Acceptance(1));
        assertThat(
                        Layers.reason(
                                judge(
                                        Layers.uniform(5, true),
                                        Layers.uniform(8, false),
                                        eightByFour)))
                .endsWith("do not fit -8 to 7; multiplier int8 would fit");
        var int4 = Layers.word("multiplier", "int4");
        assertThat(Layers.reason(judge(Layers.uniform(4, true), Layers.uniform(8, false), int4)))
                .endsWith("do not fit -16 to 15; multiplier int8x4 would fit");
    }

    @Test
    void withoutDecodersOnlyUniformCodesEnter() {
        var none = Layers.number("code-bits", 0);
        var machine = array.build(array.parameters().with(none));

        assertThat(Layers.count(machine, "weight decoders")).isZero();
        assertThat(Layers.count(machine, "level thresholds")).isZero();
        assertThat(machine.requantizer().searchBits()).isZero();
        assertThat(judge(Layers.uniform(8, true), Layers.uniform(8, false), none))
                .isEqualTo(new Verdict.Acceptance(1));
        assertThat(Layers.reason(judge(Layers.table(0, 1), Layers.uniform(8, false), none)))
                .endsWith("the decoders take at most 0 bits; code-bits 1 would fit");
    }

    @ParameterizedTest
    @CsvSource({"int4, 4, 5, 16", "int8x4, 4, 9, 20", "int8, 8, 9, 24", "int16, 16, 17, 40"})
    void theElementIsAMultiplierAnAdderAndRegisters(
            String choice, int weight, int activation, int sum) {
        var machine = array.build(array.parameters().with(Layers.word("multiplier", choice)));

        assertThat(machine.element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.Multiplier(weight, activation),
                        new Component.Adder(sum),
                        new Component.Register(weight + activation + sum));
        assertThat(machine.datapath().accumulatorBits()).isEqualTo(sum);
        assertThat(machine.datapath().requantizer()).isEqualTo(new Requantizer.Multiplier(32));
    }

    @Test
    void theAccumulatorIsTheOneAskedFor() {
        var machine = array.build(array.parameters().with(Layers.number("accumulator", 32)));
        assertThat(machine.datapath().accumulatorBits()).isEqualTo(32);
        assertThat(machine.requantizer().accumulatorBits()).isEqualTo(32);
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
