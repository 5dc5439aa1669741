package org.dyadic.launcher;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
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
 * @param bundles what it consists of, in the order of the file; a bundle that names a {@code
 *     java-module} is among them only if this Java was started with that module
 * @param verb the verb for which alone it is started, of the extension {@code dyadic-verb}
 */
public record Feature(String id, List<Artifact> bundles, Optional<String> verb) {

    private static final Pattern AT = Pattern.compile("at line (\\d+) column (\\d+)");

    public Feature {
        bundles = List.copyOf(bundles);
    }

    /** What a user calls it: {@code core} of {@code org.dyadic:dyadic-core:1.0.0}. */
    public String name() {
        String[] parts = id.split(":", -1);
        return parts.length == 3 ? parts[1].replaceFirst("^dyadic-", "") : id;
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

    /**
     * Reads a feature file; a mistake in it becomes a {@link LaunchFailure} that says where.
     *
     * <p>Token by token: binding the file to objects would cost more than the rest of the launcher.
     */
    public static Feature read(Path file) {
        try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
            json.setStrictness(Strictness.STRICT);
            Feature feature = read(json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw wrong(json, "there is something after the end");
            }
            return feature;
        } catch (CharacterCodingException e) {
            throw new LaunchFailure("feature file " + file + " is not UTF-8 text");
        } catch (MalformedJsonException | EOFException e) {
            throw new LaunchFailure("feature file " + at(file, e) + " is not valid JSON");
        } catch (IOException e) {
            throw new LaunchFailure("feature file " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalStateException e) {
            String what = e.getMessage().replaceFirst("(?s)( JsonReader)? at line .*", "");
            throw new LaunchFailure("feature file " + at(file, e) + ": " + what);
        }
    }

    private static Feature read(JsonReader json) throws IOException {
        String version = null;
        String id = null;
        List<Artifact> bundles = null;
        String verb = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "feature-resource-version" -> version = json.nextString();
                case "id" -> id = json.nextString();
                case "bundles" -> bundles = bundles(json);
                case "extensions" -> verb = verb(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (!"1.0".equals(version)) {
            throw wrong(json, "feature-resource-version must be \"1.0\", is " + version);
        }
        if (id == null || bundles == null) {
            throw wrong(json, "the feature has no " + (id == null ? "id" : "bundles"));
        }
        return new Feature(id, bundles, Optional.ofNullable(verb));
    }

    private static String verb(JsonReader json) throws IOException {
        String verb = null;
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextName().equals("dyadic-verb")) {
                json.skipValue();
                continue;
            }
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName().equals("text")) {
                    json.beginArray();
                    verb = json.nextString();
                    json.endArray();
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
        json.endObject();
        return verb;
    }

    private static List<Artifact> bundles(JsonReader json) throws IOException {
        List<Artifact> bundles = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            Artifact bundle = null;
            boolean usable = true;
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "id" -> {
                        String id = json.nextString();
                        bundle =
                                Artifact.parse(id)
                                        .orElseThrow(() -> wrong(json, notCoordinates(id)));
                    }
                    case "java-module" ->
                            usable = ModuleLayer.boot().findModule(json.nextString()).isPresent();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            if (bundle == null) {
                throw wrong(json, "the bundle has no id");
            }
            if (usable) {
                bundles.add(bundle);
            }
        }
        json.endArray();
        return bundles;
    }

    private static String notCoordinates(String id) {
        return "the bundle's id must be \"group:name:version\", is \"" + id + "\"";
    }

    /** A mistake where the reader stands, told like the reader's own. */
    private static IllegalStateException wrong(JsonReader json, String what) {
        return new IllegalStateException(what + " " + json);
    }

    private static String at(Path file, Exception e) {
        Matcher position = AT.matcher(String.valueOf(e.getMessage()));
        return position.find()
                ? file + ":" + position.group(1) + ":" + position.group(2)
                : "" + file;
    }
}
