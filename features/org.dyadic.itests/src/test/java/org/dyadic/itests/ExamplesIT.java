package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution on real input: the first example, cut short, and what can go wrong around it.
 */
@Timeout(180)
class ExamplesIT {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/01-first-run").normalize();

    @TempDir Path folder;

    private Ended dyadic(Object... arguments) throws Exception {
        return dyadic(List.of(), arguments);
    }

    private Ended dyadic(List<String> flags, Object... arguments) throws Exception {
        return Ended.of(folder, 150, flags, arguments);
    }

    /** The example with 200 test images and 32 to calibrate on, somewhere else. */
    @BeforeEach
    void copyTheExample() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        edit("split test }", "split test  take 200 }");
        edit("take 256", "take 32");
    }

    private void edit(String old, String replacement) throws IOException {
        Path file = folder.resolve("first.dyadic");
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void whatIsSavedCanBeRunAgainWithTheSameResult() throws Exception {
        edit("expect accuracy of Float32 >= 92 %", "");
        edit("calibrate Calibration", "calibrate Calibration { blocks off }");
        var first = dyadic("run", "first.dyadic", "--json");
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(json(first.out()).get("specification").getAsString())
                .containsPattern("calibrate Calibration \\{ .*blocks off .*}");
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            Path run = runs.findFirst().orElseThrow();
            assertThat(run).isDirectoryContaining("glob:**report.html");
            assertThat(json(Files.readString(run.resolve("result.json"))))
                    .isEqualTo(json(first.out()));
            var again =
                    dyadic("run", run.resolve("experiment.dyadic"), "--json", "--runs", "again");
            assertThat(again.code()).as(again.err()).isZero();
            for (String part : List.of("outcomes", "policies")) {
                assertThat(json(again.out()).get(part)).isEqualTo(json(first.out()).get(part));
            }
        }
    }

    @Test
    void aPolicyIsShownLayerByLayerAndRankedByWhatItCosts() throws Exception {
        var rules = dyadic("inspect", "first.dyadic", "--policy", "Upot4", "--rules");
        assertThat(rules.code()).as(rules.err()).isZero();
        assertThat(rules.out()).containsPattern("/conv1/Conv +weights +\\d+ +first, last +uniform");
        var grids = dyadic("inspect", "first.dyadic", "--policy", "Upot4", "--json");
        assertThat(grids.code()).as(grids.err()).isZero();
        var run = dyadic("run", "first.dyadic", "--no-save", "--json");
        var layers = json(run.out()).getAsJsonArray("policies").get(3).getAsJsonObject();
        assertThat(layers.get("policy").getAsString()).isEqualTo("Upot4");
        for (int i = 0; i < 10; i++) {
            var inspected = json(grids.out()).getAsJsonArray("layers").get(i).getAsJsonObject();
            var quantized = layers.getAsJsonArray("layers").get(i).getAsJsonObject();
            for (String part : List.of("weights", "activations")) {
                inspected.getAsJsonObject(part).remove("rule");
                assertThat(inspected.get(part)).isEqualTo(quantized.get(part));
            }
        }
        var ranked =
                dyadic(
                        "sensitivity",
                        "first.dyadic",
                        "--policy",
                        "Upot4",
                        "--images",
                        20,
                        "--json");
        assertThat(ranked.code()).as(ranked.err()).isZero();
        assertThat(json(ranked.out()).getAsJsonArray("layers")).hasSize(10);
        var unknown = dyadic("sensitivity", "first.dyadic", "--policy", "Upot");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("unknown policy 'Upot'; there are").contains("Upot4?");
    }

    @Test
    void aMissedLimitEndsWithOne() throws Exception {
        edit("expect accuracy of Float32 >= 92 %", "expect accuracy of Uniform4 >= 99.9 %");
        var ended = dyadic("run", "first.dyadic", "--no-save");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("Upot4");
        assertThat(ended.err())
                .containsPattern(
                        "first.dyadic:\\d+:\\d+: error: expected accuracy of Uniform4 >= 99.9 % .* but was");
    }

    @Test
    void badFilesGetOneMessageAtTheirPlace() throws Exception {
        Path model = folder.resolve("models/resnet8-fashion.onnx");
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(whole, whole.length / 2));
        assertOneError("first.dyadic:5:22", "unreadable-file");
        Files.delete(model);
        assertOneError("first.dyadic:5:22", "unreadable-file");
        Files.write(model, whole);

        Path images = folder.resolve("data/t10k-images-idx3-ubyte.gz");
        byte[] data = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(data, 1000));
        var ended = dyadic("run", "first.dyadic");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines()).allMatch(line -> line.endsWith("[unreadable-file]"));
        Files.write(images, data);

        edit("array      16 x 16", "array      0 x 16");
        assertOneError("first.dyadic:20:16", "out-of-range");
        edit("array      0 x 16", "array      16 x 16");
        edit("clock      500 MHz", "clock      500 KiB");
        assertOneError("first.dyadic:19:16", "wrong-unit");
        edit("clock      500 KiB", "clock      500 MHz");
        edit("uses systolic", "uses sistolic");
        var missing = dyadic("run", "first.dyadic");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("Did you mean systolic?");
    }

    private void assertOneError(String place, String code) throws Exception {
        var ended = dyadic("run", "first.dyadic");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).as(ended.err()).hasSize(1);
        assertThat(ended.err()).startsWith(place).contains("error:").contains("[" + code + "]");
    }

    @Test
    void kernelsCanBeForcedAndThoseThatAreNotThereAreTold() throws Exception {
        edit("expect accuracy of Float32 >= 92 %", "");
        edit("Float32, Uniform4, Apot4, Upot4", "Uniform4");
        var scalar = dyadic(List.of("-Ddyadic.kernels=scalar"), "run", "first.dyadic", "--json");
        assertThat(scalar.code()).as(scalar.err()).isZero();
        var provenance = json(scalar.out()).getAsJsonObject("provenance");
        assertThat(provenance.get("kernels").getAsString()).isEqualTo("scalar");
        var none = dyadic(List.of("-Ddyadic.kernels=quantum"), "run", "first.dyadic", "--quiet");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.out()).isEmpty();
        assertThat(none.err())
                .startsWith("dyadic: -Ddyadic.kernels=quantum asks for kernels")
                .contains("there are: scalar", "leave -Ddyadic.kernels out")
                .hasLineCount(1);
    }

    @Test
    void resultsAreShownEvenIfTheyCannotBeSaved() throws Exception {
        Files.writeString(folder.resolve("runs"), "a file is in the way");
        edit("expect accuracy of Float32 >= 92 %", "");
        var ended = dyadic("run", "first.dyadic");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).contains("Upot4");
        assertThat(ended.err()).contains("--runs DIR");
    }
}
