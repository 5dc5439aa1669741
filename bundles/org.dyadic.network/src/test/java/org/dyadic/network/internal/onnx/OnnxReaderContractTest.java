package org.dyadic.network.internal.onnx;

import java.nio.file.Path;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.testkit.NetworkReaderContract;

class OnnxReaderContractTest implements NetworkReaderContract {

    @Override
    public NetworkReader reader() {
        return new OnnxReader();
    }

    @Override
    public Path sample() {
        return Path.of(System.getProperty("dyadic.root", "../.."))
                .resolve("examples/01-first-run/models/resnet8-fashion.onnx");
    }
}
