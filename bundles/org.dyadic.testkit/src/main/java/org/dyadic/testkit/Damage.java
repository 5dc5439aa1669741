package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.UnreadableFileException;

/** Copies of a file or a folder with something wrong, and how a reader takes them. */
final class Damage {

    private static final int TRIES = 40;

    private Damage() {}

    /** What reads a file or a folder. */
    interface Reading {
        void read(Path location) throws UnreadableFileException;
    }

    /** A file or a folder with all that is in it, under its own name in another folder. */
    static Path copy(Path original, Path folder) throws IOException {
        var copy = folder.resolve(original.getFileName().toString());
        try (Stream<Path> files = Files.walk(original)) {
            for (var file : files.toList()) {
                var target = copy.resolve(original.relativize(file).toString()).normalize();
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    /** The files of a location, in the order of their names. */
    static List<Path> files(Path location) throws IOException {
        try (Stream<Path> files = Files.walk(location)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The complaint of a reader, or nothing if it reads; any other exception fails the test. */
    static Optional<String> complaint(Reading reader, Path location, String what) {
        try {
            reader.read(location);
            return Optional.empty();
        } catch (UnreadableFileException e) {
            Documented.line(e.getMessage(), "message about " + what);
            return Optional.of(e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(
                    what + " is a user's mistake: UnreadableFileException tells it, not " + e, e);
        }
    }

    /** Cuts off and flips bytes of one file at a time; the reader reads or complains. */
    static void survives(Reading reader, Path copy) throws IOException {
        var random = new SplittableRandom(7);
        var complaints = new ArrayList<String>();
        for (var file : files(copy)) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < TRIES && whole.length > 0; i++) {
                byte[] damaged;
                if (i % 2 == 0) {
                    damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
                } else {
                    damaged = whole.clone();
                    // Headers, which say how long the rest is, stand at the front.
                    int place =
                            random.nextInt(i % 4 == 1 ? Math.min(64, whole.length) : whole.length);
                    damaged[place] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, damaged);
                complaint(reader, copy, "a damaged " + file.getFileName())
                        .ifPresent(complaints::add);
            }
            Files.write(file, new byte[0]);
            complaint(reader, copy, "an empty " + file.getFileName()).ifPresent(complaints::add);
            Files.write(file, whole);
        }
        assertThat(complaints).as("complaints about files that are cut off or empty").isNotEmpty();
        assertThat(complaint(reader, copy, "the whole sample")).isEmpty();
    }
}
