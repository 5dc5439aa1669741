package org.dyadic.network.internal.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.testkit.DatasetReaderContract;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderReaderContractTest implements DatasetReaderContract {

    @TempDir Path home;

    @Override
    public DatasetReader reader() {
        return new ImageFolderReader();
    }

    @Override
    public Path sample() throws IOException {
        var folder = Files.createDirectories(home.resolve("images"));
        for (var name : new String[] {"a.png", "b.png"}) {
            var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
            image.setRGB(1, 1, name.hashCode());
            ImageIO.write(image, "png", folder.resolve(name).toFile());
        }
        Files.writeString(folder.resolve("labels.csv"), "file,label\na.png,1\nb.png,0\n");
        return folder;
    }
}
