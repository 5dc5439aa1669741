package org.dyadic.network.internal.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.testkit.NetworkReaderContract;
import org.junit.jupiter.api.io.TempDir;

class TopologyReaderContractTest implements NetworkReaderContract {

    @TempDir Path home;

    @Override
    public NetworkReader reader() {
        return new TopologyReader();
    }

    @Override
    public Path sample() throws IOException {
        return Files.writeString(
                home.resolve("small.csv"),
                """
                Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
                Conv1, 16, 16, 3, 3, 3, 8, 1,
                Conv2, 14, 14, 3, 3, 8, 8, 2,
                """);
    }
}
