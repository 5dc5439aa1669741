package org.dyadic.network.internal.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.network.internal.UserFiles;

/** Reads files whole, decompressing those whose name ends in {@code .gz}. */
final class Contents {

    /** Half of what an array can hold; no data set of these formats comes near. */
    private static final int LIMIT = 1 << 30;

    private Contents() {}

    /** The content, decompressed. */
    static byte[] read(Path file) throws UnreadableFileException {
        UserFiles.requireFile(file, "data file");
        try (var stream = open(file)) {
            byte[] content = stream.readNBytes(LIMIT);
            if (content.length == LIMIT) {
                throw new UnreadableFileException(
                        "data file '" + file + "' holds more than " + LIMIT + " bytes");
            }
            return content;
        } catch (EOFException e) {
            throw new UnreadableFileException(
                    "data file '"
                            + file
                            + "' is cut short: its gzip stream ends early; fetch it"
                            + " again");
        } catch (ZipException e) {
            throw new UnreadableFileException(
                    "data file '"
                            + file
                            + "' is named .gz but is no sound gzip file ("
                            + e.getMessage()
                            + "); fetch it again");
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw UserFiles.failed(file, "data file", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        var stream = Files.newInputStream(file);
        if (!file.toString().endsWith(".gz")) {
            return stream;
        }
        try {
            return new GZIPInputStream(stream, 1 << 16);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * The file, or, if it is not there, the same with {@code .gz}; the file itself if neither is,
     * so that a message names it.
     */
    static Path plainOrCompressed(Path file) {
        var compressed = file.resolveSibling(file.getFileName() + ".gz");
        return !Files.exists(file) && Files.exists(compressed) ? compressed : file;
    }
}
