package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page on the paper's claims shows what its commands print. */
@Timeout(400)
class PaperClaimsIT {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/05-paper-claims").normalize();
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

    @TempDir private Path folder;

    private String dyadic(String... arguments) throws Exception {
        var words =
                new ArrayList<>(
                        List.of(
                                JAVA.toString(),
                                "-cp",
                                HOME + "/lib/*",
                                "org.dyadic.launcher.Main"));
        words.addAll(List.of(arguments));
        var out = folder.resolve("out");
        var process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        boolean ended = process.waitFor(360, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        return Files.readString(out);
    }

    @Test
    void theRatiosOfThePageAreThoseOfTheRun() throws Exception {
        String page = Files.readString(EXAMPLE.resolve("README.md"));
        String command =
                page.lines()
                        .filter(line -> line.startsWith("./dyadic compare latest "))
                        .findFirst()
                        .orElseThrow();
        dyadic("run", EXAMPLE.resolve("claims.dyadic").toString(), "ResNet18");
        var printed = dyadic(command.substring("./dyadic ".length()).split(" "));
        assertThat(page).contains("```\n" + printed + "```\n");
    }
}
