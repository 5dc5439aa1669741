package org.dyadic.network.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.network.internal.data.DatasetTesting.assertRefusal;
import static org.dyadic.network.internal.data.DatasetTesting.gzip;
import static org.dyadic.network.internal.data.DatasetTesting.open;
import static org.dyadic.network.internal.data.DatasetTesting.pixels;
import static org.dyadic.network.internal.data.DatasetTesting.word;
import static org.dyadic.network.internal.data.DatasetTesting.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.network.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

    private static final String IMAGES = "t10k-images-idx3-ubyte";
    private static final String LABELS = "t10k-labels-idx1-ubyte";

    private final IdxReader reader = new IdxReader();

    @TempDir Path folder;

    @Test
    void readsTheUsualFolder() throws IOException {
        write(folder.resolve(IMAGES), images(3, 2, 2));
        write(folder.resolve(LABELS), labels(7, 0, 9));
        var dataset = open(reader, folder);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.shape()).isEqualTo(Shape.of(1, 2, 2));
        assertThat(dataset.label(0)).isEqualTo(7);
        assertThat(dataset.label(2)).isEqualTo(9);
        assertThat(pixels(dataset, 1)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void aFileOfImagesFindsItsLabels() throws IOException {
        var file = write(folder.resolve("my-images-idx3-ubyte.gz"), gzip(images(1, 2, 2)));
        write(folder.resolve("my-labels-idx1-ubyte"), labels(4));
        assertThat(open(reader, file).label(0)).isEqualTo(4);
    }

    @Test
    void compressedAndPlainFilesAreOneDataSet() throws IOException {
        write(folder.resolve(IMAGES + ".gz"), gzip(images(2, 2, 2)));
        write(folder.resolve(LABELS + ".gz"), gzip(labels(1, 2)));
        var compressed = open(reader, folder).digest();
        Files.delete(folder.resolve(IMAGES + ".gz"));
        write(folder.resolve(IMAGES), images(2, 2, 2));
        assertThat(open(reader, folder).digest()).isEqualTo(compressed).hasSize(64);
    }

    @Test
    void trainingSplitReadsItsOwnFiles() throws IOException {
        write(folder.resolve("train-images.idx3-ubyte"), images(2, 2, 2));
        write(folder.resolve("train-labels.idx1-ubyte"), labels(1, 2));
        assertThat(open(reader, folder, word("split", "train")).size()).isEqualTo(2);
        assertRefusal(reader, folder).contains(IMAGES, "does not exist");
    }

    @Test
    void refusesCountsThatDisagree() throws IOException {
        write(folder.resolve(IMAGES), images(3, 2, 2));
        write(folder.resolve(LABELS), labels(1, 2));
        assertRefusal(reader, folder).contains("3 images", "2 labels", "do not belong together");
    }

    @Test
    void refusesLabelsInPlaceOfImages() throws IOException {
        write(folder.resolve(IMAGES), labels(1, 2, 3, 4, 5, 6, 7, 8, 9));
        write(folder.resolve(LABELS), labels(1, 2));
        assertRefusal(reader, folder).contains("00000801", "00000803", "these are labels");
    }

    @Test
    void refusesALengthThatIsNotTheHeaders() throws IOException {
        byte[] whole = images(3, 2, 2);
        write(folder.resolve(IMAGES), Arrays.copyOf(whole, whole.length - 1));
        write(folder.resolve(LABELS), labels(1, 2, 3));
        assertRefusal(reader, folder)
                .contains(
                        IMAGES, "28 bytes", "3 x 2 x 2", "has 27: 2 whole images and 3 bytes over")
                .contains("cut short", "again");
        write(folder.resolve(IMAGES), Arrays.copyOf(whole, whole.length + 5));
        assertRefusal(reader, folder).contains("has 33: 4 whole images and 1 bytes over");
    }

    @Test
    void refusesLabelsCutShort() throws IOException {
        write(folder.resolve(IMAGES), images(3, 2, 2));
        write(folder.resolve(LABELS), Arrays.copyOf(labels(1, 2, 3), 10));
        assertRefusal(reader, folder)
                .contains(LABELS, "11 bytes for 3 but has 10: 2 labels", "cut short");
    }

    @Test
    void refusesWhatIsNeitherImagesNorLabels() throws IOException {
        write(folder.resolve(IMAGES), "GIF89a and so on, longer than a header".getBytes());
        write(folder.resolve(LABELS), labels(1));
        assertRefusal(reader, folder).contains(IMAGES, "47494638", "00000803", "damaged", "again");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        write(folder.resolve(IMAGES), new byte[0]);
        write(folder.resolve(LABELS), labels(1));
        assertRefusal(reader, folder).contains(IMAGES, "empty (0 bytes)");
        write(folder.resolve(IMAGES), images(1, 2, 2));
        write(folder.resolve(LABELS), new byte[0]);
        assertRefusal(reader, folder).contains(LABELS, "empty (0 bytes)");
    }

    @Test
    void refusesAHeaderCutShort() throws IOException {
        write(folder.resolve(IMAGES), new byte[] {0, 0, 8});
        write(folder.resolve(LABELS), labels(1));
        assertRefusal(reader, folder).contains("3 bytes", "IDX header");
    }

    @Test
    void refusesDimensionsThatOverflow() throws IOException {
        var header = ByteBuffer.allocate(20).putInt(0x803);
        header.putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE).putInt(Integer.MAX_VALUE);
        write(folder.resolve(IMAGES), header.array());
        write(folder.resolve(LABELS), labels(1));
        assertRefusal(reader, folder).contains("2147483647", "has 20");
        write(folder.resolve(IMAGES), header.putInt(4, -5).array());
        assertRefusal(reader, folder).contains("dimension -5 at byte 4");
    }

    @Test
    void labelsStayBelowTheClasses() throws IOException {
        write(folder.resolve(IMAGES), images(2, 2, 2));
        write(folder.resolve(LABELS), labels(1, 46));
        assertRefusal(reader, folder)
                .contains(LABELS, "label 46", "image 1 (byte 9)", "10 classes, 0 to 9")
                .contains("'classes'");
        var classes = Setting.of("classes", new Value.Number(Quantity.of(47, Unit.ONE)));
        assertThat(open(reader, folder, classes).label(1)).isEqualTo(46);
    }

    @Test
    void refusesAFileWhoseLabelsCannotBeFound() throws IOException {
        var file = write(folder.resolve("digits"), images(1, 2, 2));
        assertRefusal(reader, file).contains("'images'", "labels cannot be found");
        var images = write(folder.resolve("x-images-idx3-ubyte"), images(1, 2, 2));
        assertRefusal(reader, images).contains("x-labels-idx1-ubyte", "does not exist");
    }

    @Test
    void readsFashionMnist() throws IOException {
        var dataset = open(reader, Shared.data("fashion-mnist"));
        assertThat(dataset.size()).isEqualTo(10_000);
        assertThat(dataset.shape()).isEqualTo(Shape.of(1, 28, 28));
        var counts = new int[10];
        for (int image = 0; image < dataset.size(); image++) {
            counts[dataset.label(image)]++;
        }
        assertThat(counts).containsOnly(1000);
    }

    /** Samples count up from 0. */
    private static byte[] images(int count, int height, int width) {
        var content = ByteBuffer.allocate(16 + count * height * width);
        content.putInt(0x803).putInt(count).putInt(height).putInt(width);
        for (int i = 0; content.hasRemaining(); i++) {
            content.put((byte) i);
        }
        return content.array();
    }

    private static byte[] labels(int... labels) {
        var content = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            content.put((byte) label);
        }
        return content.array();
    }
}
