package org.dyadic.plugins;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dyadic.api.workbench.PluginChangeException;

/**
 * Bundles that are installed as one: an OSGi feature file (OSGi R8, chapter 159) whose bundles each
 * carry, beside their Maven coordinates, their {@code sha256}.
 *
 * @param id Maven coordinates of the feature itself
 */
record FeatureFile(Path file, String id, List<Artifact> bundles) {

    /** A bundle, and the checksum of its jar in lowercase hexadecimal. */
    record Artifact(MavenArtifact coordinates, String sha256) {}

    static FeatureFile read(Path file) throws PluginChangeException {
        try {
            var json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            String version = text(json, "feature-resource-version");
            if (!version.equals("1.0")) {
                throw wrong(
                        file, "feature-resource-version must be \"1.0\", is \"" + version + "\"");
            }
            String id = text(json, "id");
            if (MavenArtifact.parse(id).isEmpty()) {
                throw wrong(file, "its id must be \"group:artifact:version\", is \"" + id + "\"");
            }
            if (!json.has("bundles") || json.getAsJsonArray("bundles").isEmpty()) {
                throw wrong(file, "it names no bundles");
            }
            var bundles = new ArrayList<Artifact>();
            for (var bundle : json.getAsJsonArray("bundles")) {
                bundles.add(artifact(file, bundle.getAsJsonObject()));
            }
            return new FeatureFile(file, id, bundles);
        } catch (IOException e) {
            throw Failure.of("read the feature " + file, e);
        } catch (RuntimeException e) { // Gson's, for what is no JSON or no feature
            throw wrong(file, "it is no valid JSON of a feature");
        }
    }

    private static Artifact artifact(Path file, JsonObject json) throws PluginChangeException {
        String id = text(json, "id");
        var coordinates = MavenArtifact.parse(id);
        if (coordinates.isEmpty()) {
            throw wrong(
                    file, "a bundle's id must be \"group:artifact:version\", is \"" + id + "\"");
        }
        String sha256 = text(json, "sha256").toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw wrong(
                    file,
                    "the bundle "
                            + id
                            + " needs \"sha256\" with the 64 digits that 'sha256sum JAR' prints");
        }
        return new Artifact(coordinates.get(), sha256);
    }

    private static String text(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private static PluginChangeException wrong(Path file, String what) {
        return new PluginChangeException(true, "the feature " + file + " is wrong: " + what);
    }

    /** The jars of all its bundles, each with the checksum that the file says. */
    List<Candidate> candidates() throws PluginChangeException {
        var candidates = new ArrayList<Candidate>();
        for (var bundle : bundles) {
            Path jar =
                    bundle.coordinates().nearby(file.getParent()).orElseThrow(() -> absent(bundle));
            try {
                String actual = Checksum.sha256(jar);
                if (!actual.equals(bundle.sha256())) {
                    throw new PluginChangeException(
                            true,
                            jar
                                    + " is not the bundle that the feature "
                                    + id
                                    + " means: SHA-256 "
                                    + actual
                                    + ", in the feature "
                                    + bundle.sha256()
                                    + "; nothing was installed");
                }
            } catch (IOException e) {
                throw Failure.of("read " + jar, e);
            }
            candidates.add(Candidate.of(jar, jar.toString()).partOf(id));
        }
        return candidates;
    }

    private PluginChangeException absent(Artifact bundle) {
        return new PluginChangeException(
                true,
                "the feature "
                        + id
                        + " needs "
                        + bundle.coordinates()
                        + ", which is neither beside "
                        + file
                        + " nor in Maven's local repository, and a feature downloads nothing by"
                        + " itself; put its jar there, or get it with 'mvn dependency:get -Dartifact="
                        + bundle.coordinates()
                        + "'. Nothing was installed");
    }
}
