package org.dyadic.launcher;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of bundles that a user installs together, read from an OSGi feature file (OSGi R8,
 * chapter 159).
 *
 * @param id {@code group:name:version} of the feature itself
 * @param bundles what it consists of, in the order of the file
 */
public record Feature(String id, List<Artifact> bundles) {

    private static final Gson JSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).disableJdkUnsafe().create();
    private static final Pattern AT = Pattern.compile("at line (\\d+) column (\\d+)");

    public Feature {
        bundles = List.copyOf(bundles);
    }

    /** Maven coordinates of one bundle. */
    public record Artifact(String group, String name, String version) {

        /** The name of its jar in the {@code bundles} folder. */
        public String jar() {
            return name + "-" + version + ".jar";
        }

        @Override
        public String toString() {
            return group + ":" + name + ":" + version;
        }

        private static Optional<Artifact> parse(String id) {
            String[] parts = id.split(":", -1);
            boolean usual = parts.length == 3 && !parts[1].isBlank() && !parts[2].isBlank();
            return usual
                    ? Optional.of(new Artifact(parts[0], parts[1], parts[2]))
                    : Optional.empty();
        }
    }

    /** Reads a feature file; a mistake in it becomes a {@link LaunchFailure} that says where. */
    public static Feature read(Path file) {
        JsonObject root = object(file, parse(file), "the file");
        String version = text(file, root, "feature-resource-version", "the file");
        if (!version.equals("1.0")) {
            throw wrong(file, "feature-resource-version is '" + version + "', must be '1.0'");
        }
        String id = text(file, root, "id", "the file");
        if (!(root.get("bundles") instanceof JsonArray entries)) {
            throw wrong(file, "'bundles' must be a list of objects with an id");
        }
        List<Artifact> bundles = new ArrayList<>();
        for (JsonElement entry : entries) {
            String where = "bundles[" + bundles.size() + "]";
            String bundle = text(file, object(file, entry, where), "id", where);
            bundles.add(
                    Artifact.parse(bundle).orElseThrow(() -> notCoordinates(file, where, bundle)));
        }
        return new Feature(id, bundles);
    }

    private static LaunchFailure notCoordinates(Path file, String where, String id) {
        return wrong(file, where + " has the id '" + id + "', must be 'group:name:version'");
    }

    private static JsonElement parse(Path file) {
        try {
            return JSON.fromJson(Files.readString(file), JsonElement.class);
        } catch (CharacterCodingException e) {
            throw wrong(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw wrong(file, "cannot be read (" + e.getMessage() + ")");
        } catch (JsonParseException e) {
            Matcher at = AT.matcher(String.valueOf(e.getMessage()));
            String position = at.find() ? ":" + at.group(1) + ":" + at.group(2) : "";
            throw new LaunchFailure("feature file " + file + position + " is not valid JSON");
        }
    }

    private static JsonObject object(Path file, JsonElement element, String where) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw wrong(file, where + " must be an object in braces");
    }

    private static String text(Path file, JsonObject object, String key, String where) {
        JsonElement value = object.get(key);
        if (value != null && value.isJsonPrimitive() && !value.getAsString().isBlank()) {
            return value.getAsString();
        }
        throw wrong(file, where + " has no '" + key + "'");
    }

    private static LaunchFailure wrong(Path file, String what) {
        return new LaunchFailure("feature file " + file + ": " + what);
    }
}
