package org.dyadic.network.internal.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.testkit.DatasetReaderContract;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderContractTest implements DatasetReaderContract {

    @TempDir Path home;

    @Override
    public DatasetReader reader() {
        return new IdxReader();
    }

    @Override
    public Path sample() throws IOException {
        var folder = Files.createDirectories(home.resolve("mnist"));
        var images = ByteBuffer.allocate(16 + 3 * 4);
        images.putInt(0x803).putInt(3).putInt(2).putInt(2).put(new byte[] {1, 2, 3, 4, 5});
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images.array());
        var labels = ByteBuffer.allocate(8 + 3).putInt(0x801).putInt(3).put(new byte[] {7, 0, 9});
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels.array());
        return folder;
    }
}
