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
import org.dyadic.api.network.Shape;
import org.dyadic.api.workbench.Inspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic inspect MODEL}. */
@Command(name = "inspect", description = "Show what a model file holds, layer by layer.")
final class Inspect implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "MODEL", description = "A model file, such as one in ONNX.")
    private Path model;

    @Option(names = "--json", description = "Print it as one line of JSON.")
    private boolean json;

    @Mixin private HelpOption help;

    Inspect(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var missing = Session.missing(model);
        if (missing.isPresent()) {
            return unreadable(missing.get());
        }
        try {
            var inspection = session.services().workbench().inspect(model);
            session.terminal().out().print(json ? object(inspection) + "\n" : text(inspection));
            return ExitCode.OK;
        } catch (UnreadableFileException e) {
            return unreadable(
                    Diagnostic.at(Position.startOf(model.toString()), e.code(), e.getMessage()));
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
