package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic check FILE...}. */
@Command(name = "check", description = "Say what would keep the experiments of files from running.")
final class Check implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A .dyadic file.")
    private List<Path> files;

    @Option(names = "--json", description = "Print the findings as one line of JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No warnings and no summary; errors only.")
    private boolean quiet;

    @Mixin private HelpOption help;

    Check(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var all = new ArrayList<Diagnostic>();
        var summaries = new JsonArray();
        for (var file : files) {
            var reading = session.read(file);
            var found = new Findings(reading.diagnostics());
            for (var experiment : reading.experiments()) {
                found.add(experiment.name(), session.services().workbench().check(experiment));
            }
            var told = found.told();
            session.print(told, quiet);
            if (json) {
                summaries.add(object(file, found.all()));
            } else if (!quiet) {
                session.terminal().out().println(summary(file, told));
            }
            all.addAll(found.all());
        }
        if (json) {
            var object = new JsonObject();
            object.addProperty("schema", 1);
            object.add("files", summaries);
            session.terminal().out().println(object);
        }
        return ExitCode.of(all);
    }

    private static String summary(Path file, List<Diagnostic> found) {
        long errors = found.stream().filter(Diagnostic::isError).count();
        long warnings = found.stream().filter(d -> d.severity() == Severity.WARNING).count();
        var parts = new ArrayList<String>();
        if (errors == 0) {
            parts.add("ok");
        }
        count(errors, "error", parts);
        count(warnings, "warning", parts);
        return Terminal.plain(file + ": " + String.join(", ", parts));
    }

    private static void count(long number, String what, List<String> parts) {
        if (number > 0) {
            parts.add(number + " " + what + (number == 1 ? "" : "s"));
        }
    }

    private static JsonObject object(Path file, Set<Diagnostic> found) {
        var diagnostics = new JsonArray();
        for (var diagnostic : found) {
            var json = new JsonObject();
            json.addProperty("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
            json.addProperty("code", diagnostic.code().id());
            json.addProperty("message", diagnostic.message());
            diagnostic
                    .position()
                    .ifPresent(
                            position -> {
                                json.addProperty("file", position.file());
                                json.addProperty("line", position.line());
                                json.addProperty("column", position.column());
                                json.addProperty("length", position.length());
                            });
            diagnostics.add(json);
        }
        var object = new JsonObject();
        object.addProperty("file", file.toString());
        object.addProperty("ok", found.stream().noneMatch(Diagnostic::isError));
        object.add("diagnostics", diagnostics);
        return object;
    }
}
