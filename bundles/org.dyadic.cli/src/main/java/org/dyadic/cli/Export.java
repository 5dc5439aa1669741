package org.dyadic.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Exported;
import org.dyadic.api.workbench.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic export FILE [EXPERIMENT] --policy NAME --onnx OUT}. */
@Command(
        name = "export",
        description = "Write a network, quantized as a policy says, as an ONNX model in integers.",
        footer = {
            "",
            "The model takes images as they are, unsigned bytes of N x channels x height x",
            "width, and has standard operators alone. What runs it gets the same integers,",
            "and so the same classes, as 'dyadic run'."
        })
final class Export implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "A .dyadic file.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Which one, if the policy is in several.")
    private String name;

    @Option(names = "--policy", paramLabel = "NAME", description = "The policy to export.")
    private String policy;

    @Option(
            names = "--onnx",
            paramLabel = "OUT",
            required = true,
            description = "The model file to write; one that is there is replaced.")
    private Path onnx;

    @Option(
            names = "--accelerator",
            paramLabel = "NAME",
            description =
                    "The accelerator of the experiment whose arithmetic the model has (default: as"
                            + " wide as without any).")
    private String accelerator;

    @Mixin private WorkOptions options;

    Export(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var folder = onnx.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(onnx)) {
            throw new Refusal(
                    ExitCode.USAGE,
                    Files.isDirectory(onnx)
                            ? "--onnx takes a file, and " + onnx + " is a folder; name one in it."
                            : "there is no folder " + folder + " to write " + onnx + " to.");
        }
        return session.reading(file, options.quiet, options.logged(session, this::export));
    }

    private int export(Reading reading) {
        var experiment =
                new Choice(file, reading.experiments())
                        .experiment("export", name, policy, this::matters);
        var names = experiment.accelerators().stream().map(AcceleratorUse::name).toList();
        if (accelerator != null && !names.contains(accelerator)) {
            throw new Refusal(ExitCode.USAGE, Session.among("accelerator", accelerator, names));
        }
        var exported = session.attended(options.quiet, progress -> export(experiment, progress));
        session.printBeyond(reading, exported.diagnostics(), options.quiet);
        if (exported.file().isPresent()) {
            session.terminal().out().println(options.json ? json(exported) : text(exported));
        }
        return exported.interrupted() ? ExitCode.INTERRUPTED : ExitCode.of(exported.diagnostics());
    }

    /** Experiments that share a policy are one for us if they share these. */
    private Object matters(Experiment experiment) {
        return List.of(
                experiment.network(),
                experiment.accelerators().stream()
                        .filter(use -> use.name().equals(accelerator))
                        .toList());
    }

    private Exported export(Experiment experiment, Progress progress) {
        try {
            return session.services()
                    .workbench()
                    .export(
                            experiment,
                            policy,
                            Optional.ofNullable(accelerator),
                            onnx,
                            options.seed,
                            progress);
        } catch (UncheckedIOException e) {
            throw unwritten(e.getCause());
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private Refusal unwritten(IOException e) {
        return new Refusal(
                ExitCode.INTERNAL,
                "cannot write " + onnx + ": " + Session.why(e) + ". Choose another --onnx OUT");
    }

    private static String text(Exported exported) {
        return "wrote "
                + Terminal.plain(exported.file().orElseThrow().toString())
                + ", "
                + exported.bytes()
                + " bytes: "
                + exported.arithmetic();
    }

    private static JsonObject json(Exported exported) {
        var json = new JsonObject();
        json.addProperty("schema", 1);
        json.addProperty("experiment", exported.experiment());
        json.addProperty("policy", exported.policy());
        exported.accelerator().ifPresent(name -> json.addProperty("accelerator", name));
        json.addProperty("arithmetic", exported.arithmetic());
        json.addProperty("file", exported.file().orElseThrow().toString());
        json.addProperty("bytes", exported.bytes());
        return json;
    }
}
