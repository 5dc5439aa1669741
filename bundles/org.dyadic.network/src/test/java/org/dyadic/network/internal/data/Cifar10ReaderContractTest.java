package org.dyadic.network.internal.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.testkit.DatasetReaderContract;
import org.junit.jupiter.api.io.TempDir;

class Cifar10ReaderContractTest implements DatasetReaderContract {

    @TempDir Path home;

    @Override
    public DatasetReader reader() {
        return new Cifar10Reader();
    }

    @Override
    public Path sample() throws IOException {
        var two = new byte[2 * 3073]; // a label and 3 x 32 x 32 samples
        two[3073] = 9;
        two[100] = -1;
        return Files.write(home.resolve("test_batch.bin"), two);
    }
}
