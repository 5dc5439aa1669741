package org.dyadic.network.internal.data;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.data.DatasetReaderService;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.network.internal.UserFiles;
import org.osgi.service.component.annotations.Component;

/**
 * CIFAR-10 in its binary layout: for each image a label and 3 x 32 x 32 bytes, red first
 * (https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version").
 */
@Component
@DatasetReaderService(id = "cifar10")
public final class Cifar10Reader implements DatasetReader {

    private static final Shape SHAPE = Shape.of(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.size();
    private static final int CLASSES = 10;

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "CIFAR-10, binary version: a folder with test_batch.bin and data_batch_1.bin to"
                            + " data_batch_5.bin, or one such file, perhaps compressed (.gz)",
                    Split.parameter());

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Dataset open(Path location, Settings settings) throws UnreadableFileException {
        UserFiles.requireExisting(location, "data set");
        var files =
                Files.isDirectory(location)
                        ? batches(location, Split.of(settings))
                        : List.of(location);
        var parts = new ArrayList<Records.Part>();
        var contents = new ArrayList<Contents>();
        var labels = new ByteArrayOutputStream();
        for (var file : files) {
            var content = Contents.of(file);
            int count = records(content);
            contents.add(content);
            parts.add(new Records.Part(content, 1, RECORD, count));
            readLabels(content, count, labels);
        }
        return new Records(SHAPE, parts, labels.toByteArray(), contents);
    }

    private static List<Path> batches(Path folder, Split split) throws UnreadableFileException {
        UserFiles.requireReadable(folder, "data set");
        if (split == Split.TEST) {
            return List.of(Contents.plainOrCompressed(folder.resolve("test_batch.bin")));
        }
        var files = new ArrayList<Path>();
        for (int batch = 1; batch <= 5; batch++) {
            var file = Contents.plainOrCompressed(folder.resolve("data_batch_" + batch + ".bin"));
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        // None at all: the message about the first one tells what is missing.
        return files.isEmpty() ? List.of(folder.resolve("data_batch_1.bin")) : files;
    }

    /** How many images a file holds, which must be whole. */
    private static int records(Contents content) throws UnreadableFileException {
        long whole = content.size() / RECORD;
        long over = content.size() % RECORD;
        if (over != 0) {
            throw new UnreadableFileException(
                    "data file '"
                            + content.file()
                            + "' has "
                            + content.size()
                            + " bytes: "
                            + Contents.images(whole)
                            + " of "
                            + RECORD
                            + " bytes (a label and 3 x 32 x 32 samples) and "
                            + over
                            + " bytes over. It is cut short, or not the binary version of CIFAR-10;"
                            + " fetch cifar-10-binary.tar.gz again"
                            + (whole == 0
                                    ? ""
                                    : ", or keep the whole images: head -c "
                                            + whole * RECORD
                                            + " '"
                                            + content.file()
                                            + "' > whole.bin"));
        }
        return Math.toIntExact(whole);
    }

    private static void readLabels(Contents content, int count, ByteArrayOutputStream labels)
            throws UnreadableFileException {
        var label = new byte[1];
        for (int image = 0; image < count; image++) {
            content.read((long) image * RECORD, label, 1);
            if ((label[0] & 0xff) >= CLASSES) {
                throw new UnreadableFileException(
                        "data file '"
                                + content.file()
                                + "' has label "
                                + (label[0] & 0xff)
                                + " at image "
                                + image
                                + " (byte "
                                + (long) image * RECORD
                                + "), but there are "
                                + CLASSES
                                + " classes, 0 to 9; it is damaged or another data set");
            }
            labels.write(label[0]);
        }
    }
}
