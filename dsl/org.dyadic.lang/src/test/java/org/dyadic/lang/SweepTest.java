package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Sweep;
import org.dyadic.api.spec.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep is the experiment once for every combination of values. */
class SweepTest {

    private static final String EXPERIMENT =
            """
            network Net from "net.onnx"
            dataset Test from "data" as cifar10
            accelerator Array uses systolic { array 16 x 16  clock 1 GHz }
            accelerator Child extends Array { clock 2 GHz }
            policy Four {
                calibrate Test { refit on }
                default weights upot { bits 4  scale per-channel } activations upot
                layers first, "conv*" weights uniform { bits 8 }
            }
            experiment Main { network Net dataset Test policies Four accelerators Array, Child }
            sweep Edge of Main { %s minimise energy maximise accuracy }
            """;

    @TempDir Path folder;

    private Sweep sweep(String axes) {
        var reading = new Texts(folder).read(EXPERIMENT.formatted(axes));
        assertThat(reading.diagnostics()).isEmpty();
        return reading.sweeps().get(0);
    }

    private static QuantizerUse weights(Sweep.Point point, int rule) {
        return point.experiment().policies().get(0).rules().get(rule).weights().orElseThrow();
    }

    private static AcceleratorUse accelerator(Sweep.Point point, int index) {
        return point.experiment().accelerators().get(index);
    }

    @Test
    void everyCombinationIsAPointAndTheLastAxisChangesFastest() {
        var sweep =
                sweep(
                        "vary Array.array over 8 x 8, 16 x 16\n"
                                + "vary Four.default.weights.bits over 2, 3, 4\n");
        assertThat(sweep.points())
                .extracting(point -> point.values().toString())
                .containsExactly(
                        "[8 x 8, 2]",
                        "[8 x 8, 3]",
                        "[8 x 8, 4]",
                        "[16 x 16, 2]",
                        "[16 x 16, 3]",
                        "[16 x 16, 4]");
        assertThat(sweep.points())
                .extracting(
                        point ->
                                accelerator(point, 0).settings().extent("array")
                                        + " "
                                        + weights(point, 0).settings().whole("bits"))
                .containsExactly(
                        "8 x 8 2", "8 x 8 3", "8 x 8 4", "16 x 16 2", "16 x 16 3", "16 x 16 4");
        assertThat(sweep.axes())
                .extracting(Sweep.Axis::toString)
                .containsExactly(
                        "Array.array over 8 x 8, 16 x 16",
                        "Four.default.weights.bits over 2, 3, 4");
        assertThat(sweep.objectives())
                .extracting(Sweep.Objective::toString)
                .containsExactly("minimise energy", "maximise accuracy");
    }

    @Test
    void theExperimentItselfIsNotVaried() {
        var sweep = sweep("vary Array.array over 8 x 8\n");
        assertThat(sweep.experiment().accelerators().get(0).settings().extent("array"))
                .isEqualTo(new Value.Extent(16, 16));
    }

    @Test
    void whatInheritsASettingVariesWithIt() {
        var point = sweep("vary Array.array over 8 x 8\n").points().get(0);
        assertThat(accelerator(point, 1).settings().extent("array"))
                .isEqualTo(new Value.Extent(8, 8));
    }

    @Test
    void whatRestatesASettingDoesNot() {
        var point = sweep("vary Array.clock over 500 MHz\n").points().get(0);
        assertThat(accelerator(point, 0).settings().measure("clock")).hasToString("500 MHz");
        assertThat(accelerator(point, 1).settings().measure("clock")).hasToString("2 GHz");
    }

    @Test
    void settingsInBlocksVaryAloneAndTheirNeighboursStay() {
        var point = sweep("vary Array.buffers.weights over 1 KiB\n").points().get(0);
        var buffers = accelerator(point, 0).settings().block("buffers");
        assertThat(buffers.measure("weights")).hasToString("1 KiB");
        assertThat(buffers.measure("outputs")).hasToString("64 KiB");
    }

    @Test
    void aRuleIsNamedByAnyOfItsSelectors() {
        assertThat(
                        weights(sweep("vary Four.first.weights.bits over 5\n").points().get(0), 1)
                                .settings()
                                .whole("bits"))
                .isEqualTo(5);
        assertThat(
                        weights(
                                        sweep("vary Four.\"conv*\".weights.bits over 6\n")
                                                .points()
                                                .get(0),
                                        1)
                                .settings()
                                .whole("bits"))
                .isEqualTo(6);
    }

    @Test
    void anotherQuantizerKeepsTheSettingsThatItKnows() {
        var points = sweep("vary Four.default.weights over apot, float\n").points();
        assertThat(weights(points.get(0), 0).id()).isEqualTo("apot");
        assertThat(weights(points.get(0), 0).settings().choice("scale")).isEqualTo("per-channel");
        assertThat(weights(points.get(1), 0).settings().asMap()).isEmpty();
    }

    @Test
    void calibrationAndDataSetsVaryToo() {
        var points =
                sweep("vary Four.calibrate.refit over on, off vary Test.take over 7\n").points();
        assertThat(points)
                .extracting(
                        point ->
                                point.experiment()
                                        .policies()
                                        .get(0)
                                        .calibration()
                                        .orElseThrow()
                                        .settings()
                                        .choice("refit"))
                .isEqualTo(List.of("on", "off"));
        assertThat(points.get(0).experiment().dataset().orElseThrow().take()).isEqualTo(7);
    }

    // pot has at most five bits.
    private static final String APART =
            EXPERIMENT.formatted(
                    "vary Four.default.weights over upot, pot\n"
                            + "vary Four.default.weights.bits over 4, 8\n");

    private static String told(Diagnostic diagnostic) {
        return diagnostic.code() + " " + diagnostic.message();
    }

    @Test
    void valuesThatFitOneByOneButNotTogetherAreToldOnce() {
        var reading = new Texts(folder).read(APART);
        assertThat(reading.sweeps()).isEmpty();
        assertThat(reading.diagnostics())
                .singleElement()
                .extracting(SweepTest::told)
                .asString()
                .startsWith("OUT_OF_RANGE the values pot, 8 do not go together: ");
    }

    @Test
    void aWarningAtTheNameOfASweepDoesNotHideThatItsValuesDoNotGoTogether() {
        var texts = new Texts(folder);
        texts.write("library.dyadic", "policy Edge float");
        var found = texts.read("import \"library.dyadic\"\n" + APART).diagnostics();
        assertThat(found)
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder(IssueCode.SHADOWED_NAME, IssueCode.OUT_OF_RANGE);
        assertThat(found)
                .extracting(it -> it.position().orElseThrow())
                .containsOnly(found.get(0).position().orElseThrow());
    }

    private List<String> simulators(String axes) {
        String text =
                EXPERIMENT.replace(
                        "experiment Main {",
                        "experiment Main { simulator analytic { least energy } ");
        return new Texts(folder)
                .read(text.formatted(axes)).sweeps().get(0).points().stream()
                        .map(it -> it.experiment().simulator().orElseThrow())
                        .map(it -> it.id() + " " + it.settings().orElseThrow())
                        .toList();
    }

    @Test
    void theSettingsOfTheSimulatorVary() {
        assertThat(simulators("vary Main.simulator.batch over 1, 4"))
                .containsExactly(
                        "analytic least energy  batch 1", "analytic least energy  batch 4");
    }

    @Test
    void anotherSimulatorTakesOfTheSettingsWhatItKnows() {
        assertThat(simulators("vary Main.simulator over analytic, plain"))
                .containsExactly("analytic least energy  batch 1", "plain ");
    }
}
