package org.dyadic.plugins;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file that says what is installed. */
final class Index {

    private static final int SCHEMA = 1;

    private Index() {}

    /**
     * What is installed, by name; nothing if there is no index.
     *
     * @throws IOException with a sentence if the file is not an index
     */
    static List<Entry> read(Home home) throws IOException {
        String text;
        try {
            text = Files.readString(home.index());
        } catch (NoSuchFileException nothingInstalled) {
            return new ArrayList<>();
        }
        try {
            var json = JsonParser.parseString(text).getAsJsonObject();
            if (json.get("schema").getAsInt() != SCHEMA) {
                throw new IOException(
                        home.index()
                                + " is of schema "
                                + json.get("schema")
                                + ", and this Dyadic knows "
                                + SCHEMA
                                + "; a newer Dyadic wrote it");
            }
            var entries = new ArrayList<Entry>();
            for (var plugin : json.getAsJsonArray("plugins")) {
                entries.add(entry(home, plugin.getAsJsonObject()));
            }
            return entries;
        } catch (RuntimeException e) { // Gson's, Instant's and Path's, all for a damaged file
            throw new IOException(
                    home.index()
                            + " is damaged; move it away and install the plugins again (their jars"
                            + " are in "
                            + home.store()
                            + ")");
        }
    }

    private static Entry entry(Home home, JsonObject json) {
        Path file = home.store().resolve(json.get("file").getAsString()).normalize();
        if (!file.startsWith(home.store())) {
            throw new IllegalArgumentException("outside of the store");
        }
        return Entry.installed(
                file,
                json.get("name").getAsString(),
                json.get("version").getAsString(),
                json.get("sha256").getAsString(),
                json.get("enabled").getAsBoolean(),
                json.get("source").getAsString(),
                Instant.parse(json.get("installed").getAsString()),
                Optional.ofNullable(json.get("feature")).map(JsonElement::getAsString),
                json.getAsJsonArray("provides").asList().stream()
                        .map(JsonElement::getAsString)
                        .toList());
    }

    static void write(Home home, List<Entry> entries) throws IOException {
        var plugins = new JsonArray();
        for (var entry : entries) {
            var json = new JsonObject();
            json.addProperty("name", entry.name());
            json.addProperty("version", entry.version());
            json.addProperty("enabled", entry.enabled());
            json.addProperty("file", entry.file().getFileName().toString());
            json.addProperty("sha256", entry.sha256().orElseThrow());
            json.addProperty("source", entry.source());
            json.addProperty("installed", entry.installed().orElseThrow().toString());
            entry.feature().ifPresent(feature -> json.addProperty("feature", feature));
            var provides = new JsonArray();
            entry.provides().forEach(provides::add);
            json.add("provides", provides);
            plugins.add(json);
        }
        var index = new JsonObject();
        index.addProperty("schema", SCHEMA);
        index.add("plugins", plugins);
        var printer = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        byte[] text = (printer.toJson(index) + "\n").getBytes(StandardCharsets.UTF_8);
        Home.write(home.index(), out -> out.write(text));
    }
}
