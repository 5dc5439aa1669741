package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.dyadic.api.hardware.Kind;
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
    void oneReasonIsOneNote() {
        Outcome infeasible =
                new Outcome.Infeasible("F", Optional.of("A"), Optional.empty(), "too wide");
        Outcome again = new Outcome.Infeasible("F", Optional.of("B"), Optional.empty(), "too wide");
        var text = ResultTable.of(Fixture.results(infeasible, again));
        assertThat(text).containsOnlyOnce("(1) too wide").doesNotContain("(2)");
    }
}
