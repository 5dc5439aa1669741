package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The {@code ./dyadic} script on a checkout whose distribution is built. */
@Timeout(120)
class ScriptIT {
    private static final Path ROOT = Path.of(System.getProperty("dyadic.root"));
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir Path folder;
    private Path checkout;
    private Path script;

    @BeforeEach
    void copyTheDistributionIntoACheckoutWithAnAwkwardName() throws IOException {
        checkout = folder.resolve("a checkout (1)");
        script = checkout.resolve("dyadic");
        Path home = checkout.resolve("features/dyadic-app/target/dyadic");
        try (Stream<Path> files = Files.walk(HOME)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, home.resolve(HOME.relativize(file).toString()));
            }
        }
        copy(ROOT.resolve("dyadic"), script);
        Files.createDirectories(checkout.resolve("bundles/a/src/main/java"));
        Files.writeString(home.resolve("stamp"), "exact\n"); // newer than everything else
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        to.toFile().setExecutable(Files.isExecutable(from));
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(Path where, Map<String, String> environment, Object... command)
            throws Exception {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        List<String> words = new ArrayList<>();
        Stream.of(command).map(Object::toString).forEach(words::add);
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(where.toFile())
                        .redirectOutput(out)
                        .redirectError(err);
        builder.environment().put("JAVA_HOME", JAVA.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(60, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out.toPath()),
                Files.readString(err.toPath()));
    }

    @Test
    void runsFromAnyFolderThroughALink() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path relative = bin.relativize(script);
        Files.createSymbolicLink(bin.resolve("dy"), relative);
        Ended help = run(folder.getRoot(), Map.of(), bin.resolve("dy"), "--help");
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("dyadic").contains("Verbs:");
        assertThat(help.code()).isZero();
    }

    @Test
    void passesTheExitCodeOn() throws Exception {
        assertThat(run(folder, Map.of(), script, "no-such-verb").code()).isEqualTo(2);
    }

    @Test
    void pathsInArgumentsMeanTheCallersFolder() throws Exception {
        Path here = Files.createDirectories(folder.resolve("here"));
        Files.writeString(here.resolve("typo.dyadic"), "experimint Main { }\n");
        Ended check = run(here, Map.of(), script, "check", "typo.dyadic");
        assertThat(check.err() + check.out()).contains("typo.dyadic:1:1");
        assertThat(check.code()).isEqualTo(1);
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk-11/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 99\n");
        assertThat(old.resolve("java").toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolveSibling("release"), "JAVA_VERSION=\"11.0.2\"\n");
        String path = JAVA.resolve("bin") + File.pathSeparator + System.getenv("PATH");
        Map<String, String> environment =
                Map.of("JAVA_HOME", old.getParent().toString(), "PATH", path);
        assertThat(run(folder, environment, script, "--help").code()).isZero();
    }

    @Test
    void furtherPluginFoldersComeFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of("DYADIC_PLUGINS", folder.resolve("no").toString());
        Ended ended = run(folder, environment, script, "--help");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("which is no folder").hasLineCount(1);
    }

    /** Makes the distribution older than a source, and a build that fails at once. */
    private void makeABuildNecessary() throws IOException {
        Files.createFile(checkout.resolve("bundles/a/src/main/java/A.java"));
        Files.setLastModifiedTime(
                checkout.resolve("features/dyadic-app/target/dyadic/stamp"),
                java.nio.file.attribute.FileTime.fromMillis(0));
        Files.writeString(
                checkout.resolve("mvnw"), "#!/bin/sh\necho '[ERROR] no such day'\nexit 1\n");
        assertThat(checkout.resolve("mvnw").toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aSourceThatIsNewerIsBuiltFirst() throws Exception {
        makeABuildNecessary();
        Ended ended = run(folder, Map.of(), script, "--help");
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("the build failed").contains("no such day");
        assertThat(checkout.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aBuildWaitsForAnotherAndNamesTheLockToDelete() throws Exception {
        makeABuildNecessary();
        Path lock = Files.createDirectories(checkout.resolve("target/build.lock"));
        Process holder = new ProcessBuilder("sleep", "2").start();
        Files.writeString(lock.resolve("pid"), holder.pid() + "\n");
        Ended ended = run(folder, Map.of(), script, "--help");
        assertThat(holder.isAlive()).as("the process waited for").isFalse();
        assertThat(ended.err())
                .contains(
                        "waiting for another build (process " + holder.pid() + ")",
                        "delete " + checkout.toRealPath().resolve("target/build.lock"),
                        "no such day");
        assertThat(lock).doesNotExist();
    }

    @Test
    void aLockWhoseMakerDiedBeforeItSaidWhoItWasIsTakenOver() throws Exception {
        makeABuildNecessary();
        Path lock = Files.createDirectories(checkout.resolve("target/build.lock"));
        Files.createFile(lock.resolve("pid"));
        Ended ended = run(folder, Map.of(), script, "--help");
        assertThat(ended.err()).contains("no such day");
        assertThat(lock).doesNotExist();
    }
}
