package org.dyadic.network.internal.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.network.Shape;

/** Images that stand one after the other in a few files, and are read when they are asked for. */
final class Records implements Dataset {

    /** Where a file keeps its images: one every {@code stride} bytes from {@code offset}. */
    record Part(Contents content, int offset, int stride, int count) {}

    private final Shape shape;
    private final List<Part> images;
    private final byte[] labels;
    private final List<Contents> files;

    /** Calculated when first asked for, because it reads every file. */
    private volatile String digest;

    /**
     * @param labels a class for each image
     * @param files all that images and labels are read from
     */
    Records(Shape shape, List<Part> images, byte[] labels, List<Contents> files) {
        this.shape = shape;
        this.images = List.copyOf(images);
        this.labels = labels;
        this.files = List.copyOf(files);
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
                long at = part.offset + (long) rest * part.stride;
                part.content.read(at, pixels, shape.size());
                return;
            }
            rest -= part.count;
        }
        throw new IndexOutOfBoundsException("image " + index + " of " + size());
    }

    /** Over the files, decompressed, one after the other. */
    @Override
    public String digest() {
        if (digest == null) {
            var sha = sha256();
            files.forEach(file -> file.digest(sha));
            digest = HexFormat.of().formatHex(sha.digest());
        }
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
