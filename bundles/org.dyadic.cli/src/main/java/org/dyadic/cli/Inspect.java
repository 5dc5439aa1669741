package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.network.Shape;
import org.dyadic.api.workbench.Inspection;
import org.dyadic.api.workbench.PolicyInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic inspect MODEL} and {@code dyadic inspect FILE [EXPERIMENT] --policy NAME}. */
@Command(
        name = "inspect",
        description = "Show what a model file holds, or how a policy resolves, layer by layer.",
        footer = {
            "",
            "A policy is quantized as a run would, but no test image is executed. --rules",
            "shows at once which rule decides for each layer, and quantizes nothing."
        })
final class Inspect implements Callable<Integer> {

    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A model file, such as one in ONNX; or a .dyadic file.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Of a .dyadic file: which experiment, if the policy is in several.")
    private String name;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "Of a .dyadic file: the policy to show.")
    private String policy;

    @Option(names = "--rules", description = "Of a policy: its rules alone, without quantizing.")
    private boolean rules;

    @Mixin private WorkOptions options;

    Inspect(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (file.toString().endsWith(".dyadic")) {
            return session.reading(
                    file, options.quiet, options.logged(session, this::inspectPolicy));
        }
        if (policy != null || name != null || rules) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "policies and experiments are in .dyadic files, which "
                            + file
                            + " is not; to see a model, name it alone.");
        }
        return inspectModel();
    }

    // ---- a policy

    private int inspectPolicy(Reading reading) {
        var experiment =
                new Choice(file, reading.experiments())
                        .experiment("inspect", name, policy, Experiment::network);
        var workbench = session.services().workbench();
        var inspection =
                rules
                        ? workbench.resolve(experiment, policy)
                        : session.attended(
                                options.quiet,
                                progress ->
                                        workbench.inspect(
                                                experiment, policy, options.seed, progress));
        session.printBeyond(reading, inspection.diagnostics(), options.quiet);
        print(inspection);
        return inspection.interrupted()
                ? ExitCode.INTERRUPTED
                : ExitCode.of(inspection.diagnostics());
    }

    private void print(PolicyInspection inspection) {
        var out = session.terminal().out();
        if (options.json) {
            out.println(session.services().workbench().json(inspection));
        } else if (!inspection.layers().isEmpty()) {
            // Where nothing was quantized, the rules are what there is to see.
            boolean grids = inspection.layers().stream().anyMatch(PolicyTable::hasGrid);
            out.print(
                    grids
                            ? PolicyTable.grids(inspection, file)
                            : PolicyTable.rules(inspection, file));
            if (!rules) {
                out.print(notes(inspection));
            }
        }
    }

    /** What is not shown, and why. */
    private static String notes(PolicyInspection inspection) {
        if (inspection.interrupted()) {
            return "\nstopped before it was quantized\n";
        }
        if (inspection.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            return ""; // the diagnostics say why
        }
        boolean quantizes = inspection.layers().stream().anyMatch(PolicyTable::quantizes);
        boolean activations =
                inspection.layers().stream().anyMatch(PolicyTable::quantizesActivations);
        if (quantizes && inspection.layers().stream().noneMatch(PolicyTable::hasGrid)) {
            return "\nno grids: the network has no trained weights\n";
        }
        return activations && inspection.calibration().isEmpty()
                ? "\nweights alone: the policy names no images to calibrate its activations on;"
                        + " add 'calibrate DATASET'\n"
                : "";
    }

    // ---- a model

    private int inspectModel() {
        var missing = Session.missing(file);
        if (missing.isPresent()) {
            return unreadable(missing.get());
        }
        try {
            var inspection = session.services().workbench().inspect(file);
            session.terminal()
                    .out()
                    .print(options.json ? object(inspection) + "\n" : text(inspection));
            return ExitCode.OK;
        } catch (UnreadableFileException e) {
            return unreadable(
                    Diagnostic.at(Position.startOf(file.toString()), e.code(), e.getMessage()));
        }
    }

    private int unreadable(Diagnostic diagnostic) {
        session.print(List.of(diagnostic), false);
        return ExitCode.of(List.of(diagnostic));
    }

    private static String text(Inspection inspection) {
        var table = new TextTable("layer", "operation", "output", ">MACs", ">parameters");
        for (var layer : inspection.layers()) {
            table.row(
                    layer.name(),
                    layer.operation(),
                    layer.output().toString(),
                    count(layer.macs()),
                    count(layer.parameters()));
        }
        table.row(
                "total",
                inspection.layers().size() + " nodes",
                "",
                Long.toString(inspection.macs()),
                Long.toString(inspection.parameters()));
        var metadata =
                inspection.metadata().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(
                                entry ->
                                        Terminal.plain(entry.getKey() + ": " + entry.getValue())
                                                + "\n")
                        .collect(Collectors.joining());
        return Terminal.plain(inspection.name())
                + ": input "
                + inspection.input()
                + ", output "
                + inspection.output()
                + (inspection.trained() ? "" : ", no trained weights (hardware only)")
                + "\n"
                + metadata
                + "\n"
                + table;
    }

    private static String count(long number) {
        return number == 0 ? "-" : Long.toString(number);
    }

    private static JsonObject object(Inspection inspection) {
        var json = new JsonObject();
        json.addProperty("schema", 1);
        json.addProperty("name", inspection.name());
        json.add("input", sizes(inspection.input()));
        json.add("output", sizes(inspection.output()));
        json.addProperty("macs", inspection.macs());
        json.addProperty("parameters", inspection.parameters());
        json.addProperty("trained", inspection.trained());
        var metadata = new JsonObject();
        inspection.metadata().forEach(metadata::addProperty);
        json.add("metadata", metadata);
        var layers = new JsonArray();
        for (var layer : inspection.layers()) {
            var object = new JsonObject();
            object.addProperty("name", layer.name());
            object.addProperty("operation", layer.operation());
            object.add("output", sizes(layer.output()));
            object.addProperty("macs", layer.macs());
            object.addProperty("parameters", layer.parameters());
            layers.add(object);
        }
        json.add("layers", layers);
        return json;
    }

    private static JsonArray sizes(Shape shape) {
        var array = new JsonArray();
        shape.extents().forEach(array::add);
        return array;
    }
}
