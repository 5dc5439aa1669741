package org.dyadic.plugins;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.dyadic.api.workbench.UserHome;

/**
 * What lies in the folder of a user's own things, {@link UserHome}.
 *
 * @param folder need not exist
 */
record Home(Path folder) {

    static Home ofUser() {
        return new Home(UserHome.folder());
    }

    /** What is installed. */
    Path index() {
        return folder.resolve("plugins.json");
    }

    /** The jars that the index names. A file here is written once and never changed. */
    Path store() {
        return folder.resolve("store");
    }

    /** Jars that somebody put there by hand. */
    Path dropped() {
        return folder.resolve("plugins");
    }

    /** The certificates of those whose signatures count. */
    Trust trust() {
        return new Trust(folder.resolve("trusted"));
    }

    /** The jars in {@link #dropped}, by name. */
    List<Path> droppedJars() throws IOException {
        if (!Files.isDirectory(dropped())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dropped())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Keeps other processes from changing what is installed; waits for one that does. */
    FileChannel lock() throws IOException {
        Files.createDirectories(folder);
        var channel =
                FileChannel.open(
                        folder.resolve("plugins.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** What writes a file. */
    interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a file so that there is the whole of it or none, even if the power goes. */
    static void write(Path file, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            unfinished,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                OutputStream out = Channels.newOutputStream(channel);
                content.write(out);
                out.flush();
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.isRegularFile(unfinished)) {
                Files.deleteIfExists(unfinished);
            }
            throw e;
        }
    }
}
