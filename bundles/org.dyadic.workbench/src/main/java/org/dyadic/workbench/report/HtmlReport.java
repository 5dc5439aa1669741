package org.dyadic.workbench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dyadic.api.report.ReportService;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.report.Results;
import org.osgi.service.component.annotations.Component;

/**
 * Results as one page for a browser: tables, charts, and for each layer how its values lie against
 * its levels. The page holds all it needs and loads nothing.
 *
 * <p>It carries the object of {@link JsonReport} and draws all it shows from that, so that nothing
 * is in the page that is not in {@code result.json}.
 */
@Component
@ReportService(id = "html")
public final class HtmlReport implements ReportWriter {

    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public void write(Results results, Path file) throws IOException {
        Files.writeString(file, html(results));
    }

    static String html(Results results) {
        var slots =
                Map.of(
                        "title", escaped(results.network().name()),
                        "licence", resource("uplot/LICENSE"),
                        "style", resource("uplot/uPlot.min.css") + resource("report.css"),
                        "charts", resource("uplot/uPlot.iife.min.js"),
                        "script", resource("report.js"),
                        "data", inScript(JsonReport.json(results)));
        // In one pass, so that nothing a user wrote is taken for a slot.
        return SLOT.matcher(resource("report.html"))
                .replaceAll(slot -> Matcher.quoteReplacement(slots.get(slot.group(1))));
    }

    /** JSON that no browser takes for the end of the script it stands in. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
