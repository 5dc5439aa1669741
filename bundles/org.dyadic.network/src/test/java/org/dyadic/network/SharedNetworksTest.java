package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Shape;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shared model loads with the right figures, and computes what ONNX Runtime computes. */
class SharedNetworksTest {

    /** Largest difference allowed, relative to the largest score. */
    private static final double TOLERANCE = 1e-4;

    /**
     * Parameters and multiply-accumulates of the published architectures.
     *
     * <p>torchvision (github.com/pytorch/vision, model documentation): parameters; GFLOPS there
     * count a multiply-accumulate as one. CIFAR ResNets: akamaster/pytorch_resnet_cifar10, README.
     */
    @ParameterizedTest
    @CsvSource({
        "topologies/resnet18-imagenet-topology, 11689512, 1.814e9, 3 x 224 x 224, 1000",
        "topologies/resnet50-imagenet-topology, 25557032, 4.089e9, 3 x 224 x 224, 1000",
        "topologies/vgg16-imagenet-topology, 138357544, 15.470e9, 3 x 224 x 224, 1000",
        "topologies/alexnet-imagenet-topology, 61100840, 0.714e9, 3 x 224 x 224, 1000",
        "topologies/mobilenet_v2-imagenet-topology, 3504872, 0.301e9, 3 x 224 x 224, 1000",
        "topologies/mobilenet_v3_large-imagenet-topology, 5483032, 0.217e9, 3 x 224 x 224, 1000",
        "topologies/efficientnet_b0-imagenet-topology, 5288548, 0.386e9, 3 x 224 x 224, 1000",
    })
    void topologyHasPublishedFigures(
            String file, long parameters, double macs, String input, String output)
            throws IOException {
        var network = read(Shared.data(file + ".onnx"));
        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.parameters())
                .isEqualTo(Long.parseLong(network.metadata().get("params")));
        assertThat((double) network.macs()).isCloseTo(macs, within(0.005 * macs));
        assertThat(network.inputShape()).hasToString(input);
        assertThat(network.outputShape()).hasToString(output);
        assertThat(network.trained()).isFalse();
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    @TestFactory
    Stream<DynamicTest> print() throws IOException {
        var files = new ArrayList<>(Shared.files("topologies", ".onnx"));
        files.addAll(Shared.files("models", ".onnx"));
        files.addAll(Shared.files("fashion-mnist", ".onnx"));
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> {
                                            var n = read(file);
                                            var f = Folding.fold(n);
                                            System.out.println(
                                                    n.name()
                                                            + " "
                                                            + n.nodes().size()
                                                            + " -> "
                                                            + f.nodes().size()
                                                            + " macs "
                                                            + n.macs()
                                                            + " par "
                                                            + n.parameters()
                                                            + " "
                                                            + f.parameters()
                                                            + " "
                                                            + n.inputShape()
                                                            + " "
                                                            + n.outputShape());
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithOnnxRuntime() throws IOException {
        var files = new ArrayList<>(Shared.files("models", ".onnx"));
        files.addAll(Shared.files("fashion-mnist", ".onnx"));
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> agrees(file)));
    }

    private static void agrees(Path file) throws Exception {
        var network = read(file);
        var unfolded = new FloatNetwork(network);
        var folded = new FloatNetwork(Folding.fold(network));
        try (var reference = new Reference(Files.readAllBytes(file))) {
            for (var image : images(network.inputShape())) {
                var expected = reference.run(image, network.inputShape());
                var a = unfolded.run(image);
                System.out.println(
                        file.getFileName()
                                + " "
                                + Reference.difference(a, expected)
                                + " "
                                + Reference.difference(folded.run(image), expected));
                assertThat(Reference.difference(a, expected)).isLessThan(TOLERANCE);
                assertThat(Reference.difference(folded.run(image), expected)).isLessThan(TOLERANCE);
            }
        }
    }

    private static List<float[]> images(Shape shape) {
        var random = new Random(1);
        var image = new float[shape.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        return List.of(image);
    }

    private static Network read(Path file) throws IOException {
        return new OnnxReader().read(file);
    }
}
