package org.dyadic.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.network.Shape;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Provenance;
import org.dyadic.api.report.Results;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Exported;
import org.dyadic.api.workbench.Inspection;
import org.dyadic.api.workbench.Logs;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.Progress;
import org.dyadic.api.workbench.Sensitivity;
import org.dyadic.api.workbench.Workbench;

/** A session with services that answer what a test told them, and what the session printed. */
final class Fixture {

    /** What the workbench does when asked to run. */
    interface Running {
        Results run(Experiment experiment, long seed, Progress progress);
    }

    /** What the workbench does when asked to save. */
    interface Saving {
        Path save(Results results, Path runs) throws IOException;
    }

    /** What the workbench does when asked which layer costs what. */
    interface Studying {
        Sensitivity study(Experiment experiment, String policy, int images, Progress progress);
    }

    /** What the workbench does when asked to export. */
    interface Exporting {
        Exported export(String policy, Optional<String> accelerator, Path to) throws IOException;
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    boolean interactive;
    boolean colour;
    Function<Path, Reading> reader = file -> new Reading(List.of(experiment("Main")), List.of());
    Function<Experiment, List<Diagnostic>> checking = experiment -> List.of();
    Running running = (experiment, seed, progress) -> results(completed("FourBit", "Array"));
    Saving saving = (results, runs) -> runs.resolve("2026-Main");
    BiFunction<Experiment, String, PolicyInspection> resolving =
            (experiment, policy) -> PolicyFixture.rules("first.dyadic");
    BiFunction<String, Progress, PolicyInspection> inspecting =
            (policy, progress) -> PolicyFixture.grids();
    Studying studying = (experiment, policy, images, progress) -> PolicyFixture.sensitivity();
    Exporting exporting =
            (policy, accelerator, to) ->
                    new Exported(
                            "Main",
                            policy,
                            accelerator,
                            "integer, 32-bit accumulator",
                            Optional.of(to),
                            1234,
                            List.of(),
                            false);
    List<PluginInfo> plugins = List.of();
    List<PluginHealth> health = List.of();
    Plugins manager;
    Logs logs = Logs.none();
    boolean withoutWorkbench;
    boolean withoutCatalog;
    boolean withoutReader;
    final List<Path> saved = new ArrayList<>();

    int execute(String... words) {
        var services =
                new Services(
                        () -> withoutWorkbench ? null : new StubWorkbench(),
                        () -> withoutCatalog ? null : new StubCatalog(),
                        () -> withoutReader ? null : file -> reader.apply(file),
                        () -> manager);
        return new Session(terminal(), services).execute(words);
    }

    Terminal terminal() {
        return new Terminal(stream(out), stream(err), interactive, colour, 80, () -> "it is full");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private final class StubCatalog implements Catalog {
        @Override
        public List<PluginInfo> plugins() {
            return plugins;
        }

        @Override
        public List<PluginHealth> health() {
            return health;
        }
    }

    private final class StubWorkbench implements Workbench {
        @Override
        public Logs logs() {
            return logs;
        }

        @Override
        public Exported export(
                Experiment experiment,
                String policy,
                Optional<String> accelerator,
                Path to,
                long seed,
                Progress progress)
                throws IOException {
            return exporting.export(policy, accelerator, to);
        }

        @Override
        public List<Diagnostic> check(Experiment experiment) {
            return checking.apply(experiment);
        }

        @Override
        public Results run(Experiment experiment, long seed, Progress progress) {
            return running.run(experiment, seed, progress);
        }

        @Override
        public Path save(Results results, Path runs) throws IOException {
            var folder = saving.save(results, runs);
            saved.add(folder);
            return folder;
        }

        @Override
        public String json(Results results) {
            return "{\"schema\":1,\"experiment\":\"" + results.experiment() + "\"}";
        }

        @Override
        public PolicyInspection resolve(Experiment experiment, String policy) {
            return resolving.apply(experiment, policy);
        }

        @Override
        public PolicyInspection inspect(
                Experiment experiment, String policy, long seed, Progress progress) {
            return inspecting.apply(policy, progress);
        }

        @Override
        public String json(PolicyInspection inspection) {
            return "{\"policy\":\"" + inspection.policy() + "\"}";
        }

        @Override
        public Sensitivity sensitivity(
                Experiment experiment, String policy, int images, long seed, Progress progress) {
            return studying.study(experiment, policy, images, progress);
        }

        @Override
        public String json(Sensitivity sensitivity) {
            return "{\"policy\":\"" + sensitivity.policy() + "\"}";
        }

        @Override
        public Inspection inspect(Path model) throws UnreadableFileException {
            if (model.toString().endsWith(".broken")) {
                throw new UnreadableFileException("the file ends after 12 of 400 bytes.");
            }
            return new Inspection(
                    "tiny",
                    Shape.of(3, 32, 32),
                    Shape.of(10),
                    442_378,
                    1_098,
                    true,
                    Map.of("mean", "127.5"),
                    List.of(
                            new Inspection.Layer(
                                    "conv1", "Conv", Shape.of(16, 32, 32), 442_368, 448),
                            new Inspection.Layer("relu1", "Relu", Shape.of(16, 32, 32), 0, 0),
                            new Inspection.Layer("fc", "Gemm", Shape.of(10), 10, 650)));
        }
    }

    static Experiment experiment(String name) {
        var at = new Position("first.dyadic", 3, 1, 10);
        return new Experiment(
                name,
                new NetworkUse("Tiny", Path.of("tiny.onnx"), Settings.none(), at),
                Optional.empty(),
                List.of(new PolicyUse("FourBit", Optional.empty(), List.of(), at)),
                List.of(),
                Optional.empty(),
                List.of(),
                Path.of("first.dyadic"),
                at);
    }

    static Results results(Outcome... outcomes) {
        return results(List.of(), outcomes);
    }

    static Results results(List<Diagnostic> diagnostics, Outcome... outcomes) {
        return new Results(
                "Main",
                new NetworkInfo("Tiny", "tiny.onnx", "00", 442_378, 1_098),
                Optional.of(new DatasetInfo("Test", 10_000, "11")),
                List.of(),
                List.of(outcomes),
                Map.of(),
                new Provenance("0.1.0", List.of(), "scalar", 1, "17", "22", Instant.EPOCH),
                "experiment Main {}",
                diagnostics);
    }

    static Optional<Accuracy> accuracy(double top1) {
        return accuracy(top1, "integer, 24-bit accumulator, requantized by 32-bit multiplier");
    }

    static Optional<Accuracy> accuracy(double top1, String arithmetic) {
        return Optional.of(new Accuracy(top1, 0.99, 10_000, 10_000, 0, arithmetic, Map.of()));
    }

    static Outcome completed(String policy, String accelerator) {
        return completed(policy, accelerator, Kind.SIMULATED, 31.25);
    }

    static Outcome completed(String policy, String accelerator, Kind latency, double microjoules) {
        var activity = new Activity(442_378, 10, 10, 10, 10, 8, 8);
        return new Outcome.Completed(
                policy,
                Optional.of(accelerator),
                accuracy(0.9112),
                Optional.of(
                        new HardwareResult(
                                "analytic",
                                4_000,
                                new Figure(Quantity.of(8e-6, Unit.SECOND), latency, "analytic"),
                                new Figure(
                                        Quantity.of(microjoules * 1e-6, Unit.JOULE),
                                        Kind.MODELLED,
                                        "table"),
                                new Figure(
                                        Quantity.of(0.41, Unit.SQUARE_MILLIMETRE),
                                        Kind.MODELLED,
                                        "table"),
                                List.of(),
                                List.of(
                                        new LayerHardware(
                                                "conv1",
                                                new Estimate(3_000, 0, 1.0, activity, latency),
                                                List.of()),
                                        new LayerHardware(
                                                "fc",
                                                new Estimate(1_000, 0, 0.2, activity, latency),
                                                List.of())))));
    }
}
