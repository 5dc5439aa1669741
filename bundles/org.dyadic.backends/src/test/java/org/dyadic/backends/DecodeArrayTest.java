package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

class DecodeArrayTest implements ArrayContract {

    private final DecodeArray array = new DecodeArray();

    @Override
    public Backend backend() {
        return array;
    }

    @Test
    void theMultiplierIsAsWideAsTheLevels() {
        var machine =
                array.build(
                        array.parameters()
                                .with(
                                        Layers.number("weight-bits", 6),
                                        Layers.number("activation-bits", 4)));
        assertThat(machine.element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.Multiplier(6, 5),
                        new Component.Adder(18),
                        new Component.Register(6 + 5 + 18));
    }

    @Test
    void levelsTooWideAreRefusedWithTheWidthsThatFit() {
        assertThat(Layers.reason(judge(Layers.table(0, 600), Layers.table(0, 300))))
                .isEqualTo(
                        "weight levels 0 to 600 do not fit -512 to 511; weight-bits 11 and"
                                + " activation-bits 9 would fit");
        assertThat(Layers.reason(judge(Layers.table(0, 1 << 16), Layers.uniform(4, false))))
                .endsWith("no setting of this array would fit");
        assertThat(
                        judge(
                                Layers.table(0, 600),
                                Layers.table(0, 300),
                                Layers.number("weight-bits", 11),
                                Layers.number("activation-bits", 9)))
                .isEqualTo(new Verdict.Acceptance(1));
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
