package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.junit.jupiter.api.Test;

/** An accumulator that may be too narrow is told before the run, and its overflows after it. */
class NarrowAccumulatorTest {

    private final Bench bench = new Bench();
    private final List<String> events = new ArrayList<>();

    private final Progress progress =
            new Progress() {
                @Override
                public synchronized void advance(String stage, long done, long total, String unit) {
                    if (stage.endsWith("execute")) {
                        events.add(stage);
                    }
                }

                @Override
                public synchronized void found(Diagnostic diagnostic) {
                    events.add(diagnostic.message());
                }

                @Override
                public boolean cancelled() {
                    return false;
                }
            };

    private Results run(int bits, String overflow) {
        bench.policies = List.of(bench.policy("Four", bench.rule("uniform", "uniform")));
        bench.accelerators =
                List.of(
                        bench.accelerator(
                                "Narrow",
                                "systolic",
                                Setting.of(
                                        "accumulator",
                                        new Value.Number(Quantity.of(bits, Unit.ONE))),
                                Setting.of("overflow", new Value.Word(overflow))));
        return bench.workbench.run(bench.experiment(), 1, progress);
    }

    private static long overflows(Results results) {
        return results.outcomes().get(0).accuracy().orElseThrow().overflows();
    }

    @Test
    void itIsToldBeforeTheFirstImageAndTheRunGoesOnAndCounts() {
        var results = run(8, "wrap");
        assertThat(events.get(0))
                .startsWith("policy Four on Narrow: sums of layer dense may need ")
                .contains(" bits, and the accumulator has 8; so it is with 2 of 2 layers.")
                .contains("wrap and are counted; accumulator ");
        assertThat(events.subList(1, events.size())).isNotEmpty().containsOnly("Four: execute");
        assertThat(results.diagnostics())
                .singleElement()
                .satisfies(
                        warning -> {
                            assertThat(warning.code()).isEqualTo(IssueCode.NARROW_ACCUMULATOR);
                            assertThat(warning.message()).isEqualTo(events.get(0));
                            assertThat(warning.position()).contains(Bench.HERE);
                        });
        assertThat(results.outcomes()).singleElement().isInstanceOf(Outcome.Completed.class);
        assertThat(overflows(results)).isPositive();
    }

    @Test
    void whatBecomesOfSumsIsSaidAndDone() {
        var wrapped = run(8, "wrap");
        var saturated = run(8, "saturate");
        assertThat(saturated.diagnostics().get(0).message())
                .contains("Sums that overflow saturate");
        assertThat(wrapped.outcomes().get(0).accuracy().orElseThrow().arithmetic())
                .isEqualTo("integer, 8-bit accumulator, requantized by 32-bit multiplier");
        assertThat(saturated.outcomes().get(0).accuracy().orElseThrow().arithmetic())
                .isEqualTo(
                        "integer, 8-bit accumulator that saturates, requantized by 32-bit"
                                + " multiplier");
    }

    /** What {@code inspect} shows is exactly what it takes. */
    @Test
    void theBitsThatInspectingShowsAreTheFewestWithoutWarning() {
        int most =
                bench.workbench.inspect(bench.experiment(), "Four", 1, progress).layers().stream()
                        .mapToInt(layer -> layer.sumBits().orElseThrow())
                        .max()
                        .orElseThrow();
        var enough = run(most, "wrap");
        assertThat(enough.diagnostics()).isEmpty();
        assertThat(overflows(enough)).isZero();
        assertThat(run(most - 1, "wrap").diagnostics()).hasSize(1);
    }

    @Test
    void theBitsAreInTheJsonToo() {
        var inspection = bench.workbench.inspect(bench.experiment(), "Four", 1, progress);
        var layers =
                JsonParser.parseString(bench.workbench.json(inspection))
                        .getAsJsonObject()
                        .getAsJsonArray("layers");
        for (int i = 0; i < inspection.layers().size(); i++) {
            assertThat(layers.get(i).getAsJsonObject().get("sumBits").getAsInt())
                    .isEqualTo(inspection.layers().get(i).sumBits().orElseThrow());
        }
    }

    @Test
    void layersThatStayInFloatHaveNoSumsToHold() {
        bench.policies = List.of(bench.policy("Weights", bench.rule("uniform", "float")));
        assertThat(bench.workbench.inspect(bench.experiment(), "Weights", 1, progress).layers())
                .allSatisfy(layer -> assertThat(layer.sumBits()).isEmpty());
    }
}
