package org.dyadic.launcher;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An installed Dyadic: a folder with {@code features/*.json}, the {@code bundles/} they name, and
 * {@code plugins/}, where every jar is installed and started as well.
 *
 * @param home the folder
 * @param pluginFolders the folders of other people's bundles, each of which exists
 * @param choice which of its features are to start
 */
public record Distribution(Path home, List<Path> pluginFolders, Choice choice) {

    public Distribution {
        pluginFolders = List.copyOf(pluginFolders);
    }

    /** One of which everything starts that does not wait for a verb. */
    public Distribution(Path home, List<Path> pluginFolders) {
        this(home, pluginFolders, Choice.NONE);
    }

    /** The same, of which other features start. */
    public Distribution choosing(Choice features) {
        return new Distribution(home, pluginFolders, features);
    }

    /**
     * The distribution this class was started from: the folder above its {@code lib/}, or {@code
     * -Ddyadic.home}. Further plug-in folders come from the environment variable DYADIC_PLUGINS,
     * separated as in PATH.
     */
    public static Distribution installed() {
        String home = System.getProperty("dyadic.home");
        return at(home != null ? Path.of(home) : aboveLib(), System.getenv("DYADIC_PLUGINS"));
    }

    /** The distribution in a folder, with further plug-in folders separated as in PATH, or null. */
    public static Distribution at(Path home, String morePlugins) {
        Path root = home.toAbsolutePath().normalize();
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(root.resolve("plugins"))) {
            folders.add(root.resolve("plugins"));
        }
        for (String name :
                morePlugins == null ? new String[0] : morePlugins.split(File.pathSeparator)) {
            if (!name.isBlank()) {
                folders.add(folder(name));
            }
        }
        return new Distribution(root, folders);
    }

    private static Path folder(String name) {
        Path folder = Path.of(name).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new LaunchFailure("DYADIC_PLUGINS names " + folder + ", which is no folder");
        }
        return folder;
    }

    private static Path aboveLib() {
        try {
            var jar = Main.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(jar).getParent().getParent();
        } catch (URISyntaxException e) {
            throw new LaunchFailure("cannot tell where Dyadic is installed; set -Ddyadic.home");
        }
    }

    /** Every feature installed, in the order of their file names. */
    public List<Feature> features() {
        List<Path> files = list(home.resolve("features"), ".json");
        if (files.isEmpty()) {
            throw incomplete("there is no feature file in " + home.resolve("features"));
        }
        return files.stream().map(Feature::read).toList();
    }

    /** The jars of the features that start, each once; a missing one is a {@link LaunchFailure}. */
    public List<Path> bundles() {
        Set<Path> jars = new LinkedHashSet<>();
        for (Feature feature : choice.among(features())) {
            for (Feature.Artifact bundle : feature.bundles()) {
                Path jar = home.resolve("bundles").resolve(bundle.jar());
                if (!Files.isRegularFile(jar)) {
                    throw incomplete(
                            feature.id() + " names " + bundle + ", but " + jar + " is missing");
                }
                jars.add(jar);
            }
        }
        return List.copyOf(jars);
    }

    /** The jars in the plug-in folders. */
    public List<Path> plugins() {
        return pluginFolders.stream().flatMap(folder -> list(folder, ".jar").stream()).toList();
    }

    private LaunchFailure incomplete(String what) {
        return new LaunchFailure("the distribution is incomplete: " + what + "; build it again");
    }

    private static List<Path> list(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LaunchFailure(
                    "cannot read the folder " + folder + " (" + e.getMessage() + ")");
        }
    }
}
