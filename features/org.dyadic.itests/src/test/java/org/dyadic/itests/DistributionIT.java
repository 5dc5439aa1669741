package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.launcher.Distribution;
import org.dyadic.launcher.Feature;
import org.dyadic.launcher.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Boots the assembled distribution with the launcher's own code, and tests it in there. */
class DistributionIT {
    private static final Path HOME = path("dyadic.distribution");

    @TempDir Path folder;
    private final List<String> warnings = new ArrayList<>();

    /** Nobody's tests depend on what the developer has installed, or change it. */
    @BeforeEach
    void withAnEmptyUserHome() {
        System.setProperty("dyadic.user.home", folder.resolve("user-home").toString());
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }

    /** Runs the tests of src/main/java inside the framework; each is one test here. */
    @TestFactory
    List<DynamicTest> insideTheFramework() throws Exception {
        Path tests = Files.createDirectories(folder.resolve("tests"));
        Path bundle = path("dyadic.test.bundle");
        Files.copy(bundle, tests.resolve(bundle.getFileName()));
        var plugins = List.of(path("dyadic.junit.bundles"), tests);

        List<String[]> results;
        try (Platform platform = Platform.start(new Distribution(HOME, plugins), warnings::add)) {
            assertThat(warnings).isEmpty();
            results = run(platform);
        }
        assertThat(results)
                .extracting(result -> result[0])
                .as("test classes that ran inside the framework")
                .contains("ComponentsTest", "DependencyDirectionTest", "FeaturesTest");
        return results.stream().map(DistributionIT::asTest).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<String[]> run(Platform platform) throws Exception {
        ServiceReference<?>[] runners =
                platform.context().getServiceReferences(Callable.class.getName(), null);
        assertThat(runners).as("test runner").hasSize(1);
        var runner = (Callable<List<String[]>>) platform.context().getService(runners[0]);
        return runner.call();
    }

    private static DynamicTest asTest(String[] result) {
        return dynamicTest(
                result[0] + ": " + result[1],
                () -> {
                    if (result[2] != null) {
                        throw new AssertionError(result[0] + " " + result[1] + "\n" + result[2]);
                    }
                });
    }

    @Test
    void aPluginWhoseComponentLacksAServiceIsNamedAndHindersNobody() throws IOException {
        Path plugin = folder.resolve("needy.jar");
        component(
                plugin,
                """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="needy">
                  <implementation class="nobody.Needy"/>
                  <reference name="missing" interface="java.lang.Runnable"/>
                </scr:component>
                """);
        try (Platform platform =
                Platform.start(new Distribution(HOME, List.of(folder)), warnings::add)) {
            assertThat(warnings)
                    .containsExactly(
                            "plug-in component needy of bundle needy does not run:"
                                    + " no service java.lang.Runnable");
            assertThat(platform.command(Duration.ofSeconds(2))).isNotNull();
        }
    }

    private static void component(Path jar, String description) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "needy");
        headers.putValue("Service-Component", "OSGI-INF/needy.xml");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry("OSGI-INF/needy.xml"));
            entries.write(description.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theFeaturesNameWhatIsInTheBundlesFolder() throws IOException {
        var named = artifacts().map(Feature.Artifact::jar).collect(Collectors.toSet());
        try (Stream<Path> jars = Files.list(HOME.resolve("bundles"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void theApiResolvesAlone() throws IOException {
        var api = artifacts().filter(bundle -> bundle.name().equals("org.dyadic.api")).toList();
        assertThat(running(only(api))).containsOnly("org.dyadic.api");
    }

    @Test
    void theCoreResolvesWithoutTheLanguage() throws IOException {
        Feature core = Feature.read(HOME.resolve("features/dyadic-core.json"));
        assertThat(running(only(core.bundles())))
                .contains("org.dyadic.workbench")
                .doesNotContain("org.dyadic.lang");
    }

    private static Stream<Feature.Artifact> artifacts() {
        return new Distribution(HOME, List.of())
                .features().stream().flatMap(feature -> feature.bundles().stream());
    }

    /** A distribution of some of the bundles. */
    private Path only(List<Feature.Artifact> bundles) throws IOException {
        Files.createDirectories(folder.resolve("features"));
        Files.createDirectories(folder.resolve("bundles"));
        List<String> ids = new ArrayList<>();
        for (Feature.Artifact bundle : bundles) {
            String jar = "bundles/" + bundle.jar();
            Files.copy(HOME.resolve(jar), folder.resolve(jar));
            ids.add("{\"id\": \"" + bundle + "\"}");
        }
        Files.writeString(
                folder.resolve("features/some.json"),
                """
                {"feature-resource-version": "1.0", "id": "test:some:1", "bundles": [%s]}
                """
                        .formatted(String.join(", ", ids)));
        return folder;
    }

    /** Names of the bundles that run; the launcher fails where one does not resolve. */
    private List<String> running(Path home) {
        try (Platform platform = Platform.start(new Distribution(home, List.of()), warnings::add)) {
            return Stream.of(platform.context().getBundles())
                    .filter(bundle -> bundle.getBundleId() != 0)
                    .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                    .map(Bundle::getSymbolicName)
                    .toList();
        }
    }
}
