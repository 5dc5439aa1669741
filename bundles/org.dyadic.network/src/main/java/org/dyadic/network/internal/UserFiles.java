package org.dyadic.network.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.UnreadableFileException;

/** The checks that every file a user names must pass before anything is read from it. */
public final class UserFiles {

    private UserFiles() {}

    /** Throws unless the path is a file with content that this process may read. */
    public static void requireFile(Path file, String what) throws UnreadableFileException {
        requireExisting(file, what);
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException(
                    what + " '" + file + "' is a folder; name a file in it");
        }
        requireReadable(file, what);
        if (size(file, what) == 0) {
            throw new UnreadableFileException(
                    what + " '" + file + "' is empty (0 bytes); fetch or export it again");
        }
    }

    /** Throws unless the path is there, with the nearest name that is there instead. */
    public static void requireExisting(Path path, String what) throws UnreadableFileException {
        if (Files.exists(path)) {
            return;
        }
        var folder = path.toAbsolutePath().getParent();
        var name = String.valueOf(path.getFileName());
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UnreadableFileException(
                    what + " '" + path + "' does not exist, nor does its folder; check the path");
        }
        var compressed = folder.resolve(name + ".xz");
        if (Files.exists(compressed)) {
            throw new UnreadableFileException(
                    what
                            + " '"
                            + path
                            + "' does not exist, but '"
                            + compressed.getFileName()
                            + "' does; decompress it with: xz -dk '"
                            + compressed
                            + "'");
        }
        throw new UnreadableFileException(
                what
                        + " '"
                        + path
                        + "' does not exist; check the path."
                        + Guess.suggestion(name, names(folder)));
    }

    /** Throws unless this process may read the file or folder. */
    public static void requireReadable(Path path, String what) throws UnreadableFileException {
        if (!Files.isReadable(path)) {
            throw new UnreadableFileException(
                    what + " '" + path + "' may not be read; check its permissions");
        }
    }

    /** The names in a folder, sorted; none if it cannot be listed. */
    public static List<String> names(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    public static long size(Path file, String what) throws UnreadableFileException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw failed(file, what, e);
        }
    }

    /** A failure of the file system, in words. */
    public static UnreadableFileException failed(Path file, String what, IOException cause) {
        return new UnreadableFileException(
                what + " '" + file + "' could not be read: " + reason(cause));
    }

    private static String reason(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
