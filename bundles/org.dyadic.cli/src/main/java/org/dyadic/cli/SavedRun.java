package org.dyadic.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Guess;

/** The results in a run folder, as they were saved. */
record SavedRun(Path folder, JsonObject results) {

    /** The word for the newest run. */
    static final String LATEST = "latest";

    private static final String FILE = "result.json";
    private static final int SCHEMA = 1;

    /**
     * Opens a run folder: by its path, by its name among the runs, or the newest. Throws a {@link
     * Refusal} that says what is there instead.
     */
    static SavedRun open(String run, Path runs) {
        try {
            return read(folder(run, runs));
        } catch (InvalidPathException e) {
            throw new Refusal(ExitCode.USAGE, "'" + run + "' is no path.");
        }
    }

    /**
     * What is found in the results. Throws a {@link Refusal} if they are not as Dyadic has them.
     */
    <T> T find(Function<JsonObject, T> what) {
        try {
            return what.apply(results);
        } catch (IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException
                | NumberFormatException e) {
            // what Gson throws where a field is not what it should be
            throw damaged(file(), "a field is missing or of another type");
        }
    }

    private static Path folder(String run, Path runs) {
        if (run.equals(LATEST) && !Files.exists(Path.of(run))) {
            var names = names(runs);
            if (names.isEmpty()) {
                throw refusal(
                        "there is no run in " + runs + " yet; make one with dyadic run FILE.");
            }
            return runs.resolve(names.get(names.size() - 1));
        }
        for (var folder : List.of(Path.of(run), runs.resolve(run))) {
            if (Files.isDirectory(folder)) {
                return folder;
            }
            if (Files.exists(folder)) {
                throw refusal(
                        folder + " is a file; name the run folder that holds a " + FILE + ".");
            }
        }
        var names = names(runs);
        throw refusal(
                "there is no run '"
                        + run
                        + "'; "
                        + (names.isEmpty()
                                ? "there is none in " + runs + " at all."
                                : "the newest in "
                                        + runs
                                        + " is "
                                        + names.get(names.size() - 1)
                                        + ", or say "
                                        + LATEST
                                        + "."
                                        + Guess.suggestion(run, names)));
    }

    /** Names of run folders, oldest first: they begin with the time. */
    private static List<String> names(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw refusal("cannot look into " + runs + ": " + Session.why(e) + ".");
        }
    }

    private static SavedRun read(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw refusal(folder + " is no run folder: it has no " + FILE + ".");
        }
        JsonElement json;
        try {
            json = JsonParser.parseString(Files.readString(file));
        } catch (MalformedInputException | JsonParseException e) {
            throw damaged(file, "it is no JSON");
        } catch (IOException e) {
            throw refusal("cannot read " + file + ": " + Session.why(e) + ".");
        }
        if (!json.isJsonObject() || !json.getAsJsonObject().has("schema")) {
            throw damaged(file, "it has no schema, as results of Dyadic have");
        }
        var results = json.getAsJsonObject();
        String schema = results.get("schema").toString();
        if (!schema.equals(String.valueOf(SCHEMA))) {
            throw refusal(
                    file
                            + " follows schema "
                            + schema
                            + ", and this version of Dyadic reads schema "
                            + SCHEMA
                            + "; explain it with the version that wrote it"
                            + writer(results)
                            + ".");
        }
        return new SavedRun(folder, results);
    }

    private static String writer(JsonObject results) {
        return results.get("provenance") instanceof JsonObject provenance
                        && provenance.has("dyadic")
                ? ", " + provenance.get("dyadic").getAsString()
                : "";
    }

    /** That a file is not as Dyadic writes them. */
    private static Refusal damaged(Path file, String why) {
        return refusal(file + " is damaged: " + why + "; run the experiment again.");
    }

    private Path file() {
        return folder.resolve(FILE);
    }

    private static Refusal refusal(String sentence) {
        return new Refusal(ExitCode.SPECIFICATION, sentence);
    }
}
