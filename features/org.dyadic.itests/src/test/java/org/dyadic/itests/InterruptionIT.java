package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signal of Ctrl-C to a run of the first example, wherever it is just then. */
@Timeout(120)
class InterruptionIT {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/01-first-run").normalize();
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    /** A second or two is what is meant; a machine that tests in parallel is slower. */
    private static final Duration SOON = Duration.ofSeconds(6);

    /** Zeros that no disk has to hold: enough that executing them takes a while. */
    private static final int IMAGES = 2_000_000;

    @TempDir Path folder;
    private Process process;

    @BeforeEach
    void copyTheExample() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.createDirectory(folder.resolve("zeros"));
        write("zeros/t10k-images-idx3-ubyte", 16 + 784L * IMAGES, 0x803, IMAGES, 28, 28);
        write("zeros/t10k-labels-idx1-ubyte", 8 + IMAGES, 0x801, IMAGES);
        edit(
                "/** All 10,000 test images. */",
                "dataset Zeros from \"zeros\" as idx { split test }\n");
        edit("expect accuracy of Float32 >= 92 %", "");
        edit("accelerators IntegerArray, ShiftArray", "");
    }

    private void write(String file, long size, int... header) throws IOException {
        try (var content = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
            for (int number : header) {
                content.writeInt(number);
            }
            content.setLength(size);
        }
    }

    private void edit(String old, String replacement) throws IOException {
        Path file = folder.resolve("first.dyadic");
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void start(Object... arguments) throws IOException {
        // Whoever builds in the background has told all its children to ignore the signal.
        var words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(List.of(JAVA.toString(), "-XX:+UseSerialGC", "-cp", HOME + "/lib/*"));
        if (Runtime.version().feature() >= 23) {
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.add("org.dyadic.launcher.Main");
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private void awaitOnStandardError(String words) throws Exception {
        while (!err().contains(words)) {
            assertThat(process.isAlive()).as("still running, having said: %s", err()).isTrue();
            Thread.sleep(20);
        }
    }

    /** Sends the signal after a while, and sees the process end soon, as one that was stopped. */
    private void interruptAfter(long millis) throws Exception {
        Thread.sleep(millis);
        assertThat(process.isAlive()).as("still running, having said: %s", err()).isTrue();
        long sent = System.nanoTime();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, SECONDS)).as("ends by itself").isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(SOON);
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(err()).doesNotContainPattern("\\n\\s+at [a-z]").doesNotContain("internal error");
    }

    private JsonObject results() throws IOException {
        var out = Files.readString(folder.resolve("out"));
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            var saved = Files.readString(runs.findFirst().orElseThrow().resolve("result.json"));
            assertThat(saved).as("what is kept is what is printed").isEqualTo(out);
        }
        var results = JsonParser.parseString(out).getAsJsonObject();
        assertThat(results.get("status").getAsString()).isEqualTo("interrupted");
        return results;
    }

    private static JsonObject outcome(JsonObject results, String policy) {
        for (var outcome : results.getAsJsonArray("outcomes")) {
            if (outcome.getAsJsonObject().get("policy").getAsString().equals(policy)) {
                return outcome.getAsJsonObject();
            }
        }
        throw new AssertionError("no outcome of " + policy);
    }

    @Test
    void whileImagesAreExecutedTheAccuracyOfThoseDoneIsKept() throws Exception {
        edit("dataset      Test", "dataset      Zeros");
        edit("Float32, Uniform4, Apot4, Upot4", "Uniform4, Float32");
        edit("take 256", "take 16");
        start("run", "first.dyadic", "--json");
        awaitOnStandardError("Uniform4: calibrate: ");
        interruptAfter(1500);
        var accuracy = outcome(results(), "Uniform4").getAsJsonObject("accuracy");
        assertThat(accuracy.get("images").getAsInt()).isPositive().isLessThan(IMAGES);
        assertThat(accuracy.get("of").getAsInt()).isEqualTo(IMAGES);
        var float32 = outcome(results(), "Float32");
        assertThat(float32.get("status").getAsString()).isEqualTo("interrupted");
        assertThat(float32.has("accuracy")).isFalse();
    }

    @Test
    void whileAPolicyIsCalibratedWhatIsFinishedIsKept() throws Exception {
        edit("split test }", "split test  take 500 }");
        edit("take 256", "take 4000");
        start("run", "first.dyadic", "--json");
        awaitOnStandardError("Float32: execute: ");
        interruptAfter(2000);
        var results = results();
        assertThat(outcome(results, "Float32").get("status").getAsString()).isEqualTo("ok");
        var stopped = outcome(results, "Uniform4");
        assertThat(stopped.get("status").getAsString()).isEqualTo("interrupted");
        assertThat(stopped.has("accuracy")).isFalse();
    }

    @Test
    void whileAQuantizerSearches() throws Exception {
        edit(
                "default            weights upot { bits 4  exponents 6 }",
                "default            weights upot { bits 5  exponents 8  budget 2000000000 }");
        edit("Float32, Uniform4, Apot4, Upot4", "Float32, Upot4");
        edit("split test }", "split test  take 500 }");
        edit("take 256", "take 8");
        start("run", "first.dyadic", "--json");
        awaitOnStandardError("Float32: execute: ");
        interruptAfter(8000);
        var stopped = outcome(results(), "Upot4");
        assertThat(stopped.get("status").getAsString()).isEqualTo("interrupted");
        assertThat(stopped.has("accuracy")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 800, 1300, 1800, 2500})
    void whereverItIs(int millis) throws Exception {
        edit("dataset      Test", "dataset      Zeros");
        start("run", "first.dyadic");
        interruptAfter(millis);
    }
}
