package org.dyadic.workbench.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.report.Results;
import org.dyadic.api.workbench.Logs;
import org.dyadic.execution.PluginFailure;
import org.dyadic.workbench.report.LogJson;

/** Writes a run folder: whole, or not at all. */
final class RunFolder {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

    private static final String LOG = "log.jsonl";

    private RunFolder() {}

    static Path write(Results results, Path runs, Map<String, ReportWriter> writers, Logs log)
            throws IOException {
        Files.createDirectories(runs);
        String name =
                TIME.format(results.provenance().date())
                        + "-"
                        + results.experiment()
                        + "-"
                        + results.provenance().specification().substring(0, 8);
        Path draft = Files.createTempDirectory(runs, ".draft-");
        try {
            for (var writer : writers.entrySet()) {
                write(writer.getKey(), writer.getValue(), results, draft);
            }
            LogJson.write(log.since(results.provenance().date()), draft.resolve(LOG));
            Files.writeString(draft.resolve("experiment.dyadic"), results.specification());
            Attachments.write(results.outcomes(), draft);
            draft.toFile().setReadable(true, false);
            draft.toFile().setExecutable(true, false);
            return publish(draft, runs, name);
        } catch (IOException | RuntimeException failure) {
            delete(draft);
            throw failure;
        }
    }

    /**
     * A writer that fails for its own reasons leaves a note in place of its file, and the others
     * write.
     */
    private static void write(String id, ReportWriter writer, Results results, Path draft)
            throws IOException {
        String file = id; // what it has if it cannot even say its name
        try {
            String name = Guard.call("report " + id, "naming its file", writer::fileName);
            file = name;
            Guard.call(
                    "report " + id,
                    "writing " + name,
                    IOException.class,
                    () -> {
                        writer.write(results, draft.resolve(name));
                        return true;
                    });
        } catch (PluginFailure failure) {
            Files.deleteIfExists(draft.resolve(file));
            Files.writeString(
                    draft.resolve(file + ".failed"),
                    "this report could not be written: "
                            + failure.getMessage()
                            + System.lineSeparator());
        }
    }

    /** Renames the draft; two runs within one second get numbers. */
    private static Path publish(Path draft, Path runs, String name) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path folder = runs.resolve(attempt == 1 ? name : name + "-" + attempt);
            if (Files.exists(folder)) {
                continue;
            }
            try {
                return Files.move(draft, folder);
            } catch (FileAlreadyExistsException taken) {
                // Another process was faster: the next number.
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException ignored) {
            // What cannot be deleted is a hidden draft; the failure that matters is already on its
            // way.
        }
    }
}
