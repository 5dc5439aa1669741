package org.dyadic.network.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dyadic.network.internal.data.DatasetTesting.assertRefusal;
import static org.dyadic.network.internal.data.DatasetTesting.gzip;
import static org.dyadic.network.internal.data.DatasetTesting.open;
import static org.dyadic.network.internal.data.DatasetTesting.pixels;
import static org.dyadic.network.internal.data.DatasetTesting.word;
import static org.dyadic.network.internal.data.DatasetTesting.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.dyadic.api.network.Shape;
import org.dyadic.network.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ReaderTest {

    private static final int RECORD = 3073;

    private final Cifar10Reader reader = new Cifar10Reader();

    @TempDir Path folder;

    @Test
    void readsLabelsAndPixelsOfAFile() throws IOException {
        byte[] content = batch(3, 1);
        var dataset = open(reader, write(folder.resolve("mine.bin"), content));
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.shape()).isEqualTo(Shape.of(3, 32, 32));
        for (int image = 0; image < 3; image++) {
            int at = image * RECORD;
            assertThat(dataset.label(image)).isEqualTo(content[at]);
            assertThat(pixels(dataset, image))
                    .isEqualTo(Arrays.copyOfRange(content, at + 1, at + RECORD));
        }
    }

    @Test
    void takesTheTestBatchUnlessTrainingIsAskedFor() throws IOException {
        write(folder.resolve("test_batch.bin"), batch(2, 1));
        write(folder.resolve("data_batch_1.bin"), batch(3, 2));
        write(folder.resolve("data_batch_2.bin"), batch(4, 3));
        assertThat(open(reader, folder).size()).isEqualTo(2);
        var training = open(reader, folder, word("split", "train"));
        assertThat(training.size()).isEqualTo(7);
        assertThat(pixels(training, 3)).isEqualTo(Arrays.copyOfRange(batch(4, 3), 1, RECORD));
    }

    @Test
    void compressedAndPlainFilesAreOneDataSet() throws IOException {
        byte[] content = batch(2, 1);
        var compressed = write(folder.resolve("test_batch.bin.gz"), gzip(content));
        var dataset = open(reader, folder);
        assertThat(dataset.digest()).isEqualTo(open(reader, compressed).digest());
        Files.delete(compressed);
        write(folder.resolve("test_batch.bin"), content);
        assertThat(open(reader, folder).digest()).isEqualTo(dataset.digest());
    }

    @Test
    void digestChangesWithOneBit() throws IOException {
        byte[] content = batch(2, 1);
        var file = write(folder.resolve("a.bin"), content);
        var before = open(reader, file).digest();
        content[100] ^= 1;
        write(file, content);
        assertThat(open(reader, file).digest()).hasSize(64).isNotEqualTo(before);
    }

    @Test
    void aFileCutShortTellsWhatIsWholeAndHowToKeepIt() throws Exception {
        var file = write(folder.resolve("a.bin"), Arrays.copyOf(batch(3, 1), 3 * RECORD - 1));
        assertRefusal(reader, file)
                .contains("a.bin", "9218 bytes", "2 whole images of 3073 bytes", "3072 bytes over")
                .contains("fetch cifar-10-binary.tar.gz again", "head -c 6146 '" + file + "'");
        var whole = Arrays.copyOf(Files.readAllBytes(file), 6146); // as the message says
        assertThat(open(reader, write(folder.resolve("whole.bin"), whole)).size()).isEqualTo(2);
    }

    @Test
    void aFileWithoutAWholeImageOffersNone() throws IOException {
        var file = write(folder.resolve("a.bin"), new byte[RECORD - 1]);
        assertRefusal(reader, file)
                .contains("0 whole images", "3072 bytes over", "again")
                .doesNotContain("head");
    }

    @Test
    void imagesStayInTheirFileUntilTheyAreAskedFor() throws IOException {
        byte[] content = batch(3, 1);
        var file = write(folder.resolve("a.bin"), content);
        var dataset = open(reader, file);
        content[2 * RECORD + 1] ^= 1;
        write(file, content);
        assertThat(pixels(dataset, 2)[0]).isEqualTo(content[2 * RECORD + 1]);
        write(file, Arrays.copyOf(content, 2 * RECORD));
        assertThat(pixels(dataset, 1)).hasSize(3072);
        assertThatThrownBy(() -> pixels(dataset, 2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.bin")
                .hasMessageContaining("shorter than it was");
    }

    @Test
    void refusesALabelBeyondNine() throws IOException {
        byte[] content = batch(2, 1);
        content[RECORD] = 10;
        var file = write(folder.resolve("a.bin"), content);
        assertRefusal(reader, file)
                .contains("label 10", "image 1 (byte 3073)", "10 classes, 0 to 9");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        assertRefusal(reader, write(folder.resolve("a.bin"), new byte[0])).contains("empty");
    }

    @Test
    void refusesAGzipFileCutShort() throws IOException {
        byte[] whole = gzip(batch(2, 1));
        var file = write(folder.resolve("a.bin.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertRefusal(reader, file).contains("a.bin.gz", "cut short");
    }

    @Test
    void refusesWhatIsNotCompressedThoughItsNameSaysSo() throws IOException {
        var file = write(folder.resolve("a.bin.gz"), batch(1, 1));
        assertRefusal(reader, file).contains("no sound gzip file");
    }

    @Test
    void tellsHowToDecompressXz() throws IOException {
        write(folder.resolve("test_batch.bin.xz"), new byte[10]);
        assertRefusal(reader, folder).contains("test_batch.bin", "xz -dk");
    }

    @Test
    void namesWhatIsMissingFromAFolder() {
        assertRefusal(reader, folder).contains("test_batch.bin", "does not exist");
        assertRefusal(reader, folder, word("split", "train")).contains("data_batch_1.bin");
        assertRefusal(reader, folder.resolve("nowhere/at/all")).contains("nor does its folder");
    }

    @Test
    void guessesAMisspelledName() throws IOException {
        write(folder.resolve("test_batch.bin"), batch(1, 1));
        assertRefusal(reader, folder.resolve("test_bacth.bin"))
                .contains("Did you mean test_batch.bin?");
    }

    @Test
    void readsThePublishedTestSet() throws Exception {
        var compressed = Shared.data("cifar10/test_batch.bin.xz");
        assertRefusal(reader, compressed.getParent()).contains("xz -dk");
        byte[] content = Shared.decompressed("cifar10/test_batch.bin.xz", 10_000 * RECORD);
        var dataset = open(reader, write(folder.resolve("test_batch.bin"), content));
        assertThat(dataset.size()).isEqualTo(10_000);
        var counts = new int[10];
        for (int image = 0; image < dataset.size(); image++) {
            counts[dataset.label(image)]++;
        }
        assertThat(counts).containsOnly(1000);
        var sums = Files.readString(Shared.data("cifar10/SHA256SUMS"));
        assertThat(sums).contains(dataset.digest() + "  test_batch.bin");
    }

    private static byte[] batch(int images, long seed) {
        var content = new byte[images * RECORD];
        var random = new Random(seed);
        random.nextBytes(content);
        for (int image = 0; image < images; image++) {
            content[image * RECORD] = (byte) random.nextInt(10);
        }
        return content;
    }
}
