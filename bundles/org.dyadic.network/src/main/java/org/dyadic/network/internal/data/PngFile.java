package org.dyadic.network.internal.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.network.internal.UserFiles;

/** One PNG image: its shape from the header alone, its samples when asked for. */
final class PngFile {

    /** PNG specification, 5.2: the signature; 11.2.2: the header chunk follows. */
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;

    private static final int HEADER = 26;
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;

    private PngFile() {}

    /** 1 or 3 x height x width. */
    static Shape shape(Path file) throws UnreadableFileException {
        UserFiles.requireFile(file, "image");
        ByteBuffer header;
        try (var stream = Files.newInputStream(file)) {
            header = ByteBuffer.wrap(stream.readNBytes(HEADER));
        } catch (IOException e) {
            throw UserFiles.failed(file, "image", e);
        }
        if (header.limit() < HEADER || header.getLong(0) != SIGNATURE) {
            throw new UnreadableFileException(
                    "image '"
                            + file
                            + "' is no PNG file; convert it, for example with: magick '"
                            + file
                            + "' image.png");
        }
        int width = header.getInt(16);
        int height = header.getInt(20);
        int depth = header.get(24);
        int colour = header.get(25);
        boolean supported = depth == 8 && (colour == GREY || colour == RGB) || colour == PALETTE;
        if (!supported) {
            throw new UnreadableFileException(
                    "image '"
                            + file
                            + "' has "
                            + depth
                            + " bits a sample and colour type "
                            + colour
                            + "; supported are 8-bit grey and RGB without transparency: convert"
                            + " it, for example with: magick '"
                            + file
                            + "' -alpha off -depth 8 image.png");
        }
        // No image is larger; what claims to be is damaged.
        if (width < 1 || height < 1 || (long) width * height > 1 << 26) {
            throw new UnreadableFileException(
                    "image '" + file + "' claims " + width + " x " + height + " pixels");
        }
        return Shape.of(colour == GREY ? 1 : 3, height, width);
    }

    /** Writes the samples of an image of this shape, channel by channel. */
    static void decode(byte[] content, Shape shape, byte[] pixels) throws IOException {
        var image = decode(content);
        int size = shape.extent(1) * shape.extent(2);
        if (image.getHeight() != shape.extent(1) || image.getWidth() != shape.extent(2)) {
            throw new IOException("its size is no longer " + shape);
        }
        if (image.getColorModel() instanceof IndexColorModel) {
            int[] colours =
                    image.getRGB(
                            0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            for (int i = 0; i < size; i++) {
                pixels[i] = (byte) (colours[i] >> 16);
                pixels[size + i] = (byte) (colours[i] >> 8);
                pixels[2 * size + i] = (byte) colours[i];
            }
            return;
        }
        var raster = image.getRaster();
        if (raster.getNumBands() < shape.extent(0)) {
            throw new IOException("it has " + raster.getNumBands() + " channels");
        }
        // The raster, not getRGB: that would convert grey to another colour space.
        var samples = new int[size];
        for (int channel = 0; channel < shape.extent(0); channel++) {
            raster.getSamples(0, 0, image.getWidth(), image.getHeight(), channel, samples);
            for (int i = 0; i < size; i++) {
                pixels[channel * size + i] = (byte) samples[i];
            }
        }
    }

    private static BufferedImage decode(byte[] content) throws IOException {
        var readers = ImageIO.getImageReadersByFormatName("png");
        if (!readers.hasNext()) {
            throw new IOException("this Java runtime has no PNG decoder");
        }
        var reader = readers.next();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(stream, true, true);
            return reader.read(0);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            // The JDK's decoder meets some kinds of damage unprepared.
            throw new IOException("its content is damaged", e);
        } finally {
            reader.dispose();
        }
    }
}
