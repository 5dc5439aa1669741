package org.dyadic.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.network.Network;
import org.dyadic.network.FloatNetwork;
import org.dyadic.network.Folding;
import org.dyadic.network.internal.data.IdxReader;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How far ONNX Runtime and our own engine differ. */
class EnginesAgreeTest {

    /** Relative to the largest score of the image: a hundred roundings of single precision. */
    private static final double BOUND = 1e-5;

    private static final int IMAGES = 500;

    @Test
    void onTheExampleTheyDifferByRoundingAndChooseTheSameClasses() throws Exception {
        var root = Path.of(System.getProperty("dyadic.root", "../.."));
        var reader = new IdxReader();
        var data =
                reader.open(
                        root.resolve("examples/01-first-run/data"), reader.parameters().defaults());
        var images =
                IntStream.range(0, IMAGES)
                        .mapToObj(
                                index -> {
                                    var pixels = new byte[data.shape().size()];
                                    data.read(index, pixels);
                                    return normalised(pixels);
                                })
                        .toList();
        double difference = difference(OnnxRuntimeEngineTest.example(), images, true);
        System.out.println("largest difference on " + IMAGES + " images: " + difference);
        assertThat(difference).isPositive().isLessThan(BOUND);
    }

    /** Mean and deviation as in the example's first.dyadic. */
    private static float[] normalised(byte[] pixels) {
        var image = new float[pixels.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) (((pixels[i] & 0xff) - 72.93) / 90.015);
        }
        return image;
    }

    @TestFactory
    Stream<DynamicTest> onOtherNetworksTheyDifferByRounding() throws Exception {
        var folder = Path.of(System.getProperty("dyadic.shared", "../../../shared"), "data/models");
        assumeTrue(Files.isDirectory(folder), () -> "shared models are not here: " + folder);
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        }
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> agree(file)));
    }

    private static void agree(Path file) throws Exception {
        var network = Folding.fold(new OnnxReader().read(file));
        var images =
                IntStream.range(0, 2)
                        .mapToObj(seed -> OnnxRuntimeEngineTest.image(network, seed))
                        .toList();
        double difference = difference(network, images, false);
        System.out.println("largest difference of " + file.getFileName() + ": " + difference);
        assertThat(difference).isLessThan(BOUND);
    }

    /** The largest difference, relative to the largest score of its image. */
    private static double difference(Network network, List<float[]> images, boolean sameClass) {
        var own = new FloatNetwork(network);
        try (var session = new OnnxRuntimeEngine().open(network)) {
            double largest = 0;
            for (var image : images) {
                float[] ours = own.run(image);
                float[] theirs = session.run(image);
                assertThat(theirs).hasSameSizeAs(ours);
                double magnitude = 0;
                double difference = 0;
                for (int i = 0; i < ours.length; i++) {
                    magnitude = Math.max(magnitude, Math.abs(ours[i]));
                    difference = Math.max(difference, Math.abs((double) ours[i] - theirs[i]));
                }
                assertThat(magnitude).isPositive();
                largest = Math.max(largest, difference / magnitude);
                if (sameClass) {
                    assertThat(first(theirs)).isEqualTo(first(ours));
                }
            }
            return largest;
        }
    }

    private static int first(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
