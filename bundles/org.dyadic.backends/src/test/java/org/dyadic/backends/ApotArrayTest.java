package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApotArrayTest implements ArrayContract {

    private final ApotArray array = new ApotArray();

    @Override
    public Backend backend() {
        return array;
    }

    @ParameterizedTest
    @CsvSource({"2, 7", "3, 15", "4, 31", "5, 63"})
    void everyPublishedLevelTakesOneCycle(int magnitudeBits, int levels) {
        var weights = Layers.fit(apot(magnitudeBits));
        assertThat(weights.grid().orElseThrow().size()).isEqualTo(levels);
        assertThat(
                        judge(
                                weights,
                                Layers.uniform(4, false),
                                Layers.number("magnitude-bits", magnitudeBits),
                                Layers.number("code-bits", magnitudeBits + 1)))
                .isEqualTo(new Verdict.Acceptance(1));
    }

    @Test
    void otherLevelsAreMadeOfSeveralSums() {
        var activations = Layers.uniform(4, false);
        // 5 = 4 + 1 of one subset; 7 = 8 - 1
        assertThat(cycles(judge(Layers.table(0, 5), activations))).isEqualTo(2);
        assertThat(cycles(judge(Layers.table(0, 7), activations))).isEqualTo(2);
        assertThat(cycles(judge(Layers.uniform(4, true), activations))).isEqualTo(2);
        // 119 = 8 x 16 - 10 + 1
        assertThat(cycles(judge(Layers.table(0, 119), activations))).isEqualTo(3);
        assertThat(cycles(judge(Layers.uniform(8, true), activations))).isEqualTo(3);
    }

    @Test
    void levelsBeyondTheSlicesAreRefusedWithTheNumberThatFits() {
        assertThat(
                        Layers.reason(
                                judge(
                                        Layers.uniform(8, true),
                                        Layers.uniform(4, false),
                                        Layers.number("slices", 1))))
                .isEqualTo(
                        "weight levels -128 to 127 are out of reach of 1 slice of the subsets of 3"
                                + " bits; slices 2 would fit");
        assertThat(Layers.reason(judge(Layers.table(0, 1 << 20), Layers.uniform(4, false))))
                .endsWith("no number of slices would fit");
    }

    @Test
    void theElementChoosesAmongWires() {
        assertThat(array.build(array.parameters().defaults()).element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.SubsetMultiplier(List.of(3, 1), 4, 9),
                        new Component.Adder(24),
                        // a sign, one of three or none, one or none
                        new Component.Register(1 + 2 + 1 + 9 + 24));
    }

    /** The subsets of the paper, with a sign bit. */
    private static Encoding.PowerSum apot(int magnitudeBits) {
        return new Encoding.PowerSum(
                true,
                switch (magnitudeBits) {
                    case 2 -> List.of(List.of(0, 4, 2, 1));
                    case 3 -> List.of(List.of(0, 8, 4, 1), List.of(0, 2));
                    case 4 -> List.of(List.of(0, 32, 8, 2), List.of(0, 16, 4, 1));
                    default -> List.of(List.of(0, 64, 16, 2), List.of(0, 32, 8, 1), List.of(0, 4));
                });
    }

    private static double cycles(Verdict verdict) {
        double cycles = 1 / Layers.macsPerCycle(verdict);
        assertThat(cycles).isCloseTo(Math.rint(cycles), within(1e-9));
        return Math.rint(cycles);
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
