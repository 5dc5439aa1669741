package org.dyadic.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dyadic.api.workbench.PluginChangeException;

/** Turns what a user names into jars. */
final class Sources {

    private final Home home;

    Sources(Home home) {
        this.home = home;
    }

    /** The jars of a jar, a folder, a feature, or Maven coordinates; at least one. */
    List<Candidate> candidates(String source, Consumer<String> told) throws PluginChangeException {
        Path path = path(source);
        if (path != null && Files.isDirectory(path)) {
            return folder(path);
        }
        if (path != null && Files.isRegularFile(path) && path.toString().endsWith(".json")) {
            return FeatureFile.read(path).candidates();
        }
        if (path != null && Files.isRegularFile(path)) {
            return List.of(Candidate.of(path, path.toString()));
        }
        var artifact = MavenArtifact.parse(source);
        if (artifact.isPresent()) {
            Path jar = artifact.get().get(home.store().resolve("download"), told);
            return List.of(Candidate.of(jar, source));
        }
        throw new PluginChangeException(
                true,
                "there is no "
                        + source
                        + "; name a jar, a folder of jars, a feature (.json), or Maven coordinates as"
                        + " group:artifact:version");
    }

    private static Path path(String source) {
        try {
            return Path.of(source).toAbsolutePath().normalize();
        } catch (java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    private static List<Candidate> folder(Path folder) throws PluginChangeException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw Failure.of("read the folder " + folder, e);
        }
        if (jars.isEmpty()) {
            throw new PluginChangeException(true, "the folder " + folder + " holds no jar");
        }
        var candidates = new ArrayList<Candidate>();
        for (Path jar : jars) {
            var candidate = Candidate.of(jar, jar.toString());
            for (var other : candidates) {
                if (other.name().equals(candidate.name())) {
                    throw new PluginChangeException(
                            true,
                            other.source()
                                    + " and "
                                    + candidate.source()
                                    + " are both the bundle "
                                    + other.name()
                                    + "; keep one of them");
                }
            }
            candidates.add(candidate);
        }
        return candidates;
    }
}
