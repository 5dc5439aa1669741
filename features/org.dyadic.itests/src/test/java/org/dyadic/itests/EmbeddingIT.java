package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first example, cut short, where Dyadic is a guest: in a plain program and in Equinox. */
@Timeout(value = 5, unit = MINUTES)
class EmbeddingIT {
    private static final Path ROOT = path("dyadic.root");
    private static final Path HOME = path("dyadic.distribution");
    private static final Path PAGE = ROOT.resolve("bundles/org.dyadic.embedded/README.md");
    private static final Pattern PROGRAM = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @TempDir Path folder;

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }

    @BeforeEach
    void copyTheExample() throws IOException {
        Path example = ROOT.resolve("examples/01-first-run");
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(example.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path file = folder.resolve("first.dyadic");
        String text =
                Files.readString(file)
                        .replace("split test }", "split test  take 200 }")
                        .replace("take 256", "take 32")
                        .replace("Float32, Uniform4, Apot4, Upot4", "Uniform4")
                        .replaceAll("(?m)^ *expect .*$", "");
        assertThat(text).contains("take 200", "take 32", "policies     Uniform4\n");
        Files.writeString(file, text);
    }

    private record Ended(int code, String out, String err) {}

    private Ended java(Object... arguments) throws Exception {
        var words =
                new ArrayList<String>(List.of(path("java.home").resolve("bin/java").toString()));
        if (Runtime.version().feature() >= 23) {
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        return run(new ProcessBuilder(words));
    }

    private Ended run(ProcessBuilder builder) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder.directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        boolean ended = process.waitFor(3, MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself: %s", Files.readString(err)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** What must not depend on where Dyadic runs. */
    private static List<Object> results(Ended ended) {
        assertThat(ended.code()).as(ended.err()).isZero();
        JsonObject all = JsonParser.parseString(ended.out()).getAsJsonObject();
        assertThat(all.getAsJsonArray("outcomes")).as("outcomes").isNotEmpty();
        return List.of(all.get("outcomes"), all.get("policies"), all.get("specification"));
    }

    /** In Felix, by the launcher. */
    private List<Object> usual() throws Exception {
        return results(
                java(
                        "-cp",
                        HOME + "/lib/*",
                        "org.dyadic.launcher.Main",
                        "run",
                        "first.dyadic",
                        "--json",
                        "--no-save",
                        "--quiet",
                        "--seed",
                        1));
    }

    private static String block(Pattern pattern) throws IOException {
        var found = pattern.matcher(Files.readString(PAGE));
        assertThat(found.find()).as("%s in %s", pattern, PAGE).isTrue();
        return found.group(1);
    }

    @Test
    void thePlainProgramOfThePageHasTheSameResults() throws Exception {
        String program = block(PROGRAM);
        assertThat(program.substring(program.indexOf("main(")).lines())
                .as("lines from main on")
                .hasSizeLessThanOrEqualTo(10);
        Files.writeString(folder.resolve("Embedded.java"), program);
        var shell = new ProcessBuilder("bash", "-e", "-c", block(COMMAND));
        shell.environment().put("DYADIC_HOME", HOME.toString());
        shell.environment()
                .put("PATH", path("java.home").resolve("bin") + ":" + System.getenv("PATH"));
        assertThat(results(run(shell))).isEqualTo(usual());
    }

    @Test
    void theBundlesHaveTheSameResultsInEquinox() throws Exception {
        Path equinox = path("dyadic.equinox");
        Path program = ROOT.resolve("features/org.dyadic.itests/src/test/programs/InEquinox.java");
        Ended ended =
                java(
                        "-cp",
                        equinox + "/*",
                        program,
                        HOME.resolve("bundles"),
                        folder.resolve("storage"),
                        "run",
                        "first.dyadic",
                        "--json",
                        "--no-save",
                        "--quiet",
                        "--seed",
                        1);
        assertThat(ended.err()).contains("framework: org.eclipse.osgi");
        assertThat(ended.err().lines().filter(line -> line.startsWith("left out: ")))
                .as("bundles that Equinox does not start")
                .isSubsetOf("left out: org.dyadic.kernels.vector"); // without its module
        assertThat(results(ended)).isEqualTo(usual());
    }
}
