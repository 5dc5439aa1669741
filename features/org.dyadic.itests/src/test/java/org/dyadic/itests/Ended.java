package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the distribution answered, in a process of its own. */
record Ended(int code, String out, String err) {

    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    /**
     * Waits for the end, which must come by itself and without a stack trace.
     *
     * @param folder where it runs, and where what it prints is kept meanwhile
     * @param flags of its Java
     */
    static Ended of(Path folder, int seconds, List<String> flags, Object... arguments)
            throws Exception {
        var words = new ArrayList<>(List.of(JAVA.toString(), "-cp", HOME + "/lib/*"));
        if (Runtime.version().feature() >= 23) {
            // As the script does: Felix and Guice still use what newer versions of Java warn about.
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.addAll(flags);
        words.add("org.dyadic.launcher.Main");
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        boolean ended = process.waitFor(seconds, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        var answer = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        assertThat(answer.err())
                .as("no stack trace reaches a user")
                .doesNotContainPattern("\\n\\s+at [a-z]");
        return answer;
    }

    /** What it printed, if all went well. */
    String fine() {
        assertThat(code).as(err).isZero();
        return out;
    }
}
