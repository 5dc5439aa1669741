package org.dyadic.execution;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.dyadic.api.network.Shape;

/** An exported model in ONNX Runtime. */
final class Witness implements AutoCloseable {

    private final OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "test");
    private final OrtSession session;
    private final Shape shape;

    Witness(byte[] model, Shape image) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            session = environment.createSession(model, options);
        }
        shape = image;
    }

    /** The integers that come out for each image of a batch. */
    double[][] run(byte[]... images) throws OrtException {
        var dims = new long[shape.rank() + 1];
        dims[0] = images.length;
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims[axis + 1] = shape.extent(axis);
        }
        var all = ByteBuffer.allocateDirect(images.length * shape.size());
        Arrays.stream(images).forEach(all::put);
        try (var tensor =
                        OnnxTensor.createTensor(environment, all.flip(), dims, OnnxJavaType.UINT8);
                var results =
                        session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
            var buffer = ((OnnxTensor) results.get(0)).getIntBuffer();
            var outputs = new double[images.length][buffer.remaining() / images.length];
            for (double[] output : outputs) {
                for (int i = 0; i < output.length; i++) {
                    output[i] = buffer.get();
                }
            }
            return outputs;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
