package org.dyadic.execution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What nodes compute from many images, until nobody needs it any more: in memory as far as there is
 * room, in temporary files beyond that. Safe for threads that put different images.
 */
final class Shelf implements AutoCloseable {

    /** Bytes that may yet be held in memory; shelves may share it. */
    private final AtomicLong room;

    private final float[][][] held; // by node, then image
    private final FileChannel[] files; // by node; null where there is none

    Shelf(int nodes, int images, AtomicLong room) {
        this.room = room;
        this.held = new float[nodes][images][];
        this.files = new FileChannel[nodes];
    }

    /** A third of what Java may use: the rest is for what is at work on a layer. */
    static AtomicLong roomOfThisMachine() {
        return new AtomicLong(Runtime.getRuntime().maxMemory() / 3);
    }

    /** Also instead of what was there, of the same size. */
    void put(int node, int image, float[] result) {
        if (held[node][image] != null || room.addAndGet(-bytes(result.length)) >= 0) {
            held[node][image] = result;
        } else {
            room.addAndGet(bytes(result.length));
            write(file(node), image, result);
        }
    }

    /**
     * @param size how many elements a result of the node has
     */
    float[] get(int node, int image, int size) {
        float[] result = held[node][image];
        return result != null ? result : read(files[node], image, size);
    }

    /** Nobody needs what a node has computed. */
    void release(int node) {
        for (int image = 0; image < held[node].length; image++) {
            if (held[node][image] != null) {
                room.addAndGet(bytes(held[node][image].length));
                held[node][image] = null;
            }
        }
        if (files[node] != null) {
            try {
                files[node].close();
            } catch (IOException e) {
                throw failed(e);
            }
            files[node] = null;
        }
    }

    @Override
    public void close() {
        for (int node = 0; node < files.length; node++) {
            release(node);
        }
    }

    private static long bytes(int elements) {
        return (long) elements * Float.BYTES;
    }

    private synchronized FileChannel file(int node) {
        if (files[node] == null) {
            try {
                files[node] =
                        FileChannel.open(
                                Files.createTempFile("dyadic-calibration-", ".floats"),
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return files[node];
    }

    private static void write(FileChannel file, int image, float[] result) {
        var bytes = buffer(result.length);
        bytes.asFloatBuffer().put(result);
        long at = image * bytes(result.length);
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes, at + bytes.position());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static float[] read(FileChannel file, int image, int size) {
        var bytes = buffer(size);
        long at = image * bytes(size);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, at + bytes.position()) < 0) {
                    throw new IOException("a temporary file has become shorter");
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        var result = new float[size];
        bytes.flip().asFloatBuffer().get(result);
        return result;
    }

    private static ByteBuffer buffer(int elements) {
        return ByteBuffer.allocate(Math.toIntExact(bytes(elements))).order(ByteOrder.nativeOrder());
    }

    private static PluginFailure failed(IOException cause) {
        return new PluginFailure(
                "platform",
                "what calibration does not hold in memory could not be kept in "
                        + System.getProperty("java.io.tmpdir")
                        + ": "
                        + cause.getMessage()
                        + "; calibrate on fewer images, give Java more memory"
                        + " (DYADIC_JAVA_OPTS=-Xmx8g), or name another folder with TMPDIR");
    }
}
