package org.dyadic.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dyadic.launcher.fixture.Broken;
import org.dyadic.launcher.fixture.Echo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PlatformTest {
    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Map<String, String> PLAIN = Map.of();
    private static final Map<String, String> NEEDY =
            Map.of("Import-Package", "org.osgi.framework, no.such.pkg;version=\"[1.2,2)\"");

    @TempDir Path folder;
    private final List<String> warnings = new ArrayList<>();

    private TestDistribution withEcho() {
        return new TestDistribution(folder.resolve("dist"))
                .bundle("echo", Echo.class, PLAIN)
                .naming("echo");
    }

    private int run(TestDistribution distribution, String... arguments) {
        try (Platform platform = Platform.start(distribution.get(), warnings::add)) {
            return platform.command(PATIENCE).applyAsInt(arguments);
        }
    }

    @Test
    void theCommandGetsTheArgumentsAndItsCodeComesBack() {
        assertThat(run(withEcho(), "one", "two", "three")).isEqualTo(3);
        assertThat(warnings).isEmpty();
    }

    @Test
    void worksInAFolderWithUnusualCharacters() {
        TestDistribution odd =
                new TestDistribution(folder.resolve("with space + 100% ä#?"))
                        .bundle("echo", Echo.class, PLAIN)
                        .naming("echo")
                        .plugin("other", Echo.class, PLAIN);
        assertThat(run(odd, "one")).isEqualTo(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aMissingJarIsNamed() {
        assertThatThrownBy(() -> run(withEcho().naming("echo", "gone")))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("test:test:1 names test:gone:1")
                .hasMessageContaining("gone-1.jar is missing");
    }

    @Test
    void aBundleOfAFeatureThatDoesNotResolveIsFatalAndSaysWhatItNeeds() {
        TestDistribution broken = withEcho().bundle("needy", null, NEEDY).naming("echo", "needy");
        assertThatThrownBy(() -> run(broken))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("needy-1.jar")
                .hasMessageEndingWith(
                        "it needs the package no.such.pkg from version 1.2.0 below 2.0.0, which"
                                + " nothing installed provides");
    }

    @Test
    void aPluginThatDoesNotResolveCostsOneWarning() {
        assertThat(run(withEcho().plugin("needy", null, NEEDY))).isZero();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("needy.jar is left out: it needs the package no.such.pkg");
    }

    @Test
    void aPluginThatNeedsALeftOutPluginSaysSo() {
        Map<String, String> needyProvider =
                Map.of("Import-Package", "no.such.pkg", "Export-Package", "b.pkg");
        TestDistribution chain =
                withEcho()
                        .plugin("a", null, Map.of("Import-Package", "b.pkg"))
                        .plugin("b", null, needyProvider);
        assertThat(run(chain)).isZero();
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0))
                .endsWith("it needs the package b.pkg of b, which cannot be used either");
    }

    @Test
    void aPluginForANewerJavaSaysSo() {
        Map<String, String> future =
                Map.of("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"");
        assertThat(run(withEcho().plugin("future", null, future))).isZero();
        assertThat(warnings).singleElement().asString().contains("it needs Java 99");
    }

    @Test
    void aPluginThatFailsToStartCostsOneWarning() {
        assertThat(run(withEcho().plugin("broken", Broken.class, PLAIN))).isZero();
        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("it does not start: IllegalStateException: no coffee");
    }

    @Test
    void aFileThatIsNoJarCostsOneWarning() {
        TestDistribution distribution = withEcho();
        TestDistribution.write(distribution.home().resolve("plugins/text.jar"), "hello");
        TestDistribution.write(distribution.home().resolve("plugins/readme.txt"), "hello");
        assertThat(run(distribution)).isZero();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("text.jar")
                .contains("no jar file");
    }

    @Test
    void aJarThatIsNoBundleCostsOneWarning() {
        Map<String, String> none = Map.of("Bundle-SymbolicName", "", "Bundle-ManifestVersion", "");
        assertThat(run(withEcho().plugin("library", null, none))).isZero();
        assertThat(warnings).singleElement().asString().contains("no Bundle-SymbolicName");
    }

    @Test
    void aPluginInstalledTwiceCostsOneWarning() {
        TestDistribution twice = withEcho().plugin("same", null, PLAIN);
        twice.plugin("again", null, Map.of("Bundle-SymbolicName", "same"));
        assertThat(run(twice)).isZero();
        assertThat(warnings).singleElement().asString().contains("same.jar");
    }

    @Test
    void withoutACommandLineItSaysSoSoon() {
        TestDistribution mute = new TestDistribution(folder.resolve("mute"));
        assertThatThrownBy(() -> run(mute))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageStartingWith("no bundle offers the command line");
    }

    @Test
    void anEmptyFolderIsAnIncompleteDistribution() {
        assertThatThrownBy(() -> Platform.start(Distribution.at(folder, null), warnings::add))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("no feature file");
    }

    @Test
    void aPluginFolderThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> Distribution.at(folder, folder.resolve("nowhere").toString()))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("nowhere, which is no folder");
    }

    @Test
    void theTemporaryFolderIsGoneAfterwards() throws Exception {
        Path cache;
        try (Platform platform = Platform.start(withEcho().get(), warnings::add)) {
            cache = Path.of(platform.context().getProperty("org.osgi.framework.storage"));
            assertThat(cache).isDirectory();
        }
        assertThat(Files.exists(cache)).isFalse();
    }
}
