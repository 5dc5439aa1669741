package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

class UpotArrayTest implements ArrayContract {

    private final UpotArray array = new UpotArray();

    @Override
    public Backend backend() {
        return array;
    }

    @Test
    void aPowerSumOfAsManyTermsAsTheElementTakesOneCycle() {
        var upot = Layers.powers(List.of(List.of(-64, 0, 1, 128), List.of(-8, -2, 4, 128)));
        assertThat(judge(upot, Layers.uniform(4, false))).isEqualTo(new Verdict.Acceptance(1));
    }

    @Test
    void moreTermsThanTheElementHasTakeMoreCycles() {
        var three = Layers.fit(apot5());
        assertThat(cycles(judge(three, Layers.uniform(4, false), Layers.number("code-bits", 5))))
                .isEqualTo(2);
        assertThat(
                        cycles(
                                judge(
                                        three,
                                        Layers.uniform(4, false),
                                        Layers.number("code-bits", 5),
                                        Layers.number("terms", 3))))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // bits, terms, cycles: the longest signed-digit forms are 85 = 64 + 16 + 4 + 1 of 8 bits,
        // 5 = 4 + 1 of 4 bits
        "8, 1, 4",
        "8, 2, 2",
        "8, 3, 2",
        "8, 4, 1",
        "4, 1, 2",
        "4, 2, 1",
        "2, 1, 1"
    })
    void uniformWeightsRunInTheirSignedDigitForm(int bits, int terms, int cycles) {
        var verdict =
                judge(
                        Layers.uniform(bits, true),
                        Layers.uniform(8, false),
                        Layers.number("terms", terms));
        assertThat(cycles(verdict)).isEqualTo(cycles);
    }

    @Test
    void whatAGridCostsDependsOnItsLevelsAndNotOnTheirCode() {
        // -8 to 7 as binary digits, as one table, and as a plain integer
        var binary =
                Layers.powers(List.of(List.of(0, -8), List.of(0, 4), List.of(0, 2), List.of(0, 1)));
        var table = Layers.table(-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7);
        for (var weights : List.of(binary, table, Layers.uniform(4, true))) {
            assertThat(judge(weights, Layers.uniform(4, false)))
                    .isEqualTo(new Verdict.Acceptance(1));
        }
    }

    @Test
    void onlyTheLevelsOfTheGridCount() {
        // 85 needs four powers, and the table does not have it
        var table = Layers.table(-96, 3, 65, 127);
        assertThat(judge(table, Layers.uniform(4, false))).isEqualTo(new Verdict.Acceptance(1));
    }

    @Test
    void weightsBeyondTheShiftsAreRefusedWithTheNumberOfShiftsThatFits() {
        var far = Layers.table(0, 1 << 14);
        assertThat(Layers.reason(judge(far, Layers.uniform(4, false))))
                .isEqualTo(
                        "weight levels 0 to 16384 are out of reach of 8 shifts; shifts 14 would fit");
        assertThat(cycles(judge(far, Layers.uniform(4, false), Layers.number("shifts", 14))))
                .isEqualTo(1);
        assertThat(Layers.reason(judge(Layers.table(0, 1 << 20), Layers.uniform(4, false))))
                .endsWith("no setting of this array would fit");
    }

    @Test
    void activationsOfAnyCodeAreIntegersInside() {
        var weights = Layers.uniform(4, true);
        for (var activations :
                List.of(
                        Layers.uniform(8, false),
                        Layers.uniform(8, true),
                        Layers.powers(List.of(List.of(0, 1, 8, 128), List.of(0, 2, 16, 64))),
                        Layers.table(-256, 0, 3, 255))) {
            assertThat(judge(weights, activations)).isEqualTo(new Verdict.Acceptance(1));
        }
        assertThat(Layers.reason(judge(weights, Layers.table(0, 256))))
                .isEqualTo(
                        "activation levels 0 to 256 do not fit -256 to 255; activation-bits 9 would fit");
        assertThat(Layers.reason(judge(weights, Layers.table(0, 1 << 16))))
                .endsWith("no setting of this array would fit");
    }

    @Test
    void theElementShiftsAddsAndKeeps() {
        var machine = array.build(array.parameters().defaults());

        assertThat(machine.element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.ShiftMultiplier(2, 8, 9),
                        new Component.Adder(24),
                        // two terms of sign, presence and three bits of shift
                        new Component.Register(2 * 5 + 9 + 24));
        assertThat(machine.datapath().requantizer()).isEqualTo(new Requantizer.Shifts(3));
        assertThat(machine.requantizer())
                .isEqualTo(new Component.Requantize(new Requantizer.Shifts(3), 24, 8, 4));
        assertThat(Layers.count(machine, "signed-digit recoders")).isEqualTo(16);
    }

    @Test
    void termsThatShareTheShiftsOutTakeTwoCyclesForTwoPowersOfOneWindow() {
        var windows = Layers.word("exponents", "windows");
        var activations = Layers.uniform(4, false);
        var apart = Layers.powers(List.of(List.of(0, 1, -4, 8), List.of(0, 16, 64, -128)));
        assertThat(judge(apart, activations, windows)).isEqualTo(new Verdict.Acceptance(1));
        // 9 = 8 + 1, 144 = 128 + 16
        assertThat(cycles(judge(Layers.table(0, 9), activations, windows))).isEqualTo(2);
        assertThat(cycles(judge(Layers.table(0, 144), activations, windows))).isEqualTo(2);
        assertThat(array.build(array.parameters().with(windows)).element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.ShiftMultiplier(2, 4, 9),
                        new Component.Adder(24),
                        new Component.Register(2 * 4 + 9 + 24));
    }

    @Test
    void elementsThatLookTermsUpKeepCodesAndTakePowerSumsAlone() {
        var table = Layers.word("exponents", "table");
        var activations = Layers.uniform(4, false);
        var sum = Layers.powers(List.of(List.of(-64, 0, 1, 128), List.of(-8, -2, 4, 128)));
        assertThat(judge(sum, activations, table)).isEqualTo(new Verdict.Acceptance(1));
        assertThat(Layers.reason(judge(Layers.uniform(8, true), activations, table)))
                .isEqualTo(
                        "weights are coded as 8-bit signed integer, and the elements look up at most"
                                + " 2 powers of two below 2^8, each of 4 by its part of the code;"
                                + " exponents free would fit");
        var machine = array.build(array.parameters().with(table));
        assertThat(machine.element())
                .extracting(part -> (Object) part.component())
                .containsExactly(
                        new Component.ShiftMultiplier(2, 8, 9),
                        new Component.Adder(24),
                        new Component.Register(4 + 9 + 24),
                        new Component.Decoder(2, 5));
        assertThat(Layers.count(machine, "weight decoders")).isZero();
        assertThat(Layers.count(machine, "term tables")).isEqualTo(2 * 4);
    }

    @Test
    void itsDocumentationSaysThatTheCircuitIsOurReading() {
        assertThat(array.parameters().documentation()).contains("our reading");
    }

    /** The subsets of APoT's five bit magnitudes (Li et al. 2020), times 128. */
    private static Encoding.PowerSum apot5() {
        return new Encoding.PowerSum(
                false, List.of(List.of(0, 64, 16, 2), List.of(0, 32, 8, 1), List.of(0, 4)));
    }

    private static double cycles(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Acceptance.class);
        double cycles = 1 / Layers.macsPerCycle(verdict);
        assertThat(cycles).isCloseTo(Math.rint(cycles), within(1e-9));
        return Math.rint(cycles);
    }

    private Verdict judge(Fit weights, Fit activations, Setting... settings) {
        return array.judge(
                Samples.operands(weights, activations), array.parameters().with(settings));
    }
}
