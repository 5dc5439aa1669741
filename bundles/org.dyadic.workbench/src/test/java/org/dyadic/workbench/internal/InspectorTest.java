package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.network.Shape;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Layers;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.api.Test;

/** A look at one policy: its rules at once, its grids after quantization. */
class InspectorTest {

    private final Bench bench = new Bench();

    private PolicyInspection resolve(String policy) {
        return bench.workbench.resolve(bench.experiment(), policy);
    }

    private PolicyInspection inspect(String policy) {
        return bench.workbench.inspect(bench.experiment(), policy, 1, Progress.silent());
    }

    private static Stream<PolicyInspection.Choice> choices(PolicyInspection inspection) {
        return inspection.layers().stream()
                .flatMap(layer -> Stream.of(layer.weights(), layer.activations()));
    }

    private static Position line(int line) {
        return new Position("test.dyadic", line, 5, 1);
    }

    /** Everything uniform in line 1, the last layer's weights upot in line 2. */
    private PolicyUse mixed() {
        return bench.policy(
                "Mixed",
                new Rule(
                        List.of(new Selector.Every()),
                        Optional.of(bench.quantizer("uniform")),
                        Optional.of(bench.quantizer("uniform")),
                        line(1)),
                new Rule(
                        List.of(new Selector.Classed(LayerClass.LAST)),
                        Optional.of(bench.quantizer("upot")),
                        Optional.empty(),
                        line(2)));
    }

    @Test
    void eachTensorIsToldTheRuleThatDecides() {
        bench.policies = List.of(mixed());
        assertThat(choices(resolve("Mixed")))
                .extracting(
                        choice ->
                                choice.quantizer()
                                        + " by line "
                                        + choice.rule().orElseThrow().at().line())
                .containsExactly(
                        "uniform by line 1",
                        "uniform by line 1",
                        "upot by line 2",
                        "uniform by line 1");
    }

    @Test
    void whatNoRuleMentionsIsFloatByNone() {
        bench.policies =
                List.of(
                        bench.policy(
                                "One",
                                new Rule(
                                        List.of(new Selector.Named("conv")),
                                        Optional.of(bench.quantizer("uniform")),
                                        Optional.empty(),
                                        line(3))));
        assertThat(choices(resolve("One")))
                .extracting(choice -> choice.quantizer() + choice.rule().isPresent())
                .containsExactly("uniformtrue", "floatfalse", "floatfalse", "floatfalse");
    }

    @Test
    void resolvingAsksNoQuantizer() {
        bench.policies = List.of(bench.policy("Bad", bench.rule(throwing(), "uniform")));
        assertThat(resolve("Bad").diagnostics()).isEmpty();
        assertThat(choices(resolve("Bad"))).allMatch(choice -> choice.result().isEmpty());
    }

    private String throwing() {
        bench.installThrowing("broken", new IllegalStateException("no idea"));
        return "broken";
    }

    @Test
    void inspectingShowsWhatEachQuantizerMadeOfItsTensorAsARunDoes() {
        bench.policies = List.of(mixed());
        var inspection = inspect("Mixed");
        var run = bench.workbench.run(bench.experiment(), 1, Progress.silent()).policies().get(0);
        assertThat(choices(inspection).map(choice -> choice.result().orElseThrow()))
                .containsExactlyElementsOf(
                        run.layers().stream()
                                .flatMap(layer -> Stream.of(layer.weights(), layer.activations()))
                                .toList());
        assertThat(inspection.calibration().orElseThrow().images()).isEqualTo(40);
        assertThat(inspection.network().name()).isEqualTo("Net");
    }

    @Test
    void scalesAreThoseTheLayerRunsWith() {
        var preparation = new Preparation(bench.catalog, bench.experiment());
        var policy = bench.policies.get(1);
        var quantized =
                new Quantizing(preparation, Kernels.scalar(), 1)
                        .quantize(policy, preparation.rules().resolve(policy), Progress.silent());
        var layer = quantized.layer(Layers.of(preparation.folded()).get(1));
        var shown = inspect("Four").layers().get(1).weights().result().orElseThrow().scales();
        assertThat(shown)
                .containsExactly(
                        Arrays.stream(layer.held().grid().orElseThrow().scales())
                                .boxed()
                                .toArray(Double[]::new))
                .as("calibration moved them")
                .doesNotContain(layer.weights().grid().orElseThrow().scales()[0]);
    }

    @Test
    void aQuantizerThatThrowsLeavesTheRules() {
        bench.policies = List.of(bench.policy("Bad", bench.rule(throwing(), "uniform")));
        var inspection = inspect("Bad");
        assertThat(inspection.layers()).hasSize(2);
        assertThat(inspection.diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.code()).isEqualTo(IssueCode.PLUGIN_FAILED);
                            assertThat(diagnostic.message())
                                    .contains("policy Bad: quantizer broken failed", "no idea");
                        });
    }

    @Test
    void withoutCalibrationImagesThereAreWeightsAlone() {
        bench.policies =
                List.of(
                        new PolicyUse(
                                "Four",
                                Optional.empty(),
                                bench.policies.get(1).rules(),
                                Bench.HERE));
        var inspection = inspect("Four");
        assertThat(inspection.diagnostics()).isEmpty();
        assertThat(inspection.calibration()).isEmpty();
        assertThat(inspection.layers())
                .allSatisfy(
                        layer -> {
                            assertThat(layer.weights().result().orElseThrow().sqnr()).isPresent();
                            assertThat(layer.activations().result()).isEmpty();
                        });
    }

    @Test
    void withoutTrainedWeightsThereAreRulesAlone() {
        bench.network = Bench.network(false);
        var inspection = inspect("Four");
        assertThat(inspection.diagnostics()).isEmpty();
        assertThat(choices(inspection))
                .hasSize(4)
                .allMatch(choice -> choice.result().isEmpty() && choice.rule().isPresent());
    }

    @Test
    void neitherTheTestImagesNorOtherPoliciesHaveAPart() {
        bench.highestLabel = 9; // which a run would refuse
        bench.policies =
                List.of(
                        bench.policies.get(1),
                        bench.policy(
                                "Wrong",
                                bench.rule("uniform", "uniform"),
                                Bench.depthwise(bench.quantizer("uniform"))));
        assertThat(inspect("Four").diagnostics()).isEmpty();
        assertThat(inspect("Wrong").diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.RULE_WITHOUT_LAYER);
        assertThat(inspect("Wrong").layers()).isEmpty();
        assertThat(resolve("Wrong").layers()).isEmpty();
    }

    @Test
    void imagesOfAnotherShapeAreToldOnceForEachDataset() {
        bench.imageShape = Shape.of(3, 6, 6);
        assertThat(inspect("Four").diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.toString())
                                        .isEqualTo(
                                                "test.dyadic:7:3: error: dataset Noise has images of"
                                                        + " 3 x 6 x 6, but network Net takes 1 x 6 x"
                                                        + " 6; convert the images, or choose another"
                                                        + " network [shape-mismatch]"));
    }

    @Test
    void aStoppedInspectionKeepsTheRules() {
        var inspection =
                bench.workbench.inspect(
                        bench.experiment(),
                        "Four",
                        1,
                        new Progress() {
                            @Override
                            public void advance(String stage, long done, long total, String unit) {}

                            @Override
                            public boolean cancelled() {
                                return true;
                            }
                        });
        assertThat(inspection.interrupted()).isTrue();
        assertThat(choices(inspection)).hasSize(4).allMatch(choice -> choice.result().isEmpty());
    }

    @Test
    void aPolicyOfAnotherExperimentIsTheProgrammersMistake() {
        assertThatThrownBy(() -> resolve("Fuor"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("experiment Test has no policy 'Fuor'");
    }

    @Test
    void jsonHoldsTheRuleAndTheGridOfEachTensor() {
        bench.policies = List.of(mixed());
        var json = JsonParser.parseString(bench.workbench.json(inspect("Mixed"))).getAsJsonObject();
        assertThat(json.get("schema").getAsInt()).isEqualTo(1);
        assertThat(json.get("status").getAsString()).isEqualTo("complete");
        assertThat(json.getAsJsonObject("calibration").get("images").getAsInt()).isEqualTo(40);
        var dense = json.getAsJsonArray("layers").get(1).getAsJsonObject();
        var weights = dense.getAsJsonObject("weights");
        assertThat(dense.get("kind").getAsString()).isEqualTo("dense");
        assertThat(weights.get("quantizer").getAsString()).isEqualTo("upot");
        assertThat(weights.getAsJsonObject("rule").get("line").getAsInt()).isEqualTo(2);
        assertThat(weights.getAsJsonObject("rule").get("selectors").getAsString())
                .isEqualTo("last");
        assertThat(weights.getAsJsonArray("levels")).isNotEmpty();
        var rules =
                JsonParser.parseString(bench.workbench.json(resolve("Mixed"))).getAsJsonObject();
        assertThat(
                        rules.getAsJsonArray("layers")
                                .get(1)
                                .getAsJsonObject()
                                .getAsJsonObject("weights")
                                .keySet())
                .containsExactly("quantizer", "settings", "rule");
    }
}
