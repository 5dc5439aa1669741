package org.dyadic.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Histogram;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PolicyResult;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {

    private final Results results = SampleResults.resnet();
    private final JsonObject json = parse(results);

    private static JsonObject parse(Results results) {
        // Strict, unlike parseString: NaN and Infinity are refused.
        var reader =
                new com.google.gson.stream.JsonReader(new StringReader(JsonReport.json(results)));
        reader.setStrictness(com.google.gson.Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    private static Outcome.Completed completed(Results results) {
        return results.outcomes().stream()
                .filter(Outcome.Completed.class::isInstance)
                .map(Outcome.Completed.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> objects(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private JsonObject outcome(String policy, String accelerator) {
        return objects(json.get("outcomes")).stream()
                .filter(
                        outcome ->
                                outcome.get("policy").getAsString().equals(policy)
                                        && outcome.get("accelerator")
                                                .getAsString()
                                                .equals(accelerator))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isOneLine() {
        assertThat(JsonReport.json(results)).doesNotContain("\n").startsWith("{").endsWith("}");
    }

    @Test
    void saysWhichSchemaItFollowsAndWhatWasRun() {
        assertThat(json.get("schema").getAsInt()).isEqualTo(1);
        assertThat(json.get("experiment").getAsString()).isEqualTo("Main");
        assertThat(json.get("status").getAsString()).isEqualTo("complete");
        assertThat(json.get("specification").getAsString()).isEqualTo(results.specification());
        var network = json.getAsJsonObject("network");
        assertThat(network.get("name").getAsString()).isEqualTo("ResNet20");
        assertThat(network.get("file").getAsString()).isEqualTo("models/resnet20.onnx");
        assertThat(network.get("sha256").getAsString()).isEqualTo("9f86d081884c7d65");
        assertThat(network.get("macs").getAsLong()).isEqualTo(40_551_040);
        assertThat(network.get("parameters").getAsLong()).isEqualTo(269_722);
        var dataset = json.getAsJsonObject("dataset");
        assertThat(dataset.get("name").getAsString()).isEqualTo("Test");
        assertThat(dataset.get("images").getAsInt()).isEqualTo(10_000);
        assertThat(dataset.get("sha256").getAsString()).isEqualTo("60303ae22b998861");
    }

    @Test
    void anOutcomeHoldsEveryFigureOfItsRecord() {
        var expected = completed(results);
        var hardware = expected.hardware().orElseThrow();
        var outcome = outcome(expected.policy(), expected.accelerator().orElseThrow());

        assertThat(outcome.get("status").getAsString()).isEqualTo("ok");
        assertThat(outcome.get("simulator").getAsString()).isEqualTo("analytic");
        assertThat(outcome.get("cycles").getAsLong()).isEqualTo(hardware.cycles());
        assertFigure(outcome, "latency", hardware.latency().quantity().in(Unit.SECOND), "s");
        assertFigure(outcome, "energy", hardware.energy().quantity().in(Unit.JOULE), "J");
        assertFigure(outcome, "area", hardware.area().quantity().in(Unit.SQUARE_MILLIMETRE), "mm2");
        assertThat(outcome.getAsJsonObject("latency").get("kind").getAsString())
                .isEqualTo("simulated");
        assertThat(outcome.getAsJsonObject("energy").get("kind").getAsString())
                .isEqualTo("modelled");
        assertThat(outcome.getAsJsonObject("area").get("source").getAsString())
                .isEqualTo("table-45nm");

        var accuracy = outcome.getAsJsonObject("accuracy");
        var measured = expected.accuracy().orElseThrow();
        assertThat(accuracy.get("top1").getAsDouble()).isEqualTo(measured.top1());
        assertThat(accuracy.get("top5").getAsDouble()).isEqualTo(measured.top5());
        assertThat(accuracy.get("images").getAsInt()).isEqualTo(10_000);
        assertThat(accuracy.get("kind").getAsString()).isEqualTo("measured");
        assertThat(accuracy.get("arithmetic").getAsString()).isEqualTo("integer datapath");
        var kernels = accuracy.getAsJsonObject("kernels");
        assertThat(kernels.keySet()).containsExactlyElementsOf(measured.kernels().keySet());
        assertThat(kernels.get("conv1").getAsString()).isEqualTo("int32");
    }

    private static void assertFigure(JsonObject of, String name, double value, String unit) {
        var figure = of.getAsJsonObject(name);
        assertThat(figure.get("value").getAsDouble()).as(name).isEqualTo(value);
        assertThat(figure.get("unit").getAsString()).as(name).isEqualTo(unit);
    }

    @Test
    void theAreaIsGivenWithItsParts() {
        var area = outcome("Upot4", "ShiftArray").getAsJsonObject("area");
        double parts =
                objects(area.get("shares")).stream()
                        .mapToDouble(share -> share.get("value").getAsDouble())
                        .sum();
        assertThat(parts).isEqualTo(area.get("value").getAsDouble());
        assertThat(objects(area.get("shares")))
                .extracting(share -> share.get("purpose").getAsString())
                .contains("multipliers", "buffers");
    }

    @Test
    void aLayerOfAnOutcomeJoinsWhatThePolicyAndTheAcceleratorMadeOfIt() {
        var expected = completed(results);
        var hardware = expected.hardware().orElseThrow().layers().get(3);
        var quantized =
                results.policies().stream()
                        .filter(policy -> policy.policy().equals(expected.policy()))
                        .findFirst()
                        .orElseThrow()
                        .layers()
                        .get(3);
        var layer = objects(outcome(expected.policy(), "ShiftArray").get("layers")).get(3);

        assertThat(layer.get("name").getAsString()).isEqualTo(quantized.name());
        assertThat(layer.get("macs").getAsLong()).isEqualTo(quantized.macs());
        assertThat(layer.get("cycles").getAsLong()).isEqualTo(hardware.estimate().cycles());
        assertThat(layer.get("utilisation").getAsDouble())
                .isEqualTo(hardware.estimate().utilisation());
        var roofline = layer.getAsJsonObject("roofline");
        var roof = hardware.roofline().orElseThrow();
        assertThat(roofline.get("intensity").getAsDouble()).isEqualTo(roof.intensity());
        assertThat(roofline.get("attainable").getAsDouble()).isEqualTo(roof.attainable());
        assertThat(roofline.get("achieved").getAsDouble()).isEqualTo(roof.achieved());
        assertThat(roofline.get("bound").getAsString())
                .isEqualTo(roof.boundByMemory() ? "memory" : "compute");
        assertThat(roofline.get("kind").getAsString()).isEqualTo("simulated");
        assertThat(layer.getAsJsonObject("dram").get("read").getAsDouble())
                .isEqualTo(hardware.estimate().activity().dramReadBits() / 8.0);
        assertThat(layer.getAsJsonObject("energy").get("value").getAsDouble())
                .isEqualTo(
                        hardware.energy().stream()
                                .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                                .sum());
        var weights = layer.getAsJsonObject("weights");
        assertThat(weights.get("quantizer").getAsString()).isEqualTo("uniform");
        assertThat(weights.get("bits").getAsInt()).isEqualTo(4);
        assertThat(weights.get("sqnr").getAsDouble())
                .isEqualTo(quantized.weights().sqnr().orElseThrow());
        assertThat(integers(weights.getAsJsonArray("levels")))
                .isEqualTo(quantized.weights().levels());
    }

    @Test
    void manyLevelsWithoutGapsAreARange() {
        var json = JsonReport.tensor(withLevels(IntStream.rangeClosed(-32_767, 32_767)));
        assertThat(json.getAsJsonArray("levels")).isEmpty();
        assertThat(json.get("levelRange")).hasToString("{\"from\":-32767,\"to\":32767}");
        for (var listed :
                List.of(IntStream.range(0, 256), IntStream.range(0, 257).map(x -> 2 * x))) {
            var levels = listed.boxed().toList();
            json = JsonReport.tensor(withLevels(levels.stream().mapToInt(x -> x)));
            assertThat(integers(json.getAsJsonArray("levels"))).isEqualTo(levels);
            assertThat(json.has("levelRange")).isFalse();
        }
    }

    private static TensorResult withLevels(IntStream levels) {
        return new TensorResult(
                "uniform",
                "{ bits 16 }",
                16,
                "16-bit signed integer",
                Optional.empty(),
                levels.boxed().toList(),
                List.of(1.0),
                Optional.empty(),
                new Histogram(0, 1, List.of(1L)));
    }

    private static List<Integer> integers(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsInt).toList();
    }

    @Test
    void aPolicyHoldsHistogramScalesAndCertificateOfEachLayer() {
        var expected = results.policies().get(3).layers().get(1).weights();
        var weights =
                objects(objects(json.get("policies")).get(3).get("layers"))
                        .get(1)
                        .getAsJsonObject("weights");

        assertThat(weights.get("encoding").getAsString()).isEqualTo(expected.encoding());
        assertThat(weights.get("settings").getAsString()).isEqualTo(expected.settings());
        assertThat(weights.getAsJsonArray("scales")).hasSize(16);
        var certificate = weights.getAsJsonObject("certificate");
        assertThat(certificate.get("candidates").getAsLong()).isEqualTo(41_448);
        assertThat(certificate.get("pruned").getAsLong()).isEqualTo(41_400);
        assertThat(certificate.get("squaredError").getAsDouble()).isEqualTo(0.0105);
        assertThat(certificate.get("proven").getAsBoolean()).isTrue();
        assertThat(certificate.get("gap").getAsDouble()).isZero();
        var histogram = weights.getAsJsonObject("histogram");
        assertThat(histogram.get("low").getAsDouble()).isEqualTo(expected.histogram().low());
        assertThat(integers(histogram.getAsJsonArray("counts")))
                .containsExactlyElementsOf(
                        expected.histogram().counts().stream().map(Long::intValue).toList());
    }

    @Test
    void everyWayNotToComeOutIsTold() {
        var policy = "P";
        var on = Optional.of("A");
        var some = Optional.of(new Accuracy(0.5, 0.9, 40, 100, 3, "integer datapath", Map.of()));
        var outcomes =
                objects(
                        parse(
                                        SampleResults.with(
                                                List.of(),
                                                List.of(
                                                        new Outcome.Infeasible(
                                                                policy, on, some, "too wide"),
                                                        new Outcome.Broken(
                                                                policy,
                                                                on,
                                                                Optional.empty(),
                                                                "simulator x",
                                                                "it threw"),
                                                        new Outcome.Interrupted(policy, on, some),
                                                        new Outcome.Completed(
                                                                policy,
                                                                Optional.empty(),
                                                                some,
                                                                Optional.empty())),
                                                Map.of()))
                                .get("outcomes"));

        assertThat(outcomes)
                .extracting(outcome -> outcome.get("status").getAsString())
                .containsExactly("infeasible", "broken", "interrupted", "ok");
        assertThat(outcomes.get(0).get("reason").getAsString()).isEqualTo("too wide");
        assertThat(outcomes.get(1).get("plugin").getAsString()).isEqualTo("simulator x");
        assertThat(outcomes.get(1).has("accuracy")).isFalse();
        assertThat(outcomes.get(2).getAsJsonObject("accuracy").get("of").getAsInt()).isEqualTo(100);
        assertThat(outcomes.get(3).has("accelerator")).isFalse();
    }

    @Test
    void anInterruptedRunSaysSo() {
        var interrupted =
                parse(
                        SampleResults.with(
                                List.of(),
                                List.of(
                                        new Outcome.Interrupted(
                                                "P", Optional.empty(), Optional.empty())),
                                Map.of()));
        assertThat(interrupted.get("status").getAsString()).isEqualTo("interrupted");
        assertThat(interrupted.has("dataset")).isFalse();
    }

    @Test
    void aNumberThatIsNotFiniteIsNull() {
        var exact =
                new TensorResult(
                        "uniform",
                        "{ bits 8 }",
                        8,
                        "8-bit signed integer",
                        Optional.of(Double.POSITIVE_INFINITY),
                        List.of(0),
                        List.of(1.0),
                        Optional.empty(),
                        new Histogram(0, 0, List.of(1L)));
        var layer = new LayerResult("a", "dense", 1, 1, exact, exact);
        var strange =
                parse(
                        SampleResults.with(
                                List.of(new PolicyResult("P", List.of(layer))),
                                List.of(
                                        new Outcome.Completed(
                                                "P",
                                                Optional.empty(),
                                                Optional.of(
                                                        new Accuracy(
                                                                Double.NaN,
                                                                0,
                                                                0,
                                                                0,
                                                                0,
                                                                "float32",
                                                                Map.of())),
                                                Optional.empty())),
                                Map.of("load", Double.NaN)));

        assertThat(strange.toString()).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(objects(strange.get("outcomes")).get(0).getAsJsonObject("accuracy").get("top1"))
                .matches(JsonElement::isJsonNull);
        assertThat(
                        objects(objects(strange.get("policies")).get(0).get("layers"))
                                .get(0)
                                .getAsJsonObject("weights")
                                .get("sqnr"))
                .matches(JsonElement::isJsonNull);
    }

    @Test
    void provenanceTimingsAndDiagnosticsAreComplete() {
        var provenance = json.getAsJsonObject("provenance");
        assertThat(provenance.get("date").getAsString()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(provenance.get("dyadic").getAsString()).isEqualTo("0.1.0");
        assertThat(provenance.get("seed").getAsLong()).isEqualTo(1);
        assertThat(provenance.get("kernels").getAsString()).isEqualTo("scalar");
        assertThat(provenance.get("specification").getAsString()).isEqualTo("fcde2b2edba56bf4");
        assertThat(objects(provenance.get("plugins")).get(2))
                .isEqualTo(
                        JsonParser.parseString(
                                "{'id':'upot-array','kind':'backend','bundle':'org.dyadic.backends','version':'0.1.0','documentation':'made"
                                        + " up'}"));
        assertThat(json.getAsJsonObject("timings").keySet())
                .containsExactlyElementsOf(results.timings().keySet());
        assertThat(objects(json.get("diagnostics")).get(1))
                .isEqualTo(
                        JsonParser.parseString(
                                "{'severity':'error','code':'expectation-missed','message':"
                                        + "'accuracy of Uniform4 is 90.2 %, expected >= 91 %',"
                                        + "'file':'first.dyadic','line':34,'column':5,"
                                        + "'length':30}"));
    }

    @Test
    void theFileHoldsTheSameObject(@TempDir Path folder) throws IOException {
        var file = folder.resolve(new JsonReport().fileName());
        new JsonReport().write(results, file);
        assertThat(file).hasFileName("result.json");
        assertThat(Files.readString(file)).isEqualTo(JsonReport.json(results) + "\n");
    }
}
