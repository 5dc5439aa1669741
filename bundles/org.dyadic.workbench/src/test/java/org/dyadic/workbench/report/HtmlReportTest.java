package org.dyadic.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PolicyResult;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.TensorResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    private static final String HOSTILE =
            "</script><script>document.title='taken over'</script>{{script}}<img src=x onerror=1>";

    @TempDir private Path folder;

    private static String html(Results results) {
        return HtmlReport.html(results);
    }

    private static JsonObject data(String html) {
        var matcher =
                Pattern.compile("<script id=\"results\"[^>]*>(.*?)</script>", Pattern.DOTALL)
                        .matcher(html);
        assertThat(matcher.find()).isTrue();
        return JsonParser.parseString(matcher.group(1)).getAsJsonObject();
    }

    @Test
    void thePageCarriesTheObjectOfTheJsonReport() {
        var results = SampleResults.resnet();
        assertThat(data(html(results))).isEqualTo(JsonParser.parseString(JsonReport.json(results)));
    }

    @Test
    void everySlotOfThePageIsFilled() {
        assertThat(html(SampleResults.resnet()))
                .doesNotContain("{{")
                .contains("uPlot=function", "Leon Sorokin");
    }

    @Test
    void thePageLoadsNothing() {
        var html = html(SampleResults.resnet());
        assertThat(html)
                .doesNotContainPattern("(?i)(src|href)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContainPattern("(?i)url\\(|@import|<link|fetch\\(|XMLHttpRequest")
                .contains("default-src 'none'");
    }

    @Test
    void namesOfUsersAreHarmless() {
        var html = html(SampleResults.named(HOSTILE));
        assertThat(html).doesNotContain("<script>document", "<img src=x");
        assertThat(data(html).getAsJsonObject("network").get("name").getAsString())
                .isEqualTo(HOSTILE);
        // Of the page's own scripts none ends early and none is added.
        assertThat(Pattern.compile("</script>").matcher(html).results().count()).isEqualTo(3);
    }

    @Test
    void aReportOfAResNetIsSmall() {
        assertThat(html(SampleResults.resnet()).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(2_000_000);
    }

    @Test
    void theFileIsThePage() throws IOException {
        var report = new HtmlReport();
        var file = folder.resolve(report.fileName());
        report.write(SampleResults.resnet(), file);
        assertThat(file).hasFileName("report.html").content().startsWith("<!doctype html>");
    }

    // ---- in a browser, where there is one

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(
                        path ->
                                Stream.of("chromium", "chromium-browser", "google-chrome")
                                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The page as a browser shows it, after its scripts have run, and what it logged. */
    private String shown(Results results) throws IOException, InterruptedException {
        return shown(results, "");
    }

    /**
     * @param script run after those of the page
     */
    private String shown(Results results, String script) throws IOException, InterruptedException {
        var browser = browser();
        assumeTrue(browser.isPresent(), "no chromium on the PATH to show the report in");
        var page = folder.resolve("report.html");
        new HtmlReport().write(results, page);
        Files.writeString(page, "<script>" + script + "</script>", StandardOpenOption.APPEND);
        var dom = folder.resolve("dom.html").toFile();
        var log = folder.resolve("log.txt").toFile();
        var process =
                new ProcessBuilder(
                                browser.get().toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--no-first-run",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--enable-logging=stderr",
                                "--virtual-time-budget=2000",
                                "--dump-dom",
                                page.toUri().toString())
                        .redirectOutput(dom)
                        .redirectError(log)
                        .start();
        boolean done = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(done).as("the browser ends").isTrue();
        assertThat(Files.readString(log.toPath())).doesNotContain("CONSOLE");
        return Files.readString(dom.toPath()).replaceAll("(?s)<(script|style)\\b.*?</\\1>", "");
    }

    @Test
    void aBrowserShowsEveryOutcomeAndChart() throws Exception {
        var dom = shown(SampleResults.resnet());
        assertThat(dom)
                .containsPattern("22 November 2026\\W+(at )?12:00 UTC")
                .contains("<h1>ResNet20 on Test</h1>", "91.10&nbsp;%", "(−0.63)", ">infeasible (1)")
                .contains("Accuracy against energy", "Accuracy against area", "<canvas")
                .contains("expectation-missed", "from \"models/resnet20.onnx\"")
                .doesNotContain("undefined", "NaN", "[object");
        assertThat(Pattern.compile("class=\"kind\">measured<").matcher(dom).results().count())
                .isEqualTo(18);
    }

    @Test
    void aBrowserShowsTheErrorOfEveryLayer() throws Exception {
        var dom = shown(SampleResults.resnet());
        assertThat(dom)
                .containsPattern(
                        "aria-label=\"SQNR of weights over 20 layers\\. Uniform4: lowest [0-9.]+ dB in"
                                + " \\S+; Apot4: lowest")
                .containsPattern("aria-label=\"SQNR of activations over 20 layers")
                .containsPattern("SQNR of weights, layer by layer <[^>]*class=\"kind\">measured<")
                .doesNotContainPattern("aria-label=\"SQNR of[^\"]*Float32");
        assertThat(Pattern.compile("class=\"swatch\"").matcher(dom).results().count())
                .as("the policies that quantize")
                .isEqualTo(3);
    }

    /** Opens everything there is to open. */
    private static final String OPEN_ALL =
            "for (const d of document.querySelectorAll('details')) d.open = true;"
                    + "setTimeout(() => document.querySelectorAll('button.layer')"
                    + ".forEach((b) => b.click()), 200);";

    @Test
    void aBrowserShowsSubsetsLevelsAndCertificatesOfEveryLayer() throws Exception {
        var dom = shown(SampleResults.resnet(), OPEN_ALL);
        assertThat(dom)
                .contains(">± {0, 1, 2, 4} + {0, 8}<", ">proven best<")
                .contains(">at most 0.21 dB from the best<")
                .contains(">Kernel</th>", ">int32</td>", ">int16 in blocks of 96</td>")
                .contains(
                        "41,448 candidates, 41,400 pruned, 48 evaluated; squared error 0.0105,"
                                + " lower bound 0.01;")
                .containsPattern(
                        "aria-label=\"Histogram of [0-9,]+ weights from [^\"]* levels from")
                .containsPattern("aria-label=\"Histogram of [0-9,]+ activations from [^\"]* levels")
                .doesNotContain("undefined", "NaN", "[object");
    }

    @Test
    void aBrowserShowsTheRangeOfManyLevels() throws Exception {
        var sample = SampleResults.resnet();
        var layer = sample.policies().get(1).layers().get(0);
        var wide =
                new LayerResult(
                        "wide",
                        layer.kind(),
                        layer.macs(),
                        layer.parameters(),
                        wide(layer.weights(), -32_767, 32_767),
                        wide(layer.activations(), 0, 65_535));
        var policy = new PolicyResult("Uniform16", List.of(wide));
        var dom = shown(SampleResults.with(List.of(policy), sample.outcomes(), Map.of()), OPEN_ALL);
        assertThat(dom)
                .contains(">Levels (65535)<", ">-32767, -32766, \u2026, 32767 (every integer)<")
                .contains(">Levels (65536)<", ">0, 1, \u2026, 65535 (every integer)<")
                .containsPattern("against 65536 levels from 0 to 65535\"")
                .doesNotContain("undefined", "NaN", "[object");
    }

    private static TensorResult wide(TensorResult tensor, int from, int to) {
        return new TensorResult(
                tensor.quantizer(),
                "{ bits 16 }",
                16,
                "16-bit integer",
                tensor.sqnr(),
                IntStream.rangeClosed(from, to).boxed().toList(),
                tensor.scales(),
                tensor.certificate(),
                tensor.histogram());
    }

    @Test
    void aBrowserShowsWhatBindsEachLayer() throws Exception {
        var dom = shown(SampleResults.resnet(), OPEN_ALL);
        assertThat(dom)
                .containsPattern("aria-label=\"Roofline of [^\"]*: 20 layers\"")
                .contains(">MACs a byte</th>", ">Bound by</th>", ">compute<", ">memory<")
                .doesNotContain("undefined", "NaN", "[object");
    }

    @Test
    void pointingAtALayerTellsItsName() throws Exception {
        var point =
                "setTimeout(() => { const over = document.querySelector('.errors .u-over');"
                        + "const box = over.getBoundingClientRect();"
                        + "for (const type of ['mouseenter', 'mousemove']) over.dispatchEvent("
                        + "new MouseEvent(type, {bubbles: true, clientX: box.left + 2,"
                        + " clientY: box.top + 5})); }, 500);";
        assertThat(shown(SampleResults.resnet(), point))
                .containsPattern(
                        "class=\"readout[^>]*>conv1: Uniform4 [0-9.]+ dB, Apot4 [0-9.]+ dB, Upot4");
    }

    @Test
    void aBrowserShowsAHostileNameAsText() throws Exception {
        var dom = shown(SampleResults.named(HOSTILE));
        assertThat(dom)
                .contains("<h1>&lt;/script&gt;&lt;script&gt;document.title")
                .doesNotContain("<title>taken over");
    }

    @Test
    void aBrowserShowsOverflows() throws Exception {
        var accuracy =
                new Accuracy(0.3, 0.9, 100, 100, 1_234, "integer, 8-bit accumulator", Map.of());
        var dom =
                shown(
                        SampleResults.with(
                                List.of(),
                                List.of(
                                        new Outcome.Completed(
                                                "P",
                                                Optional.empty(),
                                                Optional.of(accuracy),
                                                Optional.empty())),
                                Map.of()));
        assertThat(dom).contains("(1)", "1,234 sums overflowed the accumulator");
    }

    @Test
    void aBrowserShowsARunThatWasStoppedAndOneThatBroke() throws Exception {
        var some =
                Optional.of(
                        new Accuracy(0.9, 0.99, 4_200, 10_000, 0, "integer datapath", Map.of()));
        var dom =
                shown(
                        SampleResults.with(
                                List.of(),
                                List.of(
                                        new Outcome.Interrupted("P", Optional.empty(), some),
                                        new Outcome.Broken(
                                                "Q",
                                                Optional.empty(),
                                                Optional.empty(),
                                                "quantizer wild",
                                                "it threw")),
                                Map.of("load", Double.NaN)));
        assertThat(dom)
                .contains("stopped before it was finished", "measured, 4,200 of 10,000")
                .contains("(1)", "quantizer wild: it threw")
                .doesNotContain("undefined", "NaN", "<canvas");
    }
}
