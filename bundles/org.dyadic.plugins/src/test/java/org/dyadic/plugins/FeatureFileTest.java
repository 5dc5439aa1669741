package org.dyadic.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.dyadic.api.workbench.PluginChangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFileTest {

    @TempDir private Path folder;

    private FeatureFile read(String text) throws Exception {
        return FeatureFile.read(Files.writeString(folder.resolve("some.json"), text));
    }

    private Path bundle(String artifact) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "com.acme." + artifact);
        Path jar = folder.resolve(artifact + "-1.0.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static String of(String... bundles) {
        return """
        {"feature-resource-version": "1.0", "id": "com.acme:pots:1.0", "bundles": [%s]}
        """
                .formatted(String.join(", ", bundles));
    }

    private static String named(String artifact, String sha256) {
        return "{\"id\": \"com.acme:%s:1.0\", \"sha256\": \"%s\"}".formatted(artifact, sha256);
    }

    @Test
    void itsBundlesLieBesideItAndKnowTheirFeature() throws Exception {
        String pot = named("pot", Checksum.sha256(bundle("pot")));
        String pan = named("pan", Checksum.sha256(bundle("pan")));
        var candidates = read(of(pot, pan)).candidates();
        assertThat(candidates)
                .extracting(Candidate::name)
                .containsExactly("com.acme.pot", "com.acme.pan");
        assertThat(candidates)
                .allSatisfy(each -> assertThat(each.feature()).contains("com.acme:pots:1.0"));
    }

    @Test
    void aJarWithAnotherChecksumIsRefused() throws Exception {
        bundle("pot");
        var feature = read(of(named("pot", "0".repeat(64))));
        assertThatThrownBy(feature::candidates)
                .isInstanceOf(PluginChangeException.class)
                .hasMessageContaining("pot-1.0.jar is not the bundle that the feature")
                .hasMessageContaining("nothing was installed");
    }

    @Test
    void aJarThatIsNowhereIsNotDownloadedButTold() throws Exception {
        var feature = read(of(named("no-such-pot", "0".repeat(64))));
        assertThatThrownBy(feature::candidates)
                .isInstanceOf(PluginChangeException.class)
                .hasMessageContaining("needs com.acme:no-such-pot:1.0")
                .hasMessageContaining("mvn dependency:get -Dartifact=com.acme:no-such-pot:1.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    hello                                                                             | no valid JSON of a feature
                    []                                                                                | no valid JSON of a feature
                    {"id": "a:b:1"}                                                                   | feature-resource-version must be "1.0", is ""
                    {"feature-resource-version": "1.0", "id": "ab"}                                   | its id must be "group:artifact:version", is "ab"
                    {"feature-resource-version": "1.0", "id": "a:b:1", "bundles": []}                 | it names no bundles
                    {"feature-resource-version": "1.0", "id": "a:b:1", "bundles": [3]}                | no valid JSON of a feature
                    {"feature-resource-version": "1.0", "id": "a:b:1", "bundles": [{"id": "x"}]}      | a bundle's id must be
                    {"feature-resource-version": "1.0", "id": "a:b:1", "bundles": [{"id": "c:d:1"}]}  | the bundle c:d:1 needs "sha256"
                    """)
    void mistakesAreTold(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PluginChangeException.class)
                .hasMessageContaining("some.json is wrong")
                .hasMessageContaining(message);
    }
}
