package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes of 16 bits run where there is room for them, and are refused where there is none. */
class WideCodesTest {

    private final Bench bench = new Bench();

    @BeforeEach
    void sixteenBits() {
        var uniform =
                bench.quantizer(
                        "uniform", Setting.of("bits", new Value.Number(Quantity.of(16, Unit.ONE))));
        bench.policies = List.of(bench.policy("Sixteen", bench.rule(uniform, uniform)));
    }

    private Outcome run(AcceleratorUse... accelerators) {
        bench.accelerators = List.of(accelerators);
        var results = bench.workbench.run(bench.experiment(), 1, Progress.silent());
        assertThat(results.diagnostics())
                .extracting(Diagnostic::code)
                .doesNotContain(IssueCode.NARROW_ACCUMULATOR);
        return results.outcomes().get(0);
    }

    @Test
    void withoutAnAcceleratorNoSumOverflows() {
        var accuracy = run().accuracy().orElseThrow();
        assertThat(accuracy.overflows()).isZero();
        assertThat(accuracy.arithmetic())
                .isEqualTo(
                        "integer, 64-bit accumulator that saturates, requantized by 32-bit"
                                + " multiplier");
    }

    @Test
    void elementsOf16BitsExecuteThemAsTheyAreExecutedWithoutAnAccelerator() {
        var wide = Setting.of("multiplier", new Value.Word("int16"));
        var onArray = run(bench.accelerator("Ints", "systolic", wide));
        assertThat(onArray).isInstanceOf(Outcome.Completed.class);
        assertThat(onArray.accuracy().map(Accuracy::top1))
                .isEqualTo(run().accuracy().map(Accuracy::top1));
    }

    @Test
    void elementsOf8BitsAreRefusedWithWhatWouldFit() {
        var outcome = (Outcome.Infeasible) run(bench.accelerator("Ints", "systolic"));
        assertThat(outcome.reason())
                .contains("levels -32767 to 32767 do not fit -128 to 127")
                .contains("multiplier int16 would fit");
    }

    @Test
    void theirNetworkIsExported(@TempDir Path folder) throws Exception {
        var to = folder.resolve("model.onnx");
        var exported =
                bench.workbench.export(
                        bench.experiment(), "Sixteen", Optional.empty(), to, 1, Progress.silent());
        assertThat(exported.diagnostics()).isEmpty();
        assertThat(Files.size(to)).isPositive();
        assertThat(exported.arithmetic()).contains("64-bit accumulator");
    }
}
