package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

class CodebookArrayTest implements ArrayContract {

    private final CodebookArray array = new CodebookArray();

    @Override
    public Backend backend() {
        return array;
    }

    @Test
    void anyLevelsDoAsLongAsTheirMagnitudesAreFew() {
        var activations = Layers.uniform(8, false);
        var eight = Layers.table(-100, -73, -31, -7, 0, 3, 11, 100, 73, 31, 7, -3, -11, 5, -5, 5);
        assertThat(judge(eight, activations)).isEqualTo(new Verdict.Acceptance(1));
        var nine = Layers.table(-100, -73, -31, -7, 0, 3, 11, 100, 73, 31, 7, -3, -11, 5, -5, 6);
        assertThat(judge(nine, activations)).isEqualTo(new Verdict.Acceptance(1.0 / 3));
        assertThat(Layers.reason(judge(nine, activations, Layers.number("slices", 1))))
                .isEqualTo(
                        "weights have 9 magnitudes, and an element chooses among 8; code-bits 5"
                                + " would fit");
    }

    @Test
    void plainIntegersAreExecutedInSlices() {
        var activations = Layers.uniform(8, false);
        assertThat(judge(Layers.uniform(3, true), activations))
                .isEqualTo(new Verdict.Acceptance(1));
        // -8 to 7 are nine magnitudes
        assertThat(judge(Layers.uniform(4, true), activations))
                .isEqualTo(new Verdict.Acceptance(1.0 / 2));
        assertThat(judge(Layers.uniform(8, true), activations))
                .isEqualTo(new Verdict.Acceptance(1.0 / 3));
        assertThat(
                        Layers.reason(
                                judge(
                                        Layers.uniform(8, true),
                                        activations,
                                        Layers.number("slices", 2))))
                .isEqualTo(
                        "weights have 129 magnitudes, and an element chooses among 8; slices 3"
                                + " would fit");
    }

    @Test
    void theElementChoosesAndTheRowMultiplies() {
        var machine =
                array.build(
                        array.parameters()
                                .with(Layers.array(3, 5), Layers.number("weight-bits", 8)));
        assertThat(machine.element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.Selector(8, 16),
                        new Component.Adder(24),
                        new Component.Register(4 + 24),
                        // eight products at the edge of each row, which five elements share
                        new Component.Shared(new Component.Multiplier(8, 9), 5),
                        new Component.Shared(new Component.Register(16), 5));
        assertThat(Layers.count(machine, "level products")).isEqualTo(3 * 5 * 8);
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
