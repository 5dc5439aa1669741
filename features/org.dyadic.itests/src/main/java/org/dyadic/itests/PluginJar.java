package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A bundle of a stranger, compiled on the spot against nothing but the API. */
final class PluginJar {

    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private final Path api;
    private final Map<String, String> headers = new TreeMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private PluginJar(Path api, String name, String version) {
        this.api = api;
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", name);
        header("Bundle-Version", version);
        header(
                "Import-Package",
                "org.dyadic.api.quant;version=\"[0.1,1)\",org.dyadic.api.spec;version=\"[0.1,1)\"");
    }

    /**
     * @param api the jar of the API
     */
    static PluginJar of(Path api, String name, String version) {
        return new PluginJar(api, name, version);
    }

    /** A header of the manifest; null takes it out. */
    PluginJar header(String name, String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    PluginJar text(String entry, String text) {
        entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * A quantizer that is a component.
     *
     * @param body what {@code fit(Observation observed, Settings settings)} does
     */
    PluginJar quantizer(String id, String body) {
        String type = "stranger." + id.substring(0, 1).toUpperCase() + id.substring(1);
        text(
                "OSGI-INF/" + id + ".xml",
                """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
                  <service><provide interface="org.dyadic.api.quant.Quantizer"/></service>
                  <property name="quantizer.id" value="%s"/>
                  <implementation class="%s"/>
                </scr:component>
                """
                        .formatted(type, id, type));
        header("Service-Component", "OSGI-INF/" + id + ".xml");
        return source(
                type,
                """
                package stranger;
                import org.dyadic.api.quant.*;
                import org.dyadic.api.spec.*;
                public final class %s implements Quantizer {
                    public ParameterSpec parameters() { return ParameterSpec.of("a stranger's"); }
                    public Fit fit(Observation observed, Settings settings) { %s }
                }
                """
                        .formatted(type.substring(type.indexOf('.') + 1), body));
    }

    /** A class, with all that is nested in it or beside it. */
    PluginJar source(String type, String source) {
        entries.putAll(COMPILED.computeIfAbsent(source, text -> compile(type, text)));
        return this;
    }

    private Map<String, byte[]> compile(String type, String source) {
        try {
            Path folder = Files.createTempDirectory("stranger");
            Path file = folder.resolve(type.substring(type.lastIndexOf('.') + 1) + ".java");
            Files.writeString(file, source);
            var compiler = ToolProvider.getSystemJavaCompiler();
            int code =
                    compiler.run(
                            null,
                            null,
                            null,
                            "--release",
                            "17",
                            "-proc:none",
                            "-cp",
                            api.toString(),
                            "-d",
                            folder.toString(),
                            file.toString());
            assertThat(code).as("javac on " + type).isZero();
            var classes = new TreeMap<String, byte[]>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    classes.put(
                            folder.relativize(each).toString().replace('\\', '/'),
                            Files.readAllBytes(each));
                }
            }
            var all = new ArrayList<Path>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.forEach(path -> all.add(0, path));
            }
            for (Path each : all) {
                Files.delete(each);
            }
            return classes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path write(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }

    /** The names of the headers, for tests that take all away. */
    List<String> headerNames() {
        return List.copyOf(headers.keySet());
    }
}
