package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Progress;
import org.dyadic.api.workbench.Sensitivity;
import org.dyadic.execution.FloatExecutable;
import org.dyadic.execution.Normalisation;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which layer costs what. */
class SensitivityStudyTest {

    private final Bench bench = new Bench();

    SensitivityStudyTest() {
        bench.images = 300;
    }

    private Sensitivity study(String policy, int images) {
        return bench.workbench.sensitivity(
                bench.experiment(), policy, images, 1, Progress.silent());
    }

    private Rule only(LayerClass layers, String weights) {
        return new Rule(
                List.of(new Selector.Classed(layers)),
                Optional.of(bench.quantizer(weights)),
                Optional.empty(),
                Bench.HERE);
    }

    /** Throws every weight away: the network then tells nothing apart. */
    private void installNothing() {
        bench.install(
                "quantizer",
                "nothing",
                new Quantizer() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("all weights are zero");
                    }

                    @Override
                    public Fit fit(Observation observed, Settings settings) {
                        var zero = new Encoding.Table(1, List.of(0, 0));
                        return Fit.of(new Grid(zero, new int[] {0}, 1), observed.all().power());
                    }
                },
                Quantizer.class);
    }

    @Test
    void eachQuantizedLayerIsRankedByWhatItCostsAgainstFloat() {
        var study = study("Four", 300);
        assertThat(study.diagnostics()).isEmpty();
        assertThat(study.quantized()).isEqualTo(2);
        assertThat(study.layers())
                .extracting(ranked -> ranked.layer().name())
                .containsExactlyInAnyOrder("conv", "dense");
        double reference = study.reference().orElseThrow().top1();
        assertThat(study.layers())
                .allSatisfy(
                        ranked ->
                                assertThat(ranked.drop())
                                        .isCloseTo(
                                                reference - ranked.accuracy().top1(),
                                                within(1e-12)))
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Sensitivity.Layer::drop).reversed());
    }

    /** Every image gets the label that the float network gives it. */
    private void labelAsFloatSays() {
        var network = new FloatExecutable(bench.network, Normalisation.none(), Kernels.scalar());
        var labels = new int[bench.images];
        for (int i = 0; i < labels.length; i++) {
            var pixels = new byte[bench.imageShape.size()];
            bench.noise(bench.imageShape).read(i, pixels);
            double[] outputs = network.run(new byte[][] {pixels}, new LongAdder())[0];
            for (int c = 0; c < outputs.length; c++) {
                labels[i] = outputs[c] > outputs[labels[i]] ? c : labels[i];
            }
        }
        bench.label = index -> labels[index];
    }

    @ParameterizedTest
    @EnumSource(
            value = LayerClass.class,
            names = {"FIRST", "LAST"})
    void theLayerThatLosesEverythingComesFirstAndTheOtherIsLookedAtInFloat(LayerClass ruined) {
        installNothing();
        labelAsFloatSays();
        var four = bench.rule("uniform", "uniform");
        bench.policies =
                List.of(bench.policy("P", four), bench.policy("R", four, only(ruined, "nothing")));
        var sound = study("P", 300);
        var study = study("R", 300);
        assertThat(study.reference().orElseThrow().top1()).isEqualTo(1);
        String lost = ruined == LayerClass.FIRST ? "conv" : "dense";
        assertThat(study.layers().get(0).layer().name()).isEqualTo(lost);
        assertThat(study.layers().get(0).drop()).isGreaterThan(0.3);
        assertThat(study.layers())
                .as("where float is always right, what changes is wrong")
                .allSatisfy(
                        ranked ->
                                assertThat(ranked.drop())
                                        .isCloseTo(ranked.changed() / 300.0, within(1e-12)));
        assertThat(study.layers().get(1).drop()).isLessThan(0.2);
        assertThat(study.layers().get(1))
                .isEqualTo(ranked(sound, study.layers().get(1).layer().name()));
    }

    private static Sensitivity.Layer ranked(Sensitivity study, String name) {
        return study.layers().stream()
                .filter(ranked -> ranked.layer().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsInFloatIsNotRanked() {
        bench.policies = List.of(bench.policy("Some", only(LayerClass.LAST, "uniform")));
        var study = study("Some", 300);
        assertThat(study.layers())
                .extracting(ranked -> ranked.layer().name())
                .containsExactly("dense");
        assertThat(study.layers().get(0).accuracy().top1())
                .as("alone is together where there is no other")
                .isEqualTo(study.together().orElseThrow().top1());
    }

    @Test
    void floatIsWhatARunMeasuresInFloat() {
        bench.accelerators = List.of();
        var run = bench.workbench.run(bench.experiment(), 1, Progress.silent());
        assertThat(study("Four", 300).reference()).isEqualTo(run.outcomes().get(0).accuracy());
        assertThat(run.outcomes().get(0)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void soManyImagesAndNoMoreAreMeasured() {
        var study = study("Four", 50);
        assertThat(study.dataset().orElseThrow().images()).isEqualTo(50);
        assertThat(study.reference().orElseThrow().images()).isEqualTo(50);
        assertThat(study.layers()).allMatch(ranked -> ranked.accuracy().images() == 50);
        assertThat(study("Four", 5_000).reference().orElseThrow().images()).isEqualTo(300);
    }

    @Test
    void aPolicyThatQuantizesNothingIsToldSo() {
        var study = study("Float", 300);
        assertThat(study.layers()).isEmpty();
        assertThat(study.diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.toString())
                                        .startsWith(
                                                "test.dyadic:7:3: error: policy Float quantizes nothing")
                                        .endsWith("[missing-part]"));
    }

    @Test
    void withoutDatasetThereIsNothingToLose() {
        bench.withDataset = false;
        assertThat(study("Four", 300).diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .contains("experiment Test has no dataset"));
    }

    @Test
    void whatWouldKeepARunFromRunningKeepsThis() {
        bench.policies =
                List.of(
                        new PolicyUse(
                                "Q",
                                Optional.empty(),
                                List.of(bench.rule("uniform", "uniform")),
                                Bench.HERE));
        assertThat(study("Q", 300).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.NO_CALIBRATION);
    }

    @Test
    void aQuantizerThatFailsAtOneLayerLeavesTheOthers() {
        bench.installThrowing("broken", new IllegalStateException("no idea"));
        bench.policies =
                List.of(
                        bench.policy(
                                "P",
                                bench.rule("uniform", "uniform"),
                                only(LayerClass.FIRST, "broken")));
        var study = study("P", 300);
        assertThat(study.layers())
                .extracting(ranked -> ranked.layer().name())
                .containsExactly("dense");
        assertThat(study.quantized()).isEqualTo(2);
        assertThat(study.together()).isEmpty();
        assertThat(study.diagnostics())
                .as("the same failure, alone and together, is told once")
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .contains("quantizer broken failed", "layer conv"));
    }

    @Test
    void aStoppedStudyKeepsTheLayersThatAreDone() {
        var study =
                bench.workbench.sensitivity(
                        bench.experiment(), "Four", 300, 1, Bench.stoppingIn("2/2 dense", 10));
        assertThat(study.interrupted()).isTrue();
        assertThat(study.reference()).isPresent();
        assertThat(study.together()).isEmpty();
        assertThat(study.layers())
                .extracting(ranked -> ranked.layer().name())
                .containsExactly("conv");
    }

    @Test
    void equalSeedsGiveEqualStudies() {
        assertThat(study("Four", 300)).isEqualTo(study("Four", 300));
    }

    @Test
    void jsonHoldsTheRanking() {
        var json =
                JsonParser.parseString(bench.workbench.json(study("Four", 50))).getAsJsonObject();
        assertThat(json.get("schema").getAsInt()).isEqualTo(1);
        assertThat(json.get("quantized").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonObject("reference").get("images").getAsInt()).isEqualTo(50);
        assertThat(json.getAsJsonObject("together").get("arithmetic").getAsString())
                .isEqualTo("float32 on quantized values");
        assertThat(json.getAsJsonArray("layers"))
                .allSatisfy(
                        layer ->
                                assertThat(layer.getAsJsonObject().keySet())
                                        .contains(
                                                "name", "drop", "changed", "accuracy", "weights"));
    }
}
