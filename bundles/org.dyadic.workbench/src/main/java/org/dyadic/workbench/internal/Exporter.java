package org.dyadic.workbench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.workbench.Exported;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.OnnxExport;
import org.dyadic.execution.PluginFailure;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.execution.SumRange;
import org.dyadic.kernels.Kernels;

/** Quantizes a network as a policy says and writes it as an ONNX model in integers. */
final class Exporter {

    private final PluginCatalog catalog;
    private final Kernels kernels;
    private final Experiment experiment;
    private final PolicyUse policy;
    private final Optional<AcceleratorUse> accelerator;
    private final long seed;
    private final Progress progress;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private String arithmetic = "";
    private long bytes;

    Exporter(
            PluginCatalog catalog,
            Kernels kernels,
            Experiment experiment,
            String policy,
            Optional<String> accelerator,
            long seed,
            Progress progress) {
        this.catalog = catalog;
        this.kernels = kernels;
        this.experiment = experiment;
        this.policy = Inspector.policyOf(experiment, policy);
        this.accelerator = accelerator.map(name -> acceleratorOf(experiment, name));
        this.seed = seed;
        this.progress = progress;
    }

    private static AcceleratorUse acceleratorOf(Experiment experiment, String name) {
        return experiment.accelerators().stream()
                .filter(accelerator -> accelerator.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "experiment "
                                                + experiment.name()
                                                + " has no accelerator '"
                                                + name
                                                + "'"));
    }

    /** Writes the model: a whole file, or none. */
    Exported to(Path file) throws IOException {
        Optional<byte[]> model;
        try {
            model = model();
        } catch (Cancelled cancelled) {
            return result(Optional.empty(), true);
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError thrown) {
            diagnostics.add(Inspector.failed(policy, PluginFailure.of(thrown)));
            model = Optional.empty();
        }
        if (model.isEmpty()) {
            return result(Optional.empty(), false);
        }
        write(model.get(), file.toAbsolutePath());
        return result(Optional.of(file), false);
    }

    private Exported result(Optional<Path> file, boolean interrupted) {
        return new Exported(
                experiment.name(),
                policy.name(),
                accelerator.map(AcceleratorUse::name),
                arithmetic,
                file,
                bytes,
                diagnostics,
                interrupted);
    }

    private void write(byte[] model, Path file) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(beside, model);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        bytes = model.length;
    }

    private Optional<byte[]> model() {
        var preparation =
                Detached.call(
                        progress,
                        () ->
                                new Preparation(
                                        catalog,
                                        Inspector.only(experiment, policy, Optional.empty())));
        diagnostics.addAll(preparation.diagnostics());
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            return Optional.empty();
        }
        var resolved = preparation.rules().resolve(policy);
        var obstacle = obstacle(preparation, resolved);
        if (obstacle.isPresent()) {
            return refused(policy.at(), obstacle.get());
        }
        var quantized =
                new Quantizing(preparation, kernels, seed)
                        .quantize(policy, resolved, Quantizing.staged(progress, policy.name()));
        var hardware = accelerator.map(use -> new HardwareEvaluation(catalog, use, quantized));
        var refusal = hardware.flatMap(HardwareEvaluation::refusal);
        if (refusal.isPresent()) {
            return refused(
                    accelerator.orElseThrow().at(),
                    "accelerator "
                            + accelerator.orElseThrow().name()
                            + " cannot execute policy "
                            + policy.name()
                            + ": "
                            + refusal.get());
        }
        var datapath =
                hardware.map(machine -> machine.machine().datapath())
                        .orElseGet(() -> SumRange.wide(quantized));
        return written(preparation, quantized, datapath);
    }

    private Optional<byte[]> written(
            Preparation preparation, QuantizedNetwork quantized, Datapath datapath) {
        if (!quantized.integral()) {
            return refused(policy.at(), "its quantizers left layers in float");
        }
        var integers =
                new IntegerNetwork(quantized, datapath, preparation.normalisation(), kernels);
        arithmetic = integers.arithmetic();
        try {
            return Optional.of(OnnxExport.write(integers, metadata()));
        } catch (IllegalArgumentException formless) {
            return refused(policy.at(), formless.getMessage());
        }
    }

    private Map<String, String> metadata() {
        var metadata = new TreeMap<String, String>();
        metadata.put("dyadic.experiment", experiment.name());
        metadata.put("dyadic.policy", policy.name());
        metadata.put("dyadic.arithmetic", arithmetic);
        metadata.put("dyadic.seed", Long.toString(seed));
        accelerator.ifPresent(use -> metadata.put("dyadic.accelerator", use.name()));
        return metadata;
    }

    /** What keeps the policy from being integers, known before anything is quantized. */
    private Optional<String> obstacle(Preparation preparation, Map<Integer, LayerPolicy> resolved) {
        var network = preparation.folded();
        if (!network.trained()) {
            return Optional.of(
                    "network " + experiment.network().name() + " has no trained weights");
        }
        var floats =
                Layers.of(network).stream()
                        .filter(
                                layer ->
                                        resolved.get(layer).weights().id().equals("float")
                                                || resolved.get(layer)
                                                        .activations()
                                                        .id()
                                                        .equals("float"))
                        .map(layer -> network.node(layer).name())
                        .toList();
        if (!floats.isEmpty()) {
            return Optional.of(
                    "layer "
                            + floats.get(0)
                            + (floats.size() > 1
                                    ? " (and " + (floats.size() - 1) + " more layers)"
                                    : "")
                            + " has weights or activations in float, and the model holds integers"
                            + " alone; quantize both in every layer, or choose another policy");
        }
        if (preparation.calibration(policy).isEmpty()) {
            return Optional.of(
                    "it names no images to calibrate its activations on; add 'calibrate DATASET'");
        }
        return IntegerNetwork.withoutIntegerForm(network);
    }

    private Optional<byte[]> refused(Position at, String why) {
        diagnostics.add(
                Diagnostic.at(
                        at,
                        IssueCode.NOT_EXPORTABLE,
                        "policy " + policy.name() + " has no form in integers: " + why));
        return Optional.empty();
    }
}
