import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs an exported model on every image of a CIFAR-10 batch in ONNX Runtime, and compares how often
 * it is right with what {@code dyadic run --json} found: {@code OnnxAccuracy MODEL BATCH RESULT}.
 */
public final class OnnxAccuracy {

    private static final int PIXELS = 3 * 32 * 32;
    private static final int CLASSES = 10;
    private static final int BATCH = 100;

    public static void main(String[] files) throws Exception {
        byte[] records = Files.readAllBytes(Path.of(files[1]));
        int images = records.length / (PIXELS + 1);
        int[] right = new int[2]; // the first class is, one of the first five is
        long start = System.nanoTime();
        var environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(files[0])) {
            String input = session.getInputNames().iterator().next();
            for (int first = 0; first < images; first += BATCH) {
                int count = Math.min(BATCH, images - first);
                ByteBuffer pixels = ByteBuffer.allocateDirect(count * PIXELS);
                for (int i = first; i < first + count; i++) {
                    pixels.put(records, i * (PIXELS + 1) + 1, PIXELS);
                }
                long[] shape = {count, 3, 32, 32};
                try (var tensor =
                                OnnxTensor.createTensor(
                                        environment, pixels.flip(), shape, OnnxJavaType.UINT8);
                        var results = session.run(Map.of(input, tensor))) {
                    var outputs = ((OnnxTensor) results.get(0)).getIntBuffer();
                    for (int i = 0; i < count; i++) {
                        int[] classes = new int[CLASSES];
                        outputs.get(classes);
                        int before = before(classes, records[(first + i) * (PIXELS + 1)]);
                        right[0] += before < 1 ? 1 : 0;
                        right[1] += before < 5 ? 1 : 0;
                    }
                }
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.printf(
                "ONNX Runtime: %d images, top-1 %d, top-5 %d right; %.0f images/s%n",
                images, right[0], right[1], images / seconds);
        String result = Files.readString(Path.of(files[2]));
        boolean same =
                share(result, "top1") == right[0] / (double) images
                        && share(result, "top5") == right[1] / (double) images;
        System.out.println(
                "dyadic run:   top-1 "
                        + share(result, "top1")
                        + ", top-5 "
                        + share(result, "top5")
                        + (same ? ": the same" : ": DIFFERENT"));
        System.exit(same ? 0 : 1);
    }

    /** How many classes come before one: higher outputs, and of equal ones the lower class. */
    private static int before(int[] outputs, int label) {
        int before = 0;
        for (int i = 0; i < outputs.length; i++) {
            before +=
                    outputs[i] > outputs[label] || outputs[i] == outputs[label] && i < label
                            ? 1
                            : 0;
        }
        return before;
    }

    private static double share(String json, String name) {
        var matcher = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the result has no " + name);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
