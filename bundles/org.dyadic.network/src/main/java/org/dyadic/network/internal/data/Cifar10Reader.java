package org.dyadic.network.internal.data;

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
        var parts = new ArrayList<InMemory.Part>();
        var contents = new ArrayList<byte[]>();
        int count = 0;
        for (var file : files) {
            byte[] content = Contents.read(file);
            requireRecords(file, content);
            contents.add(content);
            parts.add(new InMemory.Part(content, 1, RECORD, content.length / RECORD));
            count += content.length / RECORD;
        }
        return new InMemory(SHAPE, parts, labels(contents, count), InMemory.digest(contents));
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

    private static void requireRecords(Path file, byte[] content) throws UnreadableFileException {
        if (content.length % RECORD != 0) {
            throw new UnreadableFileException(
                    "data file '"
                            + file
                            + "' has "
                            + content.length
                            + " bytes, which is no multiple of "
                            + RECORD
                            + " (a label and 3 x 32 x 32 samples): it is cut short or not the"
                            + " binary version of CIFAR-10; fetch cifar-10-binary.tar.gz again");
        }
        for (int at = 0; at < content.length; at += RECORD) {
            int label = content[at] & 0xff;
            if (label >= CLASSES) {
                throw new UnreadableFileException(
                        "data file '"
                                + file
                                + "' has label "
                                + label
                                + " at image "
                                + at / RECORD
                                + "; labels go from 0 to 9, so it is damaged or another data set");
            }
        }
    }

    private static byte[] labels(List<byte[]> contents, int count) {
        var labels = new byte[count];
        int image = 0;
        for (var content : contents) {
            for (int at = 0; at < content.length; at += RECORD) {
                labels[image++] = content[at];
            }
        }
        return labels;
    }
}
