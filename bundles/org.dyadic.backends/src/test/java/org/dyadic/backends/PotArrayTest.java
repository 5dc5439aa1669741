package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

class PotArrayTest implements ArrayContract {

    private final PotArray array = new PotArray();

    @Override
    public Backend backend() {
        return array;
    }

    @Test
    void powersOfTwoTakeACycleAndIntegersOneForEachSignedDigit() {
        var activations = Layers.uniform(4, false);
        var pot = Layers.powers(List.of(List.of(0, 1, -2, 4, 8, -16, 32, 64)));
        assertThat(judge(pot, activations)).isEqualTo(new Verdict.Acceptance(1));
        // 85 = 64 + 16 + 4 + 1
        assertThat(judge(Layers.uniform(8, true), activations))
                .isEqualTo(new Verdict.Acceptance(1.0 / 4));
    }

    @Test
    void theElementHasOneShifter() {
        assertThat(array.build(array.parameters().defaults()).element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.ShiftMultiplier(1, 8, 9),
                        new Component.Adder(24),
                        new Component.Register(5 + 9 + 24));
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
