package org.dyadic.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dyadic.launcher.fixture.Echo;
import org.dyadic.launcher.fixture.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own: exit codes, output, and an interrupt in the middle. */
@Timeout(60)
class MainTest {
    @TempDir Path folder;

    private Process start(TestDistribution distribution, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // as ./dyadic does, for Felix
        }
        command.add("-Ddyadic.home=" + distribution.home());
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private int exit(Process process) throws InterruptedException {
        boolean ended = process.waitFor(20, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        return process.exitValue();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private TestDistribution distribution() {
        return new TestDistribution(folder.resolve("dist"));
    }

    @Test
    void theExitCodeIsTheCommands() throws Exception {
        Process process =
                start(distribution().bundle("echo", Echo.class, Map.of()).naming("echo"), "a", "b");
        assertThat(exit(process)).isEqualTo(2);
        assertThat(out()).isEqualToIgnoringNewLines("a b");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aDistributionThatDoesNotStartIsOneLineAndCodeFour() throws Exception {
        assertThat(exit(start(distribution().feature("{")))).isEqualTo(4);
        assertThat(err().lines()).singleElement().asString().contains("is not valid JSON");
        assertThat(out()).isEmpty();
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aCommandThatThrowsIsOneLineAndCodeFour() throws Exception {
        TestDistribution patient =
                distribution().bundle("patient", Patient.class, Map.of()).naming("patient");
        assertThat(exit(start(patient))).isEqualTo(4); // it reads arguments[0], which is missing
        assertThat(err().lines().findFirst().orElse("")).contains("internal error");
        assertThat(err()).doesNotContain("\tat org.dyadic");
    }

    @Test
    void anInterruptLetsTheCommandSaveItsWork() throws Exception {
        Path saved = folder.resolve("saved");
        Process process =
                start(
                        distribution().bundle("patient", Patient.class, Map.of()).naming("patient"),
                        saved.toString());
        while (!out().contains("working")) {
            assertThat(process.isAlive()).as(err()).isTrue();
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertThat(exit(process)).isEqualTo(130);
        assertThat(saved).content().isEqualTo("Echo saved");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
}
