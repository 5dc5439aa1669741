package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Position;

/**
 * How long a person waits: for an editor in a long file, for a large folder, and for {@code dyadic
 * check}. Run it on a machine that does nothing else:
 *
 * <pre>
 * ./mvnw -q -pl dsl/org.dyadic.lang.ide -am install -DskipTests
 * ./mvnw -q -pl dsl/org.dyadic.lang.ide exec:java -Dexec.mainClass=org.dyadic.lang.ide.SpeedBenchmark \
 *     -Dexec.classpathScope=test
 * </pre>
 */
public final class SpeedBenchmark {

    private static final int TIMES = 25;
    private static final int FILES = 500;

    private SpeedBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("dyadic-speed-");
        System.out.printf(
                "Java %s, %d processors%n",
                System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
        keyStrokes(folder);
        manyFiles(folder);
        coldChecks();
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().delete());
        }
        Files.delete(folder);
        System.exit(0); // the clients' threads would go on listening
    }

    /** A key stroke in two thousand lines, warm: a list of completions, and every diagnostic. */
    private static void keyStrokes(Path folder) {
        String text = longText() + "policy Last { default weights u";
        int line = (int) text.chars().filter(c -> c == '\n').count();
        try (var editor = Editor.in(folder)) {
            editor.open("long.dyadic", text);
            editor.diagnostics("long.dyadic");
            var answers = new long[TIMES];
            var checks = new long[TIMES];
            for (int i = -TIMES; i < TIMES; i++) {
                String changed = text + (i % 2 == 0 ? "p" : "n");
                long start = System.nanoTime();
                editor.change("long.dyadic", changed);
                var items =
                        Editor.get(
                                editor.server()
                                        .getTextDocumentService()
                                        .completion(
                                                new CompletionParams(
                                                        editor.id("long.dyadic"),
                                                        new Position(line, 32))));
                answers[Math.max(i, 0)] = System.nanoTime() - start;
                assertThat(items.getLeft()).extracting(it -> it.getLabel()).contains("upot");
                editor.diagnostics("long.dyadic");
                checks[Math.max(i, 0)] = System.nanoTime() - start;
            }
            print("completion in " + (line + 1) + " lines", answers, 100);
            print("diagnostics of " + (line + 1) + " lines", checks, 300);
        }
    }

    private static String longText() {
        var text = new StringBuilder("network Net from \"n.onnx\"\n");
        for (int i = 0; i < 222; i++) {
            text.append(
                    """
                    accelerator Array%d uses systolic {
                        clock 1 GHz
                        array 8 x 8
                        buffers { weights 1 KiB  outputs 2 KiB }
                    }
                    policy Policy%d {
                        default weights upot { bits 4 } activations upot
                        layers first, last weights uniform { bits 8 }
                    }
                    """
                            .formatted(i, i));
        }
        return text.toString();
    }

    /** A folder is opened with all of its files, until each has its diagnostics. */
    private static void manyFiles(Path folder) {
        var times = new long[5];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            try (var editor = Editor.in(folder)) {
                for (int file = 0; file < FILES; file++) {
                    String first = "import \"file0.dyadic\"\n";
                    editor.open(
                            "file" + file + ".dyadic",
                            (file == 0 ? "" : first)
                                    + "policy Policy%d {\n    default weights upot\n}\n"
                                            .formatted(file));
                }
                for (int file = 0; file < FILES; file++) {
                    editor.diagnostics("file" + file + ".dyadic");
                }
            }
            times[i] = System.nanoTime() - start;
        }
        print("a folder of " + FILES + " files", times, 5000);
    }

    /** The whole command in a new process; one that builds what changed would not count. */
    private static void coldChecks() throws IOException, InterruptedException {
        // Maven runs this in its own process, wherever it was started.
        Path root = Path.of(System.getProperty("maven.multiModuleProjectDirectory"));
        var times = new long[12];
        for (int i = -2; i < times.length; i++) {
            long start = System.nanoTime();
            var process =
                    new ProcessBuilder("./dyadic", "check", "examples/01-first-run/first.dyadic")
                            .directory(root.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertThat(process.waitFor()).isZero();
            times[Math.max(i, 0)] = System.nanoTime() - start;
        }
        print("dyadic check, a new process", times, 1500);
    }

    private static void print(String what, long[] nanoseconds, int wanted) {
        var times = nanoseconds.clone();
        Arrays.sort(times);
        System.out.printf(
                "%-32s best %5d ms, median %5d ms, worst %5d ms; wanted at most %d ms%n",
                what,
                times[0] / 1_000_000,
                times[times.length / 2] / 1_000_000,
                times[times.length - 1] / 1_000_000,
                wanted);
    }
}
