package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real clients, as a user sets them up, with the real language server. */
@Timeout(300)
class EditorsIT {
    private static final Path ROOT = Path.of(System.getProperty("dyadic.root"));
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path DRIVERS = ROOT.resolve("features/org.dyadic.itests/src/test/editors");

    private static final String LIBRARY = "/** Shared by all. */\npolicy Shared upot\n";
    private static final String MAIN =
            """
            import "library.dyadic"
            network Net from "net.onnx"
            policy Mine {   default weights uppot }
            accelerator Array uses systolic
            experiment Main { network Net policies Shared, Mine accelerators Array }
            """;

    @TempDir Path folder;

    /** The command {@code dyadic} of this build, which does not look whether to build itself. */
    private Path dyadic() throws IOException {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve("dyadic");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '"
                        + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:+UseSerialGC -cp '"
                        + HOME.toAbsolutePath().normalize()
                        + "/lib/*' org.dyadic.launcher.Main \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static void assumeInstalled(String command) {
        boolean there =
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(command)));
        assumeTrue(there, command + " is not installed");
    }

    private void succeeds(ProcessBuilder builder) throws Exception {
        Path said = folder.resolve("said");
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .start();
        boolean ended = process.waitFor(240, SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself: " + Files.readString(said)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    private static void unzip(Path archive, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().filter(it -> !it.isDirectory()).toList()) {
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
            }
        }
    }

    @Test
    void theExtensionForVsCodeWorksInAStandInForIt() throws Exception {
        assumeInstalled("node");
        unzip(ROOT.resolve("dsl/vscode/target/dyadic.vsix"), folder.resolve("vsix"));
        succeeds(
                new ProcessBuilder(
                        "node",
                        DRIVERS.resolve("extension.test.js").toString(),
                        folder.resolve("vsix/extension").toString(),
                        dyadic().toString(),
                        Files.createDirectories(folder.resolve("workspace")).toString()));
    }

    /** What VS Code needs to install it; the versions are written in three places. */
    @Test
    void theExtensionForVsCodeIsWhole() throws Exception {
        Path vsix = folder.resolve("vsix");
        unzip(ROOT.resolve("dsl/vscode/target/dyadic.vsix"), vsix);
        String manifest = Files.readString(vsix.resolve("extension.vsixmanifest"));
        String extension = Files.readString(vsix.resolve("extension/package.json"));
        String version =
                Files.readString(ROOT.resolve("pom.xml"))
                        .replaceFirst("(?s).*?<version>([0-9.]+).*", "$1");
        assertThat(extension).contains("\"version\": \"" + version + "\"");
        assertThat(manifest).contains(" Version=\"" + version + "\" ");
        assertThat(vsix.resolve("[Content_Types].xml")).exists();
        List<String> named = new ArrayList<>();
        Stream.of("Path=\"([^\"]+)\"", "<License>([^<]+)")
                .flatMap(it -> Pattern.compile(it).matcher(manifest).results())
                .map(it -> it.group(1))
                .forEach(named::add);
        Pattern.compile("\"(\\./[^\"]+)\"")
                .matcher(extension)
                .results()
                .map(it -> "extension/" + it.group(1))
                .forEach(named::add);
        assertThat(named).hasSize(7).allSatisfy(it -> assertThat(vsix.resolve(it)).isRegularFile());
    }

    @Test
    void neovimWorksAsTheRecipeSaysItIsSetUp() throws Exception {
        assumeInstalled("nvim");
        List<String> blocks =
                Pattern.compile("(?s)```lua\n(.*?)```")
                        .matcher(Files.readString(ROOT.resolve("dsl/editors.md")))
                        .results()
                        .map((MatchResult it) -> it.group(1))
                        .toList();
        Path config = folder.resolve("config/nvim");
        Files.createDirectories(config.resolve("ftdetect"));
        Files.createDirectories(config.resolve("ftplugin"));
        Files.writeString(config.resolve("ftdetect/dyadic.lua"), blocks.get(0));
        Files.writeString(config.resolve("ftplugin/dyadic.lua"), blocks.get(1));
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("library.dyadic"), LIBRARY);
        Files.writeString(workspace.resolve("main.dyadic"), MAIN);
        ProcessBuilder nvim =
                new ProcessBuilder(
                                "nvim",
                                "--headless",
                                "-n",
                                "-c",
                                "luafile " + DRIVERS.resolve("neovim.lua"),
                                "main.dyadic")
                        .directory(workspace.toFile());
        nvim.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        nvim.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        nvim.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        nvim.environment()
                .merge(
                        "PATH",
                        dyadic().getParent().toString(),
                        (path, bin) -> bin + File.pathSeparator + path);
        succeeds(nvim);
    }
}
