package org.dyadic.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.dyadic.api.network.Shape;

/** A model in ONNX Runtime: what our own execution is compared with. */
public final class Reference implements AutoCloseable {

    private final OrtSession session;

    public Reference(byte[] model) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = OrtEnvironment.getEnvironment().createSession(model, options);
        }
    }

    /** The result for one image. */
    public float[] run(float[] image, Shape shape) throws OrtException {
        return run(image, shape, 1);
    }

    /** The result for a batch of so many equal images, one after the other. */
    public float[] run(float[] image, Shape shape, int batch) throws OrtException {
        var dims = new long[shape.rank() + 1];
        dims[0] = batch;
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims[axis + 1] = shape.extent(axis);
        }
        var all = FloatBuffer.allocate(batch * image.length);
        for (int i = 0; i < batch; i++) {
            all.put(image);
        }
        var name = session.getInputNames().iterator().next();
        try (var tensor =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), all.flip(), dims);
                var results = session.run(Map.of(name, tensor))) {
            var buffer = ((OnnxTensor) results.get(0)).getFloatBuffer();
            var result = new float[buffer.remaining()];
            buffer.get(result);
            return result;
        }
    }

    /**
     * The largest difference, relative to the largest expected number; to 0.01 if that is smaller,
     * because the functions of ONNX Runtime are approximations with an absolute error.
     */
    public static double difference(float[] actual, float[] expected) {
        if (actual.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0.01;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double here = Math.abs((double) actual[i] - expected[i]);
            // Not a number on one side is a difference.
            difference = here <= difference ? difference : Double.isNaN(here) ? 1 / 0.0 : here;
        }
        return difference / largest;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
