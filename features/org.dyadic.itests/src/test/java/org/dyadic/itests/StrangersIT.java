package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the pages for authors of plugins promise, done by the letter outside of this tree: Maven
 * knows nothing of Dyadic but what {@code dyadic-sdk} would publish.
 */
@Timeout(value = 10, unit = MINUTES)
class StrangersIT {
    private static final Path ROOT = path("dyadic.root");
    private static final Path HOME = path("dyadic.distribution");
    private static final Path JAVA = path("java.home");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern ANSWERS = Pattern.compile("(?ms)^```text\\n(.*?)^```$");

    @TempDir Path folder;

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }

    /** {@code mvn} and {@code dyadic}, as a stranger has them on the path. */
    @BeforeEach
    void installTheTools() throws IOException {
        // Maven looks here first, and finds what it needs besides where this build found it.
        Path repository = path("dyadic.outside");
        copy(path("dyadic.sdk"), repository);
        tool(
                "mvn",
                "%s -B -ntp -Dstyle.color=never -Dmaven.repo.local=%s -Dmaven.repo.local.tail=%s"
                        .formatted(
                                quoted(ROOT.resolve("mvnw")),
                                quoted(repository),
                                quoted(path("dyadic.local.repository"))));
        tool("dyadic", quoted(JAVA.resolve("bin/java")) + " " + flags());
    }

    private static String flags() {
        String felix =
                Runtime.version().feature() >= 23
                        ? "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
                                + " "
                        : "";
        return felix + "-cp " + quoted(HOME.resolve("lib")) + "/'*' org.dyadic.launcher.Main";
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    private void tool(String name, String command) throws IOException {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (Stream.of("target", "runs").noneMatch(relative::startsWith)) {
                    Path copy = to.resolve(relative.toString());
                    Files.createDirectories(copy.getParent());
                    Files.deleteIfExists(copy);
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Runs all commands of a page, one shell for all, and answers what they printed. */
    private String follow(String page, Path where) throws Exception {
        String script = found(COMMANDS, page).collect(Collectors.joining());
        assertThat(script).as("commands of the page").isNotBlank();
        Path output = folder.resolve("output");
        var builder =
                new ProcessBuilder("bash", "-e", "-c", script)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("JAVA_HOME", JAVA.toString());
        environment.put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        environment.remove("MAVEN_OPTS"); // the options of this build are not a stranger's
        environment.remove("MAVEN_ARGS");
        Process process = builder.start();
        boolean ended = process.waitFor(8, MINUTES);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertThat(ended).as("ends by itself: %s", printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        found(ANSWERS, page).flatMap(String::lines).forEach(line -> assertContains(printed, line));
        return printed;
    }

    /** However wide the columns are. */
    private static void assertContains(String printed, String line) {
        assertThat(printed.replaceAll(" +", " ")).contains(line.strip().replaceAll(" +", " "));
    }

    private static Stream<String> found(Pattern block, String page) {
        return block.matcher(page).results().map((MatchResult match) -> match.group(1));
    }

    private static void assertOneBundle(Path project, String name, String... components)
            throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(project)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        assertThat(jars).as("bundles of %s", project).hasSize(1);
        try (var jar = new JarFile(jars.get(0).toFile())) {
            var headers = jar.getManifest().getMainAttributes();
            assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo(name);
            assertThat(headers.getValue("Service-Component").split(",")).hasSize(components.length);
            assertThat(headers.getValue("Service-Component")).contains(components);
            // The manifest quotes versions, whose commas separate nothing.
            assertThat(headers.getValue("Import-Package").replaceAll("\"[^\"]*\"", "").split(","))
                    .as("what it imports")
                    .allMatch(one -> one.startsWith("org.dyadic.api.") || one.startsWith("java."));
        }
    }

    private Path copyOfTheExample(String name) throws IOException {
        copy(ROOT.resolve("examples/01-first-run"), folder.resolve("01-first-run"));
        copy(ROOT.resolve("examples").resolve(name), folder.resolve(name));
        return folder.resolve(name);
    }

    private static String readme(Path project) throws IOException {
        return Files.readString(project.resolve("README.md"));
    }

    @Test
    void thePageOnAQuantizerOfOnesOwnHoldsOutside() throws Exception {
        Path project = copyOfTheExample("06-your-own-quantizer");
        assertThat(readme(project).lines()).as("lines to read").hasSizeLessThanOrEqualTo(60);
        String printed = follow(readme(project), project);
        assertThat(printed)
                .containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0, Skipped: 0")
                .containsPattern("(?m)^Minifloat4 +IntegerArray +\\d\\d\\.\\d+ .* ok$");
        assertOneBundle(project, "minifloat", "MinifloatQuantizer");
    }

    @Test
    void thePageOnABackendOfOnesOwnHoldsOutside() throws Exception {
        Path project = copyOfTheExample("07-your-own-backend");
        String printed = follow(readme(project), project);
        assertThat(printed)
                .containsPattern("(?m)^Uniform4 +BitSerial +\\d\\d\\.\\d+ +\\d+ .* ok$")
                .containsPattern("(?m)^Uniform2 +BitSerial +\\d\\d\\.\\d+ +\\d+ .* ok$");
        assertThat(cycles(printed, "Uniform2"))
                .as("cycles of 2 bit activations, beside 4 bit ones")
                .isLessThan(cycles(printed, "Uniform4"));
        assertOneBundle(project, "bit-serial", "BitSerialArray", "AndGates");
    }

    private static long cycles(String printed, String policy) {
        var row = Pattern.compile("(?m)^" + policy + " +BitSerial +\\S+ +(\\d+)").matcher(printed);
        assertThat(row.find()).as(printed).isTrue();
        return Long.parseLong(row.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantizer", "backend", "simulator"})
    void anArchetypeGivesAPluginThatWorks(String kind) throws Exception {
        String page = readme(ROOT.resolve("features/dyadic-sdk"));
        String printed = follow(page.replace("quantizer", kind), folder);
        assertThat(printed)
                .containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0, Skipped: 0");
        String className = "My" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        assertOneBundle(folder.resolve("my-" + kind), "my-" + kind, className);
    }
}
