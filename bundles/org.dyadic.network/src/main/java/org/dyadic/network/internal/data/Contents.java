package org.dyadic.network.internal.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.network.internal.UserFiles;

/**
 * What a data file holds. A plain file is read where and when it is asked for, so that it may be
 * larger than memory; one whose name ends in {@code .gz} is held in memory, decompressed. Safe for
 * any number of threads.
 */
final class Contents {

    /** Half of what an array can hold; no compressed data set of these formats comes near. */
    private static final int LIMIT = 1 << 30;

    private final Path file;
    private final long size;
    private final FileChannel channel; // null for what is in memory
    private final byte[] decompressed; // null for what is not

    private Contents(Path file, long size, FileChannel channel, byte[] decompressed) {
        this.file = file;
        this.size = size;
        this.channel = channel;
        this.decompressed = decompressed;
    }

    static Contents of(Path file) throws UnreadableFileException {
        UserFiles.requireFile(file, "data file");
        if (file.toString().endsWith(".gz")) {
            byte[] decompressed = decompress(file);
            return new Contents(file, decompressed.length, null, decompressed);
        }
        try {
            // Open as long as the data set is in use; closed with it, by the garbage collector.
            var channel = FileChannel.open(file);
            return new Contents(file, channel.size(), channel, null);
        } catch (IOException e) {
            throw UserFiles.failed(file, "data file", e);
        }
    }

    private static byte[] decompress(Path file) throws UnreadableFileException {
        try (var plain = Files.newInputStream(file);
                var stream = new GZIPInputStream(plain, 1 << 16)) {
            byte[] content = stream.readNBytes(LIMIT);
            if (content.length == LIMIT) {
                throw new UnreadableFileException(
                        "data file '"
                                + file
                                + "' holds more than "
                                + LIMIT
                                + " bytes; decompress it, so that it need not fit memory: gunzip '"
                                + file
                                + "'");
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

    Path file() {
        return file;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    /** Reads so many bytes from a place in the file into the start of an array. */
    void read(long at, byte[] into, int count) {
        if (channel == null) {
            System.arraycopy(decompressed, (int) at, into, 0, count);
            return;
        }
        var rest = ByteBuffer.wrap(into, 0, count);
        try {
            while (rest.hasRemaining()) {
                if (channel.read(rest, at + rest.position()) < 0) {
                    throw new IOException("it is shorter than it was when it was opened");
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The first bytes; fewer where there are not so many. */
    byte[] start(int count) {
        var start = new byte[(int) Math.min(count, size)];
        read(0, start, start.length);
        return start;
    }

    /** {@code 2 whole images}. */
    static String images(long whole) {
        return whole + (whole == 1 ? " whole image" : " whole images");
    }

    /** Takes all of it into a digest. */
    void digest(MessageDigest digest) {
        try (var stream = new DigestInputStream(stream(), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private InputStream stream() throws IOException {
        return channel == null
                ? new ByteArrayInputStream(decompressed)
                : Files.newInputStream(file);
    }

    private UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException(UserFiles.failed(file, "data file", cause));
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
