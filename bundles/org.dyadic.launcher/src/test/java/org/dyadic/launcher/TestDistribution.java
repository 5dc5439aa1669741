package org.dyadic.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.launcher.fixture.Echo;
import org.osgi.framework.BundleActivator;

/** Writes a small distribution to a folder, bundle by bundle. */
final class TestDistribution {
    static final String FEATURE =
            """
            {
              "feature-resource-version": "1.0",
              "id": "test:test:1",
              "bundles": [%s]
            }
            """;
    private final Path home;

    TestDistribution(Path home) {
        this.home = home;
        write(home.resolve("features/test.json"), FEATURE.formatted(""));
        folder(home.resolve("bundles"));
        folder(home.resolve("plugins"));
    }

    Path home() {
        return home;
    }

    Distribution get() {
        return Distribution.at(home, null);
    }

    /** Names bundles in the one feature file. */
    TestDistribution naming(String... names) {
        String bundles =
                Stream.of(names)
                        .map("{\"id\": \"test:%s:1\"}"::formatted)
                        .collect(Collectors.joining(", "));
        return feature(FEATURE.formatted(bundles));
    }

    TestDistribution feature(String text) {
        write(home.resolve("features/test.json"), text);
        return this;
    }

    TestDistribution bundle(
            String name, Class<? extends BundleActivator> activator, Map<String, String> headers) {
        jar(home.resolve("bundles/" + name + "-1.jar"), name, activator, headers);
        return this;
    }

    TestDistribution plugin(
            String name, Class<? extends BundleActivator> activator, Map<String, String> headers) {
        jar(home.resolve("plugins/" + name + ".jar"), name, activator, headers);
        return this;
    }

    /** A bundle whose activator, where it has one, comes with Echo's class. */
    private static void jar(
            Path file,
            String name,
            Class<? extends BundleActivator> activator,
            Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Bundle-ManifestVersion", "2");
        headers.put("Bundle-SymbolicName", name);
        headers.put("Bundle-Version", "1");
        headers.put("Import-Package", "org.osgi.framework");
        if (activator != null) {
            headers.put("Bundle-Activator", activator.getName());
        }
        headers.putAll(more);
        headers.values().removeIf(String::isEmpty);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((key, value) -> manifest.getMainAttributes().putValue(key, value));
        folder(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (activator != null) {
                for (Class<?> type : Stream.of(activator, Echo.class).distinct().toList()) {
                    String entry = type.getName().replace('.', '/') + ".class";
                    jar.putNextEntry(new JarEntry(entry));
                    try (InputStream in = type.getResourceAsStream("/" + entry)) {
                        in.transferTo(jar);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        folder(file.getParent());
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void folder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
