package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inspect FILE --policy NAME} and {@code sensitivity}. */
class PolicyVerbsTest {

    private static final Position AT = new Position("first.dyadic", 7, 9, 2);

    @TempDir private Path folder;
    private final Fixture fixture = new Fixture();
    private String file;

    @BeforeEach
    void writeAFile() throws Exception {
        file = Files.writeString(folder.resolve("first.dyadic"), "x").toString();
    }

    private static Diagnostic error(IssueCode code, String message) {
        return Diagnostic.at(AT, code, message);
    }

    // ---- which experiment

    private static Experiment experiment(
            String name, String network, String dataset, String... policies) {
        return new Experiment(
                name,
                new NetworkUse(network, Path.of(network + ".onnx"), Settings.none(), AT),
                Optional.ofNullable(dataset)
                        .map(it -> new DatasetUse(it, Path.of(it), "idx", Settings.none(), AT)),
                List.of(policies).stream()
                        .map(policy -> new PolicyUse(policy, Optional.empty(), List.of(), AT))
                        .toList(),
                List.of(),
                Optional.empty(),
                List.of(),
                Path.of("first.dyadic"),
                AT);
    }

    private void holds(Experiment... experiments) {
        fixture.reader = path -> new Reading(List.of(experiments), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sensitivity"})
    void anUnknownPolicyIsToldWithTheNearestGuess(String verb) {
        holds(experiment("A", "N", "D", "FourBit"), experiment("B", "N", "D", "Float32"));
        assertThat(fixture.execute(verb, file, "--policy", "FourBits")).isEqualTo(2);
        assertThat(fixture.err())
                .isEqualTo(
                        "dyadic: unknown policy 'FourBits'; there are FourBit, Float32. Did you"
                                + " mean FourBit?\n");
        assertThat(fixture.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sensitivity"})
    void withoutPolicyTheyAreListed(String verb) {
        holds(experiment("A", "N", "D", "FourBit", "Float32"));
        assertThat(fixture.execute(verb, file)).isEqualTo(2);
        assertThat(fixture.err())
                .isEqualTo(
                        "dyadic: say which policy with --policy NAME; there are FourBit, Float32.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sensitivity"})
    void anUnknownExperimentIsToldWithTheNearestGuess(String verb) {
        holds(experiment("Main", "N", "D", "FourBit"));
        assertThat(fixture.execute(verb, file, "Mian", "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err())
                .contains("unknown experiment 'Mian'; there are Main. Did you mean Main?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sensitivity"})
    void aPolicyOnTwoNetworksNeedsAnExperiment(String verb) {
        holds(experiment("A", "N", "D", "FourBit"), experiment("B", "M", "D", "FourBit"));
        assertThat(fixture.execute(verb, file, "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err())
                .contains(
                        "policy FourBit is part of 2 experiments: A (N on D), B (M on D). Name"
                                + " one: dyadic "
                                + verb
                                + " "
                                + file
                                + " A --policy FourBit");
        assertThat(fixture.execute(verb, file, "B", "--policy", "FourBit")).isZero();
    }

    @Test
    void whatIsMeasuredOnMattersToASensitivityAlone() {
        holds(experiment("A", "N", "D", "FourBit"), experiment("B", "N", "E", "FourBit"));
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isZero();
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err()).contains("A (N on D), B (N on E)");
    }

    @Test
    void thePolicyIsLookedForInTheNamedExperimentAlone() {
        holds(experiment("A", "N", "D", "FourBit"), experiment("B", "N", "D", "Float32"));
        assertThat(fixture.execute("inspect", file, "B", "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err()).contains("unknown policy 'FourBit'; there are Float32.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sensitivity"})
    void anErrorInTheFileIsAllThatIsTold(String verb) {
        fixture.reader =
                path -> new Reading(List.of(), List.of(error(IssueCode.SYNTAX, "expected '{'.")));
        assertThat(fixture.execute(verb, file, "--policy", "FourBit")).isEqualTo(1);
        assertThat(fixture.err()).isEqualTo("first.dyadic:7:9: error: expected '{'. [syntax]\n");
        assertThat(fixture.out()).isEmpty();
    }

    // ---- inspect

    @Test
    void rulesAreShownWithTheirLinesAndNothingIsQuantized() {
        fixture.inspecting =
                (policy, progress) -> {
                    throw new AssertionError("quantized");
                };
        fixture.resolving = (experiment, policy) -> PolicyFixture.rules(file);
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit", "--rules")).isZero();
        assertThat(fixture.out().lines())
                .containsExactly(
                        "FourBit on Tiny, calibrated on Calib (256 images)",
                        "",
                        "layer          tensor                      line  rule          quantizer",
                        "conv1          weights                       12  first, \"fc*\"  upot { bits 4 }",
                        "  convolution  activations                   12  first, \"fc*\"  upot { bits 4 }",
                        "fc             weights      lib/common.dyadic:3  first, \"fc*\"  uniform { bits 4 }",
                        "  convolution  activations                    -  -             float");
    }

    @Test
    void gridsAreShownWithErrorAndCertificate() {
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isZero();
        assertThat(fixture.out().lines().skip(2).map(line -> line.replaceAll("\\S+:(\\d+)", "$1")))
                .map(line -> line.replaceAll(" +", " ").strip())
                .containsExactly(
                        "layer tensor line quantizer bits levels SQNR dB sum bits search grid",
                        "conv1 weights 12 upot 2 4 12.35 14 proven power sum {0, 1} + {0, -4}: -4 -3 0 1",
                        "convolution activations 12 upot 2 4 12.35 - gap 0.97 dB power sum {0, 1} + {0, -4}: -4 -3 0 1",
                        "fc weights 3 uniform 8 256 - - - signed integer",
                        "convolution activations - float - - - - - -",
                        "",
                        "measured: SQNR, of each number at its nearest level",
                        "proven: sum bits, of an accumulator that no image overflows");
    }

    @Test
    void withoutCalibrationImagesTheWeightsAreShownAndThatIsSaid() {
        fixture.inspecting = (policy, progress) -> PolicyFixture.uncalibrated();
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isZero();
        assertThat(fixture.out())
                .containsPattern("12.35 +- +proven")
                .endsWith(
                        "\nweights alone: the policy names no images to calibrate its activations"
                                + " on; add 'calibrate DATASET'\n");
    }

    @Test
    void aStoppedInspectionShowsTheRules() {
        fixture.inspecting = (policy, progress) -> PolicyFixture.interrupted();
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isEqualTo(130);
        assertThat(fixture.out())
                .contains("upot { bits 4 }")
                .endsWith("\nstopped before it was quantized\n");
    }

    @Test
    void whatAQuantizerFailsAtLeavesTheRules() {
        fixture.inspecting =
                (policy, progress) ->
                        PolicyFixture.failed(error(IssueCode.PLUGIN_FAILED, "it threw."));
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isEqualTo(4);
        assertThat(fixture.err()).contains("it threw. [plugin-failed]");
        assertThat(fixture.out()).contains("upot { bits 4 }").endsWith("float\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rules", "--quiet"})
    void whatKeepsAPolicyFromResolvingIsToldAndNothingElse(String option) {
        var none = error(IssueCode.RULE_WITHOUT_LAYER, "\"x\" matches no layer.");
        fixture.resolving = (experiment, policy) -> PolicyFixture.unsound(none);
        fixture.inspecting = (policy, progress) -> PolicyFixture.unsound(none);
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit", option)).isEqualTo(1);
        assertThat(fixture.err()).contains("\"x\" matches no layer. [rule-without-layer]");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void whereThereAreNoTrainedWeightsThereAreRulesAlone() {
        fixture.inspecting = (policy, progress) -> PolicyFixture.rules(file);
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit")).isZero();
        assertThat(fixture.out())
                .contains("upot { bits 4 }")
                .endsWith("\nno grids: the network has no trained weights\n");
    }

    @Test
    void aModelHasNoPolicies() {
        assertThat(fixture.execute("inspect", "tiny.onnx", "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err()).contains("policies and experiments are in .dyadic files");
    }

    @Test
    void aPolicyAsJson() {
        assertThat(fixture.execute("inspect", file, "--policy", "FourBit", "--json")).isZero();
        assertThat(fixture.out()).isEqualTo("{\"policy\":\"FourBit\"}\n");
    }

    // ---- sensitivity

    @Test
    void layersAreRankedWithWhatTheyCost() {
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit")).isZero();
        assertThat(fixture.out().lines())
                .containsExactly(
                        "FourBit on Tiny, one layer at a time: float 92.00 %, all 2 layers"
                                + " quantized 88.50 %",
                        "",
                        "layer  kind          drop  changed  top-1 %  weights  SQNR dB  activations  SQNR dB",
                        "fc     convolution   2.00     2.50    90.00  upot 2     12.35  float              -",
                        "conv1  convolution  -0.10     2.50    92.10  upot 2     12.35  float              -",
                        "",
                        "measured on 1000 images of Test, of which one is 0.10 points; changed: those"
                                + " that get another class than in float");
    }

    @Test
    void theNumberOfImagesIsPassedOn() {
        var asked = new AtomicInteger();
        fixture.studying =
                (experiment, policy, images, progress) -> {
                    asked.set(images);
                    return PolicyFixture.sensitivity();
                };
        fixture.execute("sensitivity", file, "--policy", "FourBit");
        assertThat(asked).hasValue(1000);
        fixture.execute("sensitivity", file, "--policy", "FourBit", "--images", "50");
        assertThat(asked).hasValue(50);
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit", "--images", "0"))
                .isEqualTo(2);
        assertThat(fixture.err()).contains("--images is at least 1, was 0");
    }

    @Test
    void aStoppedStudyShowsWhatItHas() {
        fixture.studying =
                (experiment, policy, images, progress) ->
                        PolicyFixture.sensitivity(
                                Optional.of(PolicyFixture.accuracy(0.92)),
                                Optional.empty(),
                                true,
                                List.of(),
                                PolicyFixture.ranked("fc", 0.9, 0.02));
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit")).isEqualTo(130);
        assertThat(fixture.out())
                .contains("all 2 layers quantized - %", "fc     convolution  2.00")
                .endsWith("; 1 of 2 layers is missing\n");
    }

    @Test
    void aStudyThatFoundNothingPrintsNothing() {
        fixture.studying =
                (experiment, policy, images, progress) ->
                        PolicyFixture.sensitivity(
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                List.of(error(IssueCode.MISSING_PART, "it quantizes nothing.")));
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit")).isEqualTo(1);
        assertThat(fixture.out()).isEmpty();
        assertThat(fixture.err()).contains("it quantizes nothing. [missing-part]");
    }

    @Test
    void aSensitivityAsJson() {
        assertThat(fixture.execute("sensitivity", file, "--policy", "FourBit", "--json")).isZero();
        assertThat(fixture.out()).isEqualTo("{\"policy\":\"FourBit\"}\n");
    }
}
