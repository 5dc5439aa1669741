package org.dyadic.workbench.report;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.workbench.LogLine;

/** Writes {@code log.jsonl}: a JSON object a line, in the order of time. */
public final class LogJson {

    private LogJson() {}

    /** Writes the whole file. */
    public static void write(List<LogLine> lines, Path file) throws IOException {
        Files.write(file, (Iterable<String>) lines.stream().map(LogJson::json)::iterator);
    }

    private static String json(LogLine line) {
        var json = new JsonObject();
        json.addProperty("time", line.time().toString());
        json.addProperty("level", line.level().name().toLowerCase(java.util.Locale.ROOT));
        json.addProperty("bundle", line.bundle());
        json.addProperty("version", line.version());
        if (!line.plugin().isEmpty()) {
            json.addProperty("plugin", line.plugin());
        }
        json.addProperty("logger", line.logger());
        json.addProperty("message", line.message());
        line.trace().ifPresent(trace -> json.addProperty("exception", trace));
        return JsonReport.text(json);
    }
}
