package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyadic shell} from a pipe and in a terminal, and {@code --features}. */
@Timeout(120)
class ShellIT {
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    @TempDir Path folder;

    private record Ended(int code, String out, String err) {}

    private List<String> dyadic(String... arguments) {
        var words = new ArrayList<>(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 23) {
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.addAll(List.of("-cp", HOME + "/lib/*", "org.dyadic.launcher.Main"));
        words.addAll(List.of(arguments));
        return words;
    }

    private ProcessBuilder process(List<String> words, Path in) {
        var builder =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectInput(in.toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().put("DYADIC_USER_HOME", folder.resolve("home").toString());
        return builder;
    }

    private Ended ended(Process process) throws Exception {
        boolean ended = process.waitFor(60, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }

    /** What comes of lines in a pipe. */
    private Ended shell(String... lines) throws Exception {
        Path in = Files.write(folder.resolve("in"), List.of(lines));
        return ended(process(dyadic("shell"), in).start());
    }

    private Ended verb(String... arguments) throws Exception {
        Path in = Files.writeString(folder.resolve("in"), "");
        return ended(process(dyadic(arguments), in).start());
    }

    private static Path api() throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve("bundles"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("org.dyadic.api-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aLineOfTheShellIsWhatTheVerbIsAlone() throws Exception {
        Ended shell = shell("plugins list quantizer", "exit", "plugins list backend");
        assertThat(shell.err()).isEmpty();
        assertThat(shell.out()).isEqualTo(verb("plugins", "list", "quantizer").out());
        assertThat(shell.code()).isZero();
    }

    @Test
    void whatOneLineInstallsTheNextUses() throws Exception {
        Path jar =
                PluginJar.of(api(), "com.stranger.one", "1.0.0")
                        .quantizer(
                                "one",
                                "return Fit.of(Grid.of(new Encoding.Uniform(4, true, 0), 1), 0);")
                        .write(folder.resolve("one.jar"));
        Ended shell = shell("plugins install " + jar, "plugins info one", "plugins remove one");
        assertThat(shell.out())
                .contains("installed com.stranger.one 1.0.0: quantizer one", "quantizer one: ");
        assertThat(shell.err()).contains("'one' is offered by the bundle com.stranger.one");
        assertThat(shell.code()).as("that of the last line").isEqualTo(1);
    }

    @Test
    void aLineThatGoesWrongEndsNothing() throws Exception {
        Ended shell = shell("plugns list", "check nowhere.dyadic", "echo (", "plugins list reader");
        assertThat(shell.err())
                .contains("unknown verb 'plugns'", "Did you mean plugins?", "there is no such file")
                .doesNotContain("Exception", "\tat ");
        assertThat(shell.out()).contains("reader");
        assertThat(shell.code()).isZero();
    }

    @Test
    void onATerminalTabCompletesAndTheShellOutlivesCtrlC() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no 'script'");
        var words = new ArrayList<String>();
        dyadic("shell").forEach(word -> words.add("'" + word + "'"));
        var script =
                List.of(
                        "/usr/bin/script",
                        "-qec",
                        "stty cols 100; " + String.join(" ", words),
                        "/dev/null");
        var builder = process(script, Files.writeString(folder.resolve("in"), ""));
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put("TERM", "xterm");
        var process = builder.start();
        try (var keys = process.getOutputStream()) {
            String told = "from org.dyadic.quantizers .*dyadic> ";
            type(keys, "", "dyadic> ");
            type(keys, "plugins info upo\t\r", told);
            type(keys, "plugins li\3", "dyadic> ");
            type(keys, "\033OA\r", told); // the arrow up: the line before
            type(keys, "exit\r", "");
            assertThat(process.waitFor(20, SECONDS)).isTrue();
        }
        assertThat(folder.resolve("home/shell-history")).content().contains("plugins info upot");
    }

    /** Types, and waits until the answer, a pattern, has come since. */
    private void type(OutputStream keys, String text, String answer) throws Exception {
        Path out = folder.resolve("out");
        int before = Files.readString(out).length();
        keys.write(text.getBytes());
        keys.flush();
        for (int i = 0; i < 200; i++) {
            String since = Files.readString(out).substring(before);
            if (Pattern.compile(answer, Pattern.DOTALL).matcher(since).find()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no '" + answer + "' in " + Files.readString(out));
    }

    @Test
    void namedFeaturesAloneAreStarted() throws Exception {
        Ended few = verb("--features", "core,quantizers", "plugins", "list");
        assertThat(few.out()).contains("quantizer  upot").doesNotContain("backend", "simulator");
        Ended none = verb("--features=quantizers", "check", "some.dyadic");
        assertThat(none.code()).isIn(1, 3);
        Ended shell = verb("--features", "dsl", "shell");
        assertThat(shell.code()).isEqualTo(3);
        assertThat(shell.err())
                .contains("feature shell", "--features started only the core and dsl");
    }

    @Test
    void aFeatureThatDoesNotExistIsToldWithTheNearest() throws Exception {
        Ended wrong = verb("--features", "core,quantisers", "plugins", "list");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains(
                        "there is no feature 'quantisers'; there are ", "Did you mean quantizers?")
                .hasLineCount(1);
    }
}
