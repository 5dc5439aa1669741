package org.dyadic.network.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dyadic.network.internal.data.DatasetTesting.assertRefusal;
import static org.dyadic.network.internal.data.DatasetTesting.open;
import static org.dyadic.network.internal.data.DatasetTesting.pixels;
import static org.dyadic.network.internal.data.DatasetTesting.text;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.dyadic.api.network.Shape;
import org.dyadic.network.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderReaderTest {

    private final ImageFolderReader reader = new ImageFolderReader();

    @TempDir Path folder;

    @Test
    void readsColourChannelByChannel() throws IOException {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010203);
        image.setRGB(1, 0, 0xfdfeff);
        write("a.png", image);
        table("file,label\na.png,12");
        var dataset = open(reader, folder);
        assertThat(dataset.size()).isEqualTo(1);
        assertThat(dataset.shape()).isEqualTo(Shape.of(3, 1, 2));
        assertThat(dataset.label(0)).isEqualTo(12);
        assertThat(pixels(dataset, 0)).containsExactly(1, 0xfd, 2, 0xfe, 3, 0xff);
    }

    @Test
    void readsGreyAsItIs() throws IOException {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 7);
        image.getRaster().setSample(1, 0, 0, 200);
        write("a.png", image);
        table("file,label\na.png,0");
        var dataset = open(reader, folder);
        assertThat(dataset.shape()).isEqualTo(Shape.of(1, 1, 2));
        assertThat(pixels(dataset, 0)).containsExactly(7, 200);
    }

    @Test
    void readsPalettesAsColour() throws IOException {
        var image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
        image.setRGB(0, 0, 0xffff0000);
        image.setRGB(1, 0, 0xff0000ff);
        write("a.png", image);
        table("file,label\na.png,0");
        assertThat(pixels(open(reader, folder), 0)).containsExactly(255, 0, 0, 0, 0, 255);
    }

    @Test
    void columnsAndTableMayHaveOtherNames() throws IOException {
        write("deep/a.png", rgb(2, 2));
        write("deep/b.png", rgb(2, 2));
        var table = "\ufeffid, image ,class\r\n1,deep/a.png,4\r\n2,\"deep/b.png\",5\r\n\r\n";
        Files.writeString(folder.resolve("truth.csv"), table);
        var dataset =
                open(
                        reader,
                        folder,
                        text("labels", "truth.csv"),
                        text("file", "image"),
                        text("label", "class"));
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.label(1)).isEqualTo(5);
    }

    @Test
    void digestCoversImagesAndLabels() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1");
        var digest = open(reader, folder).digest();
        table("file,label\na.png,2");
        var otherLabel = open(reader, folder).digest();
        write("a.png", new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR));
        assertThat(open(reader, folder).digest()).hasSize(64).isNotEqualTo(otherLabel);
        assertThat(otherLabel).isNotEqualTo(digest);
    }

    @Test
    void missingColumnListsTheOthers() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label0\na.png,1");
        assertRefusal(reader, folder)
                .contains("no column 'label'", "file, label0", "Did you mean label0?");
    }

    @Test
    void missingTableIsNamed() {
        assertRefusal(reader, folder).contains("labels.csv", "does not exist");
    }

    @Test
    void missingImageIsNamedWithItsLine() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1\nb.png,1");
        assertRefusal(reader, folder)
                .startsWith("line 3 of label file")
                .contains("labels.csv", "b.png", "does not exist", "Did you mean a.png?");
    }

    @Test
    void emptyImageIsNamedWithItsLine() throws IOException {
        Files.createFile(folder.resolve("a.png"));
        table("file,label\na.png,1");
        assertRefusal(reader, folder).contains("line 2", "a.png", "empty (0 bytes)");
    }

    @Test
    void lineWithoutImageIsNamed() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1\n,2");
        assertRefusal(reader, folder).contains("line 3", "labels.csv", "names no image");
    }

    @Test
    void tableWithoutLinesSaysHowToWriteOne() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\n");
        assertRefusal(reader, folder).contains("labels.csv", "lists no images", "a.png,3");
    }

    @Test
    void imageOfAnotherSizeIsNamed() throws IOException {
        write("a.png", rgb(2, 2));
        write("b.png", rgb(3, 2));
        table("file,label\na.png,1\nb.png,1");
        assertRefusal(reader, folder).contains("b.png", "3 x 2 x 3", "a.png", "3 x 2 x 2");
    }

    @Test
    void imageThatIsNoPngIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.png"), "GIF89a and more than thirty bytes of it");
        table("file,label\na.png,1");
        assertRefusal(reader, folder).contains("a.png", "no PNG file", "magick");
    }

    @Test
    void transparencyIsRefused() throws IOException {
        write("a.png", new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB));
        table("file,label\na.png,1");
        assertRefusal(reader, folder).contains("colour type 6", "without transparency");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "cat", "1.5", "", "99999999999"})
    void labelThatIsNoNumberIsShownWithItsLine(String label) throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1\na.png," + label);
        assertRefusal(reader, folder).contains("line 3", "'" + label + "'", "whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file,label", "file,file,label\na,b,1", "file,label\n\"a.png,1"})
    void tablesWithoutImagesAreRefused(String table) throws IOException {
        table(table);
        assertRefusal(reader, folder).contains("labels.csv");
    }

    @Test
    void lineWithoutLabelIsNamed() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1\na.png");
        assertRefusal(reader, folder).contains("line 3", "1 columns", "2", "a file and a label");
    }

    @Test
    void lineWithTooManyColumnsIsNamed() throws IOException {
        write("a.png", rgb(2, 2));
        table("file,label\na.png,1,2");
        assertRefusal(reader, folder).contains("line 2", "3 columns", "2");
    }

    @Test
    void tableInAnotherEncodingIsRefused() throws IOException {
        write("a.png", rgb(2, 2));
        Files.write(
                folder.resolve("labels.csv"),
                "file,label\nä.png,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefusal(reader, folder).contains("UTF-8");
    }

    @Test
    void fileInPlaceOfTheFolderIsRefused() throws IOException {
        write("a.png", rgb(2, 2));
        assertRefusal(reader, folder.resolve("a.png")).contains("name the folder");
    }

    @Test
    void imageThatGoesBadIsNamedWhenRead() throws IOException {
        var image = rgb(20, 20);
        write("a.png", image);
        table("file,label\na.png,1");
        var dataset = open(reader, folder);
        var file = folder.resolve("a.png");
        var whole = Files.readAllBytes(file);
        for (int length : new int[] {30, 45, whole.length / 2}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> pixels(dataset, 0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("a.png");
        }
    }

    @Test
    void readsTheSharedImages() throws IOException {
        var shared = Shared.data("imagenet-nips17");
        assertRefusal(reader, shared).contains("no column 'label'", "label0");
        var dataset = open(reader, shared, text("label", "label0"));
        assertThat(dataset.size()).isEqualTo(500);
        assertThat(dataset.shape()).isEqualTo(Shape.of(3, 224, 224));
        assertThat(dataset.label(0)).isEqualTo(326);
        var decoded = ImageIO.read(shared.resolve("images224/0002.png").toFile());
        byte[] pixels = pixels(dataset, 0);
        int rgb = decoded.getRGB(17, 100);
        int at = 100 * 224 + 17;
        assertThat(pixels[at]).isEqualTo((byte) (rgb >> 16));
        assertThat(pixels[224 * 224 + at]).isEqualTo((byte) (rgb >> 8));
        assertThat(pixels[2 * 224 * 224 + at]).isEqualTo((byte) rgb);
    }

    private static BufferedImage rgb(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 0x010507 + 9);
        }
        return image;
    }

    private void write(String name, BufferedImage image) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void table(String text) throws IOException {
        Files.writeString(folder.resolve("labels.csv"), text);
    }
}
