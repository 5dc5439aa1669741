package org.dyadic.plugins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.dyadic.api.workbench.PluginChangeException;
import org.osgi.framework.Constants;

/**
 * A jar that may become a plugin.
 *
 * @param jar where it is now
 * @param source where it came from, as the user would name it
 * @param exports whether other bundles may use its packages
 * @param feature the feature that it is part of
 * @param calls what it calls that ends or leaves the process, such as {@code Runtime.halt in
 *     com.acme.Pot}
 */
record Candidate(
        Path jar,
        String source,
        String name,
        String version,
        boolean singleton,
        boolean exports,
        Optional<String> feature,
        List<String> calls) {

    static Candidate of(Path jar, String source) throws PluginChangeException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            String name = header(manifest, Constants.BUNDLE_SYMBOLICNAME);
            if (name == null) {
                throw new PluginChangeException(
                        true,
                        source
                                + " is a plain jar, not an OSGi bundle: its manifest names no"
                                + " Bundle-SymbolicName. Build it with the bnd-maven-plugin, whose"
                                + " goal bnd-process writes the manifest and finds the @Component"
                                + " classes");
            }
            String version = header(manifest, Constants.BUNDLE_VERSION);
            return new Candidate(
                    jar,
                    source,
                    name.split(";", 2)[0].strip(),
                    version == null
                            ? "0.0.0"
                            : org.osgi.framework.Version.parseVersion(version).toString(),
                    name.replace(" ", "").contains("singleton:=true"),
                    header(manifest, Constants.EXPORT_PACKAGE) != null,
                    Optional.empty(),
                    DangerousCalls.in(file));
        } catch (IOException e) {
            throw new PluginChangeException(
                    true, source + " cannot be read as a jar: " + Failure.why(e));
        } catch (IllegalArgumentException e) {
            throw new PluginChangeException(
                    true, source + " has a manifest that is no bundle's: " + e.getMessage());
        }
    }

    private static String header(Manifest manifest, String name) {
        return manifest == null ? null : manifest.getMainAttributes().getValue(name);
    }

    Candidate partOf(String group) {
        return new Candidate(
                jar, source, name, version, singleton, exports, Optional.of(group), calls);
    }

    /** {@code com.acme.pot 1.2.0}. */
    String title() {
        return name + " " + version;
    }
}
