package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shared models and data sets; a test that needs one is skipped, visibly, where it is not. */
public final class Shared {

    private static final Path ROOT =
            Path.of(System.getProperty("dyadic.shared", "../../../shared")).resolve("data");

    private Shared() {}

    public static Path data(String path) {
        var file = ROOT.resolve(path);
        assumeTrue(Files.exists(file), () -> "shared data is not here: " + file.normalize());
        return file;
    }

    /** The files of a folder that end in the suffix, sorted. */
    public static List<Path> files(String folder, String suffix) throws IOException {
        try (var files = Files.list(data(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /** The first bytes of a shared file that is compressed with xz. */
    public static byte[] decompressed(String path, int count)
            throws IOException, InterruptedException {
        var file = data(path);
        Process process;
        try {
            process =
                    new ProcessBuilder("xz", "-dc", file.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            assumeTrue(false, "no program xz here to decompress " + file);
            throw e;
        }
        try (var output = process.getInputStream()) {
            byte[] content = output.readNBytes(count);
            assertThat(content).hasSize(count);
            return content;
        } finally {
            // It may still be writing what nobody reads.
            process.destroy();
            process.waitFor();
        }
    }
}
