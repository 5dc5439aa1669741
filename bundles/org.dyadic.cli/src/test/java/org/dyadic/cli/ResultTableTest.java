package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Outcome;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void figuresOfAColumnShareAUnitAndAlign() {
        var text =
                ResultTable.of(
                        Fixture.results(
                                Fixture.completed("Uniform", "Array", Kind.SIMULATED, 131.25),
                                Fixture.completed("Upot", "Array", Kind.SIMULATED, 7.5)));
        assertThat(text.lines())
                .containsExactly(
                        "Main: Tiny on Test (10000 images)",
                        "",
                        "policy   accelerator  top-1 %  cycles  latency us  energy uJ  area mm2 "
                                + " status",
                        "Uniform  Array          91.12    4000        8.00     131.25     0.410  "
                                + "ok",
                        "Upot     Array          91.12    4000        8.00       7.50     0.410  "
                                + "ok",
                        "",
                        "measured: top-1; simulated: cycles, latency; modelled: energy," + " area");
    }

    @Test
    void whereKindsDifferTheFooterSaysWhichIsWhich() {
        var text =
                ResultTable.of(
                        Fixture.results(
                                Fixture.completed("P", "Fast", Kind.MODELLED, 1),
                                Fixture.completed("P", "Slow", Kind.SIMULATED, 1)));
        assertThat(text)
                .contains("latency of Fast", "latency of Slow")
                .containsPattern("modelled: .*latency of Fast.*; simulated: .*latency of Slow");
    }

    @Test
    void overflowsAreCountedUnderTheTable() {
        var accuracy =
                Optional.of(new Accuracy(0.3, 0.9, 100, 100, 30, "integer, 8-bit", Map.of()));
        var alone = new Outcome.Completed("Four", Optional.empty(), accuracy, Optional.empty());
        assertThat(ResultTable.of(Fixture.results(alone)))
                .contains("ok (1)")
                .contains("\n(1) 30 sums overflowed the accumulator\n");
        // two layers of ten results each: 2000 sums in all
        var hardware = ((Outcome.Completed) Fixture.completed("Four", "Array")).hardware();
        var onArray = new Outcome.Completed("Four", Optional.of("Array"), accuracy, hardware);
        assertThat(ResultTable.of(Fixture.results(onArray)))
                .contains("\n(1) 30 sums (1.5 %) overflowed the accumulator\n");
    }

    @Test
    void withoutHardwareThereAreOnlyPoliciesAndAccuracy() {
        var text =
                ResultTable.of(
                        Fixture.results(
                                new Outcome.Completed(
                                        "Float32",
                                        Optional.empty(),
                                        Fixture.accuracy(0.9173),
                                        Optional.empty())));
        assertThat(text).contains("policy   top-1 %  status", "Float32    91.73  ok");
        assertThat(text).doesNotContain("accelerator", "energy");
    }

    @Test
    void anAccuracyInFloatOfAQuantizingPolicyIsNoted() {
        var accuracy = Fixture.accuracy(0.9, "float32 on quantized values");
        var text =
                ResultTable.of(
                        Fixture.results(
                                new Outcome.Completed(
                                        "Mixed", Optional.empty(), accuracy, Optional.empty()),
                                new Outcome.Infeasible(
                                        "Mixed", Optional.of("Array"), accuracy, "too wide")));
        assertThat(text)
                .containsPattern("90.00  ok \\(1\\)\n")
                .containsPattern("infeasible \\(2, 1\\)\n")
                .contains(
                        "(1) executed in float32 on quantized values, because the policy leaves"
                                + " layers in float\n(2) too wide\n");
    }

    @Test
    void theAccuracyOfADesignThatTheAcceleratorRefusesIsNotThatOfTheAccelerator() {
        var text =
                ResultTable.of(
                        Fixture.results(
                                new Outcome.Infeasible(
                                        "Upot",
                                        Optional.of("Array"),
                                        Fixture.accuracy(0.9),
                                        "too wide")));
        assertThat(text)
                .contains("infeasible (1, 2)")
                .contains(
                        "(1) too wide\n(2) the accuracy is that of a wide datapath, not of this"
                                + " accelerator\n");
    }

    @Test
    void anAccuracyAllInFloatNeedsNoNote() {
        var accuracy = Fixture.accuracy(0.9, "float32");
        var text =
                ResultTable.of(
                        Fixture.results(
                                new Outcome.Completed(
                                        "Float32", Optional.empty(), accuracy, Optional.empty()),
                                new Outcome.Infeasible(
                                        "Float32", Optional.of("Array"), accuracy, "too wide")));
        assertThat(text).contains("ok\n", "infeasible (1)").doesNotContain("(2)");
    }

    @Test
    void oneLineTellsWhichKernelsRan() {
        var text =
                ResultTable.of(
                        Fixture.results(
                                executed("Uniform", "int16", "int32", "int32"),
                                executed("Upot", "int16", "int32", "int32"),
                                executed("Wide", "int32", "int32", "int32"),
                                executed("Float32")));
        assertThat(text)
                .endsWith("kernels: 2 x int32, 1 x int16 (Uniform, Upot); 3 x int32 (Wide)\n");
    }

    private static Outcome executed(String policy, String... kernels) {
        var ofLayers = new HashMap<String, String>();
        for (int layer = 0; layer < kernels.length; layer++) {
            ofLayers.put("conv" + layer, kernels[layer]);
        }
        var accuracy = new Accuracy(0.9, 0.99, 100, 100, 0, "integer", ofLayers);
        return new Outcome.Completed(
                policy, Optional.empty(), Optional.of(accuracy), Optional.empty());
    }

    @Test
    void oneReasonIsOneNote() {
        Outcome infeasible =
                new Outcome.Infeasible("F", Optional.of("A"), Optional.empty(), "too wide");
        Outcome again = new Outcome.Infeasible("F", Optional.of("B"), Optional.empty(), "too wide");
        var text = ResultTable.of(Fixture.results(infeasible, again));
        assertThat(text).containsOnlyOnce("(1) too wide").doesNotContain("(2)");
    }
}
