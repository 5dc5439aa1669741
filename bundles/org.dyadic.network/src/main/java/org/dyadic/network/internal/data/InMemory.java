package org.dyadic.network.internal.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.network.Shape;

/** Images of which all samples are in memory, as parts of a few arrays. */
final class InMemory implements Dataset {

    /** Where an array keeps its images: one every {@code stride} bytes from {@code offset}. */
    record Part(byte[] content, int offset, int stride, int count) {}

    private final Shape shape;
    private final List<Part> images;
    private final byte[] labels;
    private final String digest;

    /**
     * @param labels a class for each image
     */
    InMemory(Shape shape, List<Part> images, byte[] labels, String digest) {
        this.shape = shape;
        this.images = List.copyOf(images);
        this.labels = labels;
        this.digest = digest;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xff;
    }

    @Override
    public void read(int index, byte[] pixels) {
        int rest = index;
        for (var part : images) {
            if (rest < part.count) {
                int at = part.offset + rest * part.stride;
                System.arraycopy(part.content, at, pixels, 0, shape.size());
                return;
            }
            rest -= part.count;
        }
        throw new IndexOutOfBoundsException("image " + index + " of " + size());
    }

    @Override
    public String digest() {
        return digest;
    }

    /** SHA-256 over the contents, one after the other. */
    static String digest(Iterable<byte[]> contents) {
        var sha = sha256();
        contents.forEach(sha::update);
        return HexFormat.of().formatHex(sha.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
