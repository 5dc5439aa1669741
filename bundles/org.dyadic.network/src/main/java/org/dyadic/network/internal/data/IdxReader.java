package org.dyadic.network.internal.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.data.DatasetReaderService;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.network.internal.UserFiles;
import org.osgi.service.component.annotations.Component;

/**
 * Grey images and labels in the IDX format of MNIST and its family
 * (http://yann.lecun.com/exdb/mnist, "file formats").
 */
@Component
@DatasetReaderService(id = "idx")
public final class IdxReader implements DatasetReader {

    /** Two zero bytes, 08 for unsigned bytes, and the number of dimensions. */
    private static final int IMAGES = 0x0803;

    private static final int LABELS = 0x0801;

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "Grey images in the IDX format of MNIST: a folder with the usual four files, or"
                            + " the file of the images beside that of the labels, perhaps"
                            + " compressed (.gz)",
                    Split.parameter(),
                    Parameter.whole("classes", 2, 256)
                            .defaultsTo(10)
                            .documented("labels go from 0 to one below"));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Dataset open(Path location, Settings settings) throws UnreadableFileException {
        UserFiles.requireExisting(location, "data set");
        var imageFile =
                Files.isDirectory(location) ? imageFile(location, Split.of(settings)) : location;
        var labelFile = labelFile(imageFile);
        var images = Contents.of(imageFile);
        var dims = header(images, IMAGES, 3);
        var labelled = Contents.of(labelFile);
        int count = header(labelled, LABELS, 1)[0];
        if (count != dims[0]) {
            throw new UnreadableFileException(
                    "'"
                            + imageFile
                            + "' has "
                            + dims[0]
                            + " images but '"
                            + labelFile
                            + "' has "
                            + count
                            + " labels; the two files do not belong together");
        }
        var labels = Arrays.copyOfRange(labelled.start(8 + count), 8, 8 + count);
        requireLabels(labelFile, labels, settings.whole("classes"));
        var shape = Shape.of(1, dims[1], dims[2]);
        return new Records(
                shape,
                List.of(new Records.Part(images, 16, shape.size(), count)),
                labels,
                List.of(images, labelled));
    }

    private static Path imageFile(Path folder, Split split) throws UnreadableFileException {
        UserFiles.requireReadable(folder, "data set");
        var prefix = split == Split.TEST ? "t10k" : "train";
        var usual = folder.resolve(prefix + "-images-idx3-ubyte");
        var candidates = new ArrayList<>(List.of(usual));
        // Some archives unpack to a dot in place of the second hyphen.
        candidates.add(folder.resolve(prefix + "-images.idx3-ubyte"));
        for (var candidate : candidates) {
            var file = Contents.plainOrCompressed(candidate);
            if (Files.exists(file)) {
                return file;
            }
        }
        return usual;
    }

    private static Path labelFile(Path imageFile) throws UnreadableFileException {
        var name = imageFile.getFileName().toString();
        var labels = name.replace("images", "labels").replace("idx3", "idx1");
        if (labels.equals(name)) {
            throw new UnreadableFileException(
                    "data file '"
                            + imageFile
                            + "' has no 'images' in its name, so the file of its labels cannot be"
                            + " found; name the folder, or a file such as"
                            + " t10k-images-idx3-ubyte.gz");
        }
        var file = imageFile.resolveSibling(labels);
        var other =
                labels.endsWith(".gz")
                        ? imageFile.resolveSibling(labels.substring(0, labels.length() - 3))
                        : Contents.plainOrCompressed(file);
        return Files.exists(file) ? file : Files.exists(other) ? other : file;
    }

    /** The dimensions, after checking that they make up the length. */
    private static int[] header(Contents content, int magic, int rank)
            throws UnreadableFileException {
        var file = content.file();
        int length = 4 + 4 * rank;
        if (content.size() < length) {
            throw new UnreadableFileException(
                    "data file '"
                            + file
                            + "' has "
                            + content.size()
                            + " bytes, fewer than the "
                            + length
                            + " of an IDX header; fetch it again");
        }
        var header = ByteBuffer.wrap(content.start(length));
        int found = header.getInt();
        if (found != magic) {
            throw new UnreadableFileException(
                    String.format(
                            "data file '%s' starts with %08x; IDX %s start with %08x%s",
                            file,
                            found,
                            magic == IMAGES ? "images" : "labels",
                            magic,
                            found == LABELS
                                    ? ": these are labels"
                                    : found == IMAGES
                                            ? ": these are images"
                                            : ". It is damaged or of another format; fetch it again"));
        }
        var dims = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = header.getInt();
            if (dims[axis] < 1) {
                throw new UnreadableFileException(
                        "data file '"
                                + file
                                + "' claims dimension "
                                + dims[axis]
                                + " at byte "
                                + (4 + 4 * axis)
                                + "; it is damaged, fetch it again");
            }
        }
        requireLength(content, length, dims);
        return dims;
    }

    private static void requireLength(Contents content, int header, int[] dims)
            throws UnreadableFileException {
        // Of 32 bits each: three of them overflow 64.
        var record =
                Arrays.stream(dims)
                        .skip(1)
                        .mapToObj(BigInteger::valueOf)
                        .reduce(BigInteger.ONE, BigInteger::multiply);
        var expected = record.multiply(BigInteger.valueOf(dims[0])).add(BigInteger.valueOf(header));
        if (expected.equals(BigInteger.valueOf(content.size()))) {
            return;
        }
        var rest = BigInteger.valueOf(content.size() - header).divideAndRemainder(record);
        throw new UnreadableFileException(
                "data file '"
                        + content.file()
                        + "' should have "
                        + expected
                        + " bytes for "
                        + Arrays.stream(dims)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" x "))
                        + " but has "
                        + content.size()
                        + ": "
                        + (dims.length == 1
                                ? rest[0] + " labels"
                                : Contents.images(rest[0].longValue())
                                        + " and "
                                        + rest[1]
                                        + " bytes over")
                        + "; it is cut short or damaged, fetch it again");
    }

    private static void requireLabels(Path file, byte[] labels, int classes)
            throws UnreadableFileException {
        for (int image = 0; image < labels.length; image++) {
            int label = labels[image] & 0xff;
            if (label >= classes) {
                throw new UnreadableFileException(
                        "data file '"
                                + file
                                + "' has label "
                                + label
                                + " at image "
                                + image
                                + " (byte "
                                + (8 + image)
                                + "), but there are "
                                + classes
                                + " classes, 0 to "
                                + (classes - 1)
                                + "; set 'classes' if the data set has more");
            }
        }
    }
}
