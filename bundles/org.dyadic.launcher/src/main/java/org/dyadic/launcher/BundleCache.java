package org.dyadic.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The temporary folder in which the framework keeps its books: one per process, so that processes
 * never wait for each other, gone when the JVM ends, however it ends short of being killed.
 */
final class BundleCache {
    private final Path folder;

    private BundleCache(Path folder) {
        this.folder = folder;
    }

    static BundleCache create() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            BundleCache cache = new BundleCache(Files.createTempDirectory(parent, "dyadic-"));
            Runtime.getRuntime().addShutdownHook(new Thread(cache::deleteLast, "bundle-cache"));
            return cache;
        } catch (IOException e) {
            throw new LaunchFailure(
                    "cannot create a temporary folder in "
                            + parent
                            + " ("
                            + e.getMessage()
                            + "); name another one with the environment variable TMPDIR");
        }
    }

    Path folder() {
        return folder;
    }

    /**
     * Whether the JVM is ending: from then on nothing may be torn down. True before the first
     * shutdown hook runs, because only the JVM itself can tell without a race.
     */
    static boolean ending() {
        try {
            Thread probe = new Thread();
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /**
     * Leaves the deletion to the JVM's very last step. Other shutdown hooks run at the same time as
     * this one, and a command that is writing its partial results still needs its bundles.
     */
    private void deleteLast() {
        // Deleted in reverse order: a folder is listed before what it holds.
        list().forEach(File::deleteOnExit);
    }

    /** Deletes it now, once the framework has stopped. */
    void delete() {
        List<File> files = list();
        for (int i = files.size() - 1; i >= 0; i--) {
            files.get(i).delete();
        }
    }

    private List<File> list() {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.map(Path::toFile).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of(); // already gone, or not ours to delete any more
        }
    }
}
