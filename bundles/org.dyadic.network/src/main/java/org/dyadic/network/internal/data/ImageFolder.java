package org.dyadic.network.internal.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.network.Shape;

/** Images that stay in their files until they are asked for. */
final class ImageFolder implements Dataset {

    private final List<String> names;
    private final List<Path> files;
    private final List<Integer> labels;
    private final Shape shape;

    /** Calculated when first asked for, because it reads every file. */
    private volatile String digest;

    /**
     * @param names of the files, as the table has them
     */
    ImageFolder(List<String> names, List<Path> files, List<Integer> labels, Shape shape) {
        this.names = List.copyOf(names);
        this.files = List.copyOf(files);
        this.labels = List.copyOf(labels);
        this.shape = shape;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public void read(int index, byte[] pixels) {
        var file = files.get(index);
        try {
            PngFile.decode(Files.readAllBytes(file), shape, pixels);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Over the name, the label and the content of each file in turn. */
    @Override
    public String digest() {
        if (digest == null) {
            var sha = Records.sha256();
            for (int i = 0; i < files.size(); i++) {
                var file = files.get(i);
                var line = names.get(i) + "\0" + labels.get(i) + "\0";
                sha.update(line.getBytes(StandardCharsets.UTF_8));
                try {
                    sha.update(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw unreadable(file, e);
                }
            }
            digest = HexFormat.of().formatHex(sha.digest());
        }
        return digest;
    }

    private static UncheckedIOException unreadable(Path file, IOException cause) {
        return new UncheckedIOException(
                new IOException(
                        "image '" + file + "' could not be decoded: " + cause.getMessage(), cause));
    }
}
