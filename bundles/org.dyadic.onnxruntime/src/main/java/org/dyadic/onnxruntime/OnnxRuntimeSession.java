package org.dyadic.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.LongStream;
import org.dyadic.api.network.Shape;
import org.dyadic.network.FloatEngineException;
import org.dyadic.network.FloatSession;

/** A network in ONNX Runtime. */
final class OnnxRuntimeSession implements FloatSession {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final Shape image;
    private final long[] dims;

    OnnxRuntimeSession(OrtEnvironment environment, OrtSession session, Shape image) {
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
        this.image = image;
        this.dims =
                LongStream.concat(
                                LongStream.of(1),
                                image.extents().stream().mapToLong(Integer::longValue))
                        .toArray();
    }

    @Override
    public float[] run(float[] pixels) {
        if (pixels.length != image.size()) {
            throw new IllegalArgumentException(
                    "an image of "
                            + image
                            + " has "
                            + image.size()
                            + " numbers, had "
                            + pixels.length);
        }
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), dims);
                var results = session.run(Map.of(input, tensor))) {
            var buffer = ((OnnxTensor) results.get(0)).getFloatBuffer();
            var scores = new float[buffer.remaining()];
            buffer.get(scores);
            return scores;
        } catch (OrtException failure) {
            throw new FloatEngineException("ONNX Runtime failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new FloatEngineException(
                    "ONNX Runtime does not close: " + failure.getMessage(), failure);
        }
    }
}
