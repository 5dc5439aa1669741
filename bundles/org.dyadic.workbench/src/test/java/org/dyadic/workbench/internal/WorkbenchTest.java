package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Offset;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.Expectation;
import org.dyadic.api.experiment.LayerClass;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Shape;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.report.Results;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.MissingPluginException;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.Progress;
import org.dyadic.backends.SystolicArray;
import org.dyadic.kernels.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {

    private final Bench bench = new Bench();

    private Results run() {
        return bench.workbench.run(bench.experiment(), 1, Progress.silent());
    }

    private List<String> statuses() {
        return run().outcomes().stream().map(Outcome::status).toList();
    }

    private List<IssueCode> codes() {
        return bench.workbench.check(bench.experiment()).stream().map(Diagnostic::code).toList();
    }

    @Test
    void everyPolicyMeetsEveryAccelerator() {
        var results = run();
        assertThat(results.outcomes())
                .extracting(o -> o.policy() + "/" + o.accelerator().orElse("") + "/" + o.status())
                .containsExactly(
                        "Float/Ints/infeasible",
                        "Float/Shifts/infeasible",
                        "Four/Ints/ok",
                        "Four/Shifts/ok");
        assertThat(results.outcomes())
                .allSatisfy(o -> assertThat(o.accuracy().orElseThrow().images()).isEqualTo(40));
        assertThat(results.diagnostics()).isEmpty();
        assertThat(results.policies()).extracting(p -> p.layers().size()).containsExactly(2, 2);
    }

    @Test
    void totalsAreTheSumsOfTheirParts() {
        var four = (Outcome.Completed) run().outcomes().get(2);
        var hardware = four.hardware().orElseThrow();
        assertThat(hardware.cycles())
                .isEqualTo(
                        hardware.layers().stream()
                                .mapToLong(layer -> layer.estimate().cycles())
                                .sum());
        double energy =
                hardware.layers().stream()
                        .flatMap(layer -> layer.energy().stream())
                        .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                        .sum();
        assertThat(hardware.energy().quantity().in(Unit.JOULE))
                .isCloseTo(energy, withinRelative(energy));
        double area =
                hardware.areaShares().stream()
                        .mapToDouble(share -> share.figure().quantity().in(Unit.SQUARE_MILLIMETRE))
                        .sum();
        assertThat(hardware.area().quantity().in(Unit.SQUARE_MILLIMETRE))
                .isCloseTo(area, withinRelative(area));
        assertThat(hardware.layers())
                .extracting(layer -> layer.estimate().activity().macs())
                .containsExactly(3L * 36 * 9, 4L * 108);
    }

    private static Offset<Double> withinRelative(double value) {
        return within(1e-12 * value);
    }

    @Test
    void aPolicyIsExecutedOnceForEachDatapath() {
        bench.accelerators =
                List.of(
                        bench.accelerator("A", "systolic"),
                        bench.accelerator("B", "systolic"),
                        bench.accelerator("C", "upot-array"));
        var finished = new AtomicInteger();
        bench.workbench.run(
                bench.experiment(),
                1,
                new Progress() {
                    @Override
                    public void advance(String stage, long done, long total, String unit) {
                        if (stage.equals("Four: execute") && done == total) {
                            finished.incrementAndGet();
                        }
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                });
        assertThat(finished).hasValue(2);
    }

    @Test
    @Timeout(20)
    void aPluginThatDoesNotHearIsLeftBehindAndTheRestKept() {
        var searching = new AtomicBoolean();
        bench.install(
                "quantizer",
                "endless",
                new Quantizer() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("searches for ever");
                    }

                    @Override
                    public Fit fit(Observation observed, Settings settings) {
                        searching.set(true);
                        LockSupport.park(this);
                        throw new IllegalStateException("left behind");
                    }
                },
                Quantizer.class);
        bench.policies =
                List.of(
                        bench.policy("Four", bench.rule("uniform", "uniform")),
                        bench.policy("Endless", bench.rule("endless", "uniform")),
                        bench.policy("Last", bench.rule("uniform", "uniform")));
        var results =
                bench.workbench.run(bench.experiment(), 1, Bench.stoppingWhen(searching::get));
        assertThat(results.outcomes())
                .extracting(outcome -> outcome.policy() + "/" + outcome.status())
                .containsExactly(
                        "Four/ok",
                        "Four/ok",
                        "Endless/interrupted",
                        "Endless/interrupted",
                        "Last/interrupted",
                        "Last/interrupted");
        assertThat(results.diagnostics()).isEmpty();
    }

    @Test
    @Timeout(20)
    void aRunThatIsStoppedWhileItLoadsHasNothingAndSaysSo() {
        var opening = new AtomicBoolean();
        bench.install(
                "dataset",
                "noise",
                new DatasetReader() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("opens for ever");
                    }

                    @Override
                    public Dataset open(Path location, Settings settings) {
                        opening.set(true);
                        LockSupport.park(this);
                        throw new IllegalStateException("left behind");
                    }
                },
                DatasetReader.class);
        var results = bench.workbench.run(bench.experiment(), 1, Bench.stoppingWhen(opening::get));
        assertThat(results.outcomes()).allMatch(Outcome.Interrupted.class::isInstance).hasSize(4);
        assertThat(results.policies()).isEmpty();
    }

    @Test
    void kernelsThatAreForcedAndNotThereAreToldBeforeAnythingRuns() {
        var before = System.setProperty(KernelChoice.PROPERTY, "vector");
        try {
            assertThatThrownBy(this::run)
                    .isInstanceOf(MissingPluginException.class)
                    .hasMessageContaining("there are: scalar");
            System.setProperty(KernelChoice.PROPERTY, "scalar");
            var results = run();
            assertThat(results.provenance().kernels()).isEqualTo("scalar");
            var integers =
                    results.outcomes().stream()
                            .flatMap(outcome -> outcome.accuracy().stream())
                            .filter(accuracy -> accuracy.arithmetic().startsWith("integer"))
                            .toList();
            assertThat(integers)
                    .isNotEmpty()
                    .allSatisfy(
                            accuracy ->
                                    assertThat(accuracy.kernels().values())
                                            .isNotEmpty()
                                            .containsOnly("scalar"));
        } finally {
            if (before == null) {
                System.clearProperty(KernelChoice.PROPERTY);
            } else {
                System.setProperty(KernelChoice.PROPERTY, before);
            }
        }
    }

    @Test
    void aThrowingQuantizerBreaksItsPolicyAlone() {
        bench.installThrowing("broken", new ArrayIndexOutOfBoundsException(17));
        bench.policies =
                List.of(
                        bench.policy("Bad", bench.rule("broken", "uniform")),
                        bench.policies.get(1));
        assertThat(statuses()).containsExactly("broken", "broken", "ok", "ok");
        assertThat(run().diagnostics())
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.code()).isEqualTo(IssueCode.PLUGIN_FAILED);
                            assertThat(diagnostic.message())
                                    .contains("policy Bad", "quantizer broken failed", "layer");
                            assertThat(diagnostic.position()).contains(Bench.HERE);
                        });
    }

    @Test
    void aThrowingBackendBreaksItsAcceleratorAlone() {
        bench.install(
                "backend",
                "broken",
                new Backend() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("throws");
                    }

                    @Override
                    public Machine build(Settings settings) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        return null;
                    }
                },
                Backend.class);
        bench.accelerators =
                List.of(bench.accelerator("Bad", "broken"), bench.accelerator("Good", "systolic"));
        bench.policies = bench.policies.subList(1, 2);
        assertThat(statuses()).containsExactly("broken", "ok");
    }

    @Test
    void aBackendThatAnswersNullIsBroken() {
        bench.install(
                "backend",
                "mute",
                new Backend() {
                    @Override
                    public ParameterSpec parameters() {
                        return new SystolicArray().parameters();
                    }

                    @Override
                    public Machine build(Settings settings) {
                        return new SystolicArray().build(settings);
                    }

                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        return null;
                    }
                },
                Backend.class);
        bench.accelerators = List.of(bench.accelerator("Mute", "mute"));
        bench.policies = bench.policies.subList(1, 2);
        assertThat(run().outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken ->
                                assertThat(broken.reason())
                                        .contains("judging layer conv")
                                        .contains("returned nothing"));
    }

    @Test
    void aComponentWithoutPriceIsSaidNotGuessed() {
        bench.catalog.costs = List.of();
        bench.install(
                "cost",
                "poor",
                new CostModel() {
                    @Override
                    public String documentation() {
                        return "knows nothing";
                    }

                    @Override
                    public Optional<Price> price(Component component, Technology technology) {
                        return Optional.empty();
                    }
                },
                CostModel.class);
        bench.policies = bench.policies.subList(1, 2);
        assertThat(run().outcomes())
                .allSatisfy(
                        outcome -> {
                            assertThat(outcome)
                                    .isInstanceOfSatisfying(
                                            Outcome.Broken.class,
                                            broken ->
                                                    assertThat(broken.reason())
                                                            .contains("prices a")
                                                            .contains("45 nm"));
                            assertThat(outcome.accuracy())
                                    .as("the accuracy is not lost")
                                    .isPresent();
                        });
    }

    @Test
    void anInterruptedRunKeepsWhatIsFinished() {
        bench.images = 4000;
        var results =
                bench.workbench.run(bench.experiment(), 1, Bench.stoppingIn("Four: execute", 500));
        assertThat(results.interrupted()).isTrue();
        assertThat(results.outcomes())
                .extracting(Outcome::status)
                .containsExactly("infeasible", "infeasible", "interrupted", "interrupted");
        assertThat(results.outcomes().get(0).accuracy().orElseThrow().images()).isEqualTo(4000);
        assertThat(results.outcomes().get(2).accuracy().orElseThrow().images())
                .isBetween(500, 3999);
    }

    @Test
    void aMissedLimitIsReportedAtItsPlace() {
        bench.policies = bench.policies.subList(1, 2);
        bench.expectations =
                List.of(
                        new Expectation(
                                Metric.ACCURACY,
                                "Four",
                                Optional.empty(),
                                true,
                                Quantity.of(100, Unit.PERCENT),
                                Bench.HERE),
                        new Expectation(
                                Metric.AREA,
                                "Four",
                                Optional.of("Ints"),
                                false,
                                Quantity.of(1, Unit.SQUARE_MICROMETRE),
                                Bench.HERE),
                        new Expectation(
                                Metric.LATENCY,
                                "Four",
                                Optional.empty(),
                                false,
                                Quantity.of(1, Unit.SECOND),
                                Bench.HERE));
        assertThat(run().diagnostics())
                .extracting(Diagnostic::code)
                .containsOnly(IssueCode.EXPECTATION_MISSED)
                .hasSize(3); // accuracy on both accelerators, area on one
    }

    @Test
    void withoutDatasetThereIsHardwareAndNoAccuracy() {
        bench.withDataset = false;
        bench.network = Bench.network(false);
        assertThat(codes()).isEmpty();
        assertThat(statuses()).containsExactly("infeasible", "infeasible", "ok", "ok");
        assertThat(run().outcomes())
                .allSatisfy(outcome -> assertThat(outcome.accuracy()).isEmpty());
    }

    @Test
    void whatCannotRunIsFoundBefore() {
        bench.network = null;
        assertThat(bench.workbench.check(bench.experiment()))
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.toString())
                                        .isEqualTo(
                                                "test.dyadic:7:3: error: network Net: net.onnx is truncated [unreadable-file]"));
        assertThat(statuses()).containsOnly("broken");

        bench.network = Bench.network(false);
        assertThat(codes()).containsExactly(IssueCode.NO_WEIGHTS);

        bench.network = Bench.network(true);
        bench.imageShape = Shape.of(3, 6, 6);
        assertThat(codes()).containsExactly(IssueCode.SHAPE_MISMATCH);
        bench.imageShape = Shape.of(1, 5, 6);
        assertThat(messages().get(0))
                .contains("dataset Noise has images of 1 x 5 x 6", "takes 1 x 6 x 6", "convert");

        bench.imageShape = Shape.of(1, 6, 6);
        bench.highestLabel = 9;
        assertThat(codes()).containsExactly(IssueCode.SHAPE_MISMATCH);
        assertThat(messages().get(0))
                .contains("dataset Noise has label 4 at image 4", "4 classes apart, 0 to 3");

        bench.highestLabel = 3;
        bench.normalisation =
                NetworkUse.PARAMETERS.with(
                        Setting.of(
                                "mean",
                                new Value.Sequence(
                                        List.of(
                                                new Value.Number(Quantity.of(1, Unit.ONE)),
                                                new Value.Number(Quantity.of(2, Unit.ONE))))));
        assertThat(codes()).containsExactly(IssueCode.SHAPE_MISMATCH);
    }

    private List<String> messages() {
        return bench.workbench.check(bench.experiment()).stream().map(Diagnostic::message).toList();
    }

    @Test
    void aCalibrationSetWithoutImagesIsToldOnceForAllPoliciesThatUseIt() {
        var empty =
                bench.dataset(
                        "Empty", Setting.of("skip", new Value.Number(Quantity.of(40, Unit.ONE))));
        var four = bench.rule("uniform", "uniform");
        bench.policies = List.of(bench.policy("P", empty, four), bench.policy("Q", empty, four));
        assertThat(messages())
                .containsExactly("dataset Empty: skip 40 leaves nothing of 40 images; skip fewer");
        assertThat(codes()).containsExactly(IssueCode.OUT_OF_RANGE);
        bench.images = 0;
        bench.withDataset = false;
        assertThat(messages()).containsExactly("dataset Empty holds no images");
    }

    @Test
    void everyDatasetThatDoesNotFitTheNetworkIsToldAndNoOther() {
        var four = bench.rule("uniform", "uniform");
        bench.shapes.put(Path.of("large"), Shape.of(1, 28, 28));
        bench.shapes.put(Path.of("coloured"), Shape.of(3, 6, 6));
        bench.policies =
                List.of(
                        bench.policy("P", bench.dataset("Large"), four),
                        bench.policy("Q", bench.dataset("Coloured"), four),
                        bench.policy("R", four));
        assertThat(messages())
                .containsExactly(
                        "dataset Large has images of 1 x 28 x 28, but network Net takes 1 x 6 x 6; convert the images, or choose another network",
                        "dataset Coloured has images of 3 x 6 x 6, but network Net takes 1 x 6 x"
                                + " 6; convert the images, or choose another network");
    }

    @Test
    void theFormatOfTheCalibrationImagesIsInTheProvenance() {
        bench.withDataset = false;
        assertThat(run().provenance().plugins())
                .extracting(PluginInfo::id)
                .contains("noise", "uniform");
        bench.policies =
                List.of(
                        new PolicyUse(
                                "Four",
                                Optional.empty(),
                                bench.policies.get(1).rules(),
                                Bench.HERE));
        assertThat(run().provenance().plugins()).extracting(PluginInfo::id).doesNotContain("noise");
    }

    @Test
    void rulesWithoutLayerAndMissingCalibrationAreErrors() {
        var four = bench.rule("uniform", "uniform");
        bench.policies =
                List.of(
                        bench.policy("P", four, Bench.depthwise(bench.quantizer("uniform"))),
                        new PolicyUse("Q", Optional.empty(), List.of(four), Bench.HERE),
                        bench.policy(
                                "R",
                                new Rule(
                                        List.of(
                                                new Selector.Named("con"),
                                                new Selector.Classed(LayerClass.LAST)),
                                        Optional.of(bench.quantizer("uniform")),
                                        Optional.empty(),
                                        Bench.HERE)));
        assertThat(bench.workbench.check(bench.experiment()))
                .extracting(Diagnostic::message)
                .satisfiesExactly(
                        depthwise ->
                                assertThat(depthwise)
                                        .contains("policy P: depthwise matches no layer of net"),
                        calibration ->
                                assertThat(calibration)
                                        .contains("policy Q", "add 'calibrate DATASET'"),
                        named ->
                                assertThat(named)
                                        .contains(
                                                "policy R: \"con\" matches no layer",
                                                "Did you mean conv?"));
    }

    @Test
    void aRefusalIsForeseen() {
        bench.accelerators =
                List.of(
                        bench.accelerator(
                                "Narrow",
                                "systolic",
                                Setting.of("multiplier", new Value.Word("int4"))));
        assertThat(bench.workbench.check(bench.experiment()))
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.code()).isEqualTo(IssueCode.INFEASIBLE);
                            assertThat(diagnostic.message())
                                    .contains("Narrow cannot execute policy Four");
                        });
    }

    @Test
    void anAcceleratorTellsOnceWhatItRefuses() {
        bench.accelerators =
                List.of(
                        bench.accelerator(
                                "Narrow",
                                "systolic",
                                Setting.of("multiplier", new Value.Word("int4"))));
        bench.policies =
                List.of(
                        bench.policy("One", bench.rule("upot", "uniform")),
                        bench.policy("Other", bench.rule("uniform", "upot")),
                        bench.policy("Again", bench.rule("upot", "uniform")));
        assertThat(bench.workbench.check(bench.experiment()))
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .startsWith("Narrow cannot execute policies One, Again: ")
                                        .contains("; nor policy Other: "));
    }

    @Test
    void laterRulesOverridePartByPart() {
        bench.policies =
                List.of(
                        bench.policy(
                                "P",
                                bench.rule("uniform", "uniform"),
                                new Rule(
                                        List.of(new Selector.Named("c*")),
                                        Optional.of(bench.quantizer("upot")),
                                        Optional.empty(),
                                        Bench.HERE),
                                new Rule(
                                        List.of(new Selector.Classed(LayerClass.LAST)),
                                        Optional.empty(),
                                        Optional.of(bench.quantizer("upot")),
                                        Bench.HERE)));
        assertThat(run().policies().get(0).layers())
                .extracting(
                        layer ->
                                layer.weights().quantizer() + "/" + layer.activations().quantizer())
                .containsExactly("upot/uniform", "uniform/upot");
    }

    @Test
    void aRunFolderIsWholeOrNotThere(@TempDir Path runs) throws IOException {
        var results = run();
        var first = bench.workbench.save(results, runs);
        var second = bench.workbench.save(results, runs);
        assertThat(first).isNotEqualTo(second);
        assertThat(first)
                .isDirectoryContaining("glob:**result.json")
                .isDirectoryContaining("glob:**experiment.dyadic");

        bench.install(
                "report",
                "full",
                new ReportWriter() {
                    @Override
                    public String fileName() {
                        return "big.txt";
                    }

                    @Override
                    public void write(Results given, Path file) throws IOException {
                        Files.writeString(file, "half");
                        throw new IOException("No space left on device");
                    }
                },
                ReportWriter.class);
        assertThatThrownBy(() -> bench.workbench.save(results, runs))
                .hasMessage("No space left on device");
        try (var left = Files.list(runs)) {
            assertThat(left).containsExactlyInAnyOrder(first, second);
        }
    }

    @Test
    void equalSeedsGiveEqualResults() {
        bench.policies = List.of(bench.policy("U", bench.rule("upot", "upot")));
        assertThat(run().outcomes()).isEqualTo(run().outcomes());
        assertThat(run().policies()).isEqualTo(run().policies());
    }

    @Test
    void anOutputThatIsNoNumberIsNeverRight() {
        double nan = Double.NaN;
        assertThat(Evaluation.rank(new double[] {nan, nan, nan}, 1)).isEqualTo(3);
        assertThat(Evaluation.rank(new double[] {1, nan, 0}, 0)).isEqualTo(1);
        assertThat(Evaluation.rank(new double[] {1, 2, 2}, 2)).isEqualTo(1);
        assertThat(Evaluation.rank(new double[] {1, 2, 2}, 1)).isZero();
    }

    @Test
    void aDamagedImageBreaksNothingElseAndIsNamed() {
        bench.damagedImage = 35;
        bench.policies =
                List.of(
                        new PolicyUse("Hardware", Optional.empty(), List.of(), Bench.HERE),
                        bench.policies.get(1));
        var results = run();
        assertThat(results.outcomes()).extracting(Outcome::status).containsOnly("broken");
        assertThat(results.diagnostics())
                .allSatisfy(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .contains("dataset Noise", "image 35 is damaged"));
    }

    @Test
    void senselessMetadataIsAnErrorNotANormalisation() {
        for (String text : List.of("0", "-1", "NaN", "Infinity", "a lot")) {
            bench.network = Bench.network(true, Map.of("deviation", text));
            assertThat(bench.workbench.check(bench.experiment()))
                    .singleElement()
                    .satisfies(
                            diagnostic ->
                                    assertThat(diagnostic.message())
                                            .contains(
                                                    "metadata says deviation '" + text + "'",
                                                    "allowed"));
        }
        bench.network = Bench.network(true, Map.of("deviation", "64", "mean", "128"));
        assertThat(codes()).isEmpty();
    }

    @Test
    void aNetworkWithoutLayersIsSaid() {
        bench.network = Bench.withoutLayers();
        bench.policies = bench.policies.subList(0, 1);
        assertThat(bench.workbench.check(bench.experiment()))
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .contains("no convolution and no dense layer"));
    }

    @Test
    void whatHasNoIntegerFormIsFoundBeforeForThePoliciesThatNeedOne() {
        bench.network = Bench.withSoftmaxInside();
        assertThat(bench.workbench.check(bench.experiment()))
                .singleElement()
                .satisfies(
                        diagnostic ->
                                assertThat(diagnostic.message())
                                        .contains(
                                                "policy Four", "'attention' is a Softmax inside"));
        bench.policies = bench.policies.subList(0, 1);
        assertThat(codes()).isEmpty();
        assertThat(statuses()).containsOnly("infeasible");
    }

    @Test
    void standInsAreMarkedAndTrainedWeightsAreNotReplaced() {
        bench.withDataset = false;
        bench.policies =
                List.of(
                        new PolicyUse(
                                "Four",
                                Optional.empty(),
                                bench.policies.get(1).rules(),
                                Bench.HERE));
        var trained = run().policies().get(0).layers().get(1);
        assertThat(trained.weights().sqnr()).isPresent();
        assertThat(trained.weights().scales()).hasSize(4);
        assertThat(trained.activations().encoding()).contains("stand-in");
        assertThat(trained.activations().sqnr()).isEmpty();
        assertThat(trained.activations().histogram().counts()).isEmpty();
        bench.network = Bench.network(false);
        assertThat(run().policies().get(0).layers().get(1).weights().encoding())
                .contains("stand-in");
    }

    @Test
    void theSpecificationSpellsTheCalibrationOut() {
        var settings = Calibration.PARAMETERS.with(Setting.of("blocks", new Value.Word("off")));
        bench.policies =
                List.of(
                        new PolicyUse(
                                "Four",
                                Optional.of(new Calibration(bench.dataset(), settings)),
                                bench.policies.get(1).rules(),
                                Bench.HERE));
        assertThat(run().specification())
                .containsPattern("    calibrate Noise \\{ .*refit on .*blocks off .*\\}\n");
    }

    @Test
    void aThrowingReportLeavesTheOthers(@TempDir Path runs) throws IOException {
        bench.install(
                "report",
                "broken",
                new ReportWriter() {
                    @Override
                    public String fileName() {
                        return "pretty.txt";
                    }

                    @Override
                    public void write(Results given, Path file) {
                        throw new IllegalStateException("no ink");
                    }
                },
                ReportWriter.class);
        var folder = bench.workbench.save(run(), runs);
        assertThat(folder).isDirectoryContaining("glob:**result.json");
        assertThat(folder.resolve("pretty.txt")).doesNotExist();
        assertThat(Files.readString(folder.resolve("pretty.txt.failed"))).contains("no ink");
    }
}
