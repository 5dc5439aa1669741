package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.network.internal.data.IdxReader;
import org.dyadic.network.internal.data.ImageFolderReader;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shared model loads with the right figures, and computes what ONNX Runtime computes. */
class SharedNetworksTest {

    /** Largest difference allowed, relative to the largest score. */
    private static final double TOLERANCE = 1e-4;

    private static final int CIFAR_RECORD = 3073;

    /**
     * The published figures: torchvision's model documentation (its GFLOPS count a
     * multiply-accumulate once), in the file's own metadata again.
     */
    @ParameterizedTest
    @CsvSource({
        "resnet18-imagenet, 11689512, 1.814e9",
        "resnet50-imagenet, 25557032, 4.089e9",
        "vgg16-imagenet, 138357544, 15.470e9",
        "alexnet-imagenet, 61100840, 0.714e9",
        "mobilenet_v2-imagenet, 3504872, 0.3008e9",
        "mobilenet_v3_large-imagenet, 5483032, 0.217e9",
        "efficientnet_b0-imagenet, 5288548, 0.386e9",
    })
    void topologyHasThePublishedFigures(String file, long parameters, double macs)
            throws IOException {
        var network = read(Shared.data("topologies/" + file + "-topology.onnx"));
        assertThat(network.parameters())
                .isEqualTo(parameters)
                .isEqualTo(Long.parseLong(network.metadata().get("params")));
        assertThat((double) network.macs()).isCloseTo(macs, within(0.002 * macs));
        assertThat(network.inputShape()).isEqualTo(Shape.of(3, 224, 224));
        assertThat(network.outputShape()).isEqualTo(Shape.of(1000));
        assertThat(network.trained()).isFalse();
    }

    /**
     * Parameters of akamaster/pytorch_resnet_cifar10 (README); multiply-accumulates of convolutions
     * and the dense layer, added up here from He et al. 2016, section 4.2.
     */
    @ParameterizedTest
    @CsvSource({"20, 269722, 3", "32, 464154, 5", "56, 853018, 9"})
    void cifarNetworkHasThePublishedFigures(int depth, long parameters, int blocks)
            throws IOException {
        var network = read(Shared.data("models/resnet" + depth + "-cifar10.onnx"));
        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.macs()).isEqualTo(cifarMacs(blocks));
        assertThat(network.inputShape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(network.outputShape()).isEqualTo(Shape.of(10));
        assertThat(network.trained()).isTrue();
    }

    /** Three stages of so many blocks of two 3 x 3 convolutions, and parameterless shortcuts. */
    private static long cifarMacs(int blocks) {
        long first = 32 * 32 * 16 * 3 * 9;
        // Halving the width while doubling the channels leaves a layer's work as it is, but the
        // first layer of a stage has half the inputs.
        long layer = 32 * 32 * 16 * 16 * 9;
        long stages = 3 * 2 * blocks * layer - 2 * layer / 2;
        return first + stages + 64 * 10;
    }

    @Test
    void networksOfOtherOriginsHaveTheirFigures() throws IOException {
        // Iandola et al.'s repository, SqueezeNet 1.1: 1,235,496 parameters.
        var squeezeNet = read(Shared.data("models/squeezenet1_1-imagenet.onnx"));
        assertThat(squeezeNet.parameters()).isEqualTo(1_235_496);
        // Its normalisations are folded: torchvision's parameters less scale and shift of each
        // channel, plus a bias.
        var folded = read(Shared.data("models/mobilenetv2_1.0_224-imagenet.onnx"));
        var unfolded = read(Shared.data("topologies/mobilenet_v2-imagenet-topology.onnx"));
        assertThat(folded.parameters()).isEqualTo(Folding.fold(unfolded).parameters());
        assertThat(folded.macs()).isEqualTo(unfolded.macs());
    }

    @TestFactory
    Stream<DynamicTest> foldingLeavesNoNormalization() throws IOException {
        return allFiles()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> {
                                            var network = read(file);
                                            var folded = Folding.fold(network);
                                            assertThat(folded.nodes())
                                                    .noneMatch(
                                                            node ->
                                                                    node.operation()
                                                                            instanceof
                                                                            Operation
                                                                                    .BatchNormalization);
                                            assertThat(folded.macs()).isEqualTo(network.macs());
                                            assertThat(folded.outputShape())
                                                    .isEqualTo(network.outputShape());
                                        }));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithOnnxRuntime() throws IOException {
        return trainedFiles()
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
            for (var image : images(network)) {
                var expected = reference.run(image, network.inputShape());
                assertThat(Reference.difference(unfolded.run(image), expected))
                        .as("unfolded")
                        .isLessThan(TOLERANCE);
                assertThat(Reference.difference(folded.run(image), expected))
                        .as("folded")
                        .isLessThan(TOLERANCE);
            }
        }
    }

    // Images; mean and deviation as in the shared models/preprocessing.json

    private static List<float[]> images(Network network) throws Exception {
        var name = network.name();
        if (name.equals("resnet8-fashion")) {
            var reader = new IdxReader();
            var dataset = reader.open(Shared.data("fashion-mnist"), reader.parameters().defaults());
            return first(3, dataset, new float[] {0.2860f * 255}, new float[] {0.3530f * 255});
        }
        if (name.endsWith("-imagenet")) {
            var reader = new ImageFolderReader();
            var label = Setting.of("label", new Value.Text("label0"));
            var dataset =
                    reader.open(Shared.data("imagenet-nips17"), reader.parameters().with(label));
            return name.startsWith("mobilenet")
                    ? first(2, dataset, new float[] {128, 128, 128}, new float[] {128, 128, 128})
                    : first(2, dataset, new float[] {123, 117, 104}, new float[] {1, 1, 1});
        }
        if (name.equals("mlperf_tiny_resnet8-cifar10")) {
            return cifar(3, new float[3], new float[] {1, 1, 1});
        }
        if (name.endsWith("-cifar10")) {
            return cifar(
                    3,
                    new float[] {123.675f, 116.28f, 103.53f},
                    new float[] {58.395f, 57.12f, 57.375f});
        }
        // No data for the rest.
        return List.of(random(network.inputShape(), 1), random(network.inputShape(), 2));
    }

    private static List<float[]> first(int count, Dataset dataset, float[] mean, float[] std) {
        return IntStream.range(0, count)
                .mapToObj(
                        index -> {
                            var pixels = new byte[dataset.shape().size()];
                            dataset.read(index, pixels);
                            return normalized(pixels, mean, std);
                        })
                .toList();
    }

    private static List<float[]> cifar(int count, float[] mean, float[] std) throws Exception {
        byte[] records = Shared.decompressed("cifar10/test_batch.bin.xz", count * CIFAR_RECORD);
        return IntStream.range(0, count)
                .mapToObj(
                        index ->
                                Arrays.copyOfRange(
                                        records,
                                        index * CIFAR_RECORD + 1,
                                        (index + 1) * CIFAR_RECORD))
                .map(pixels -> normalized(pixels, mean, std))
                .toList();
    }

    private static float[] normalized(byte[] pixels, float[] mean, float[] std) {
        var image = new float[pixels.length];
        int plane = image.length / mean.length;
        for (int i = 0; i < image.length; i++) {
            image[i] = ((pixels[i] & 0xff) - mean[i / plane]) / std[i / plane];
        }
        return image;
    }

    private static float[] random(Shape shape, long seed) {
        var random = new Random(seed);
        var image = new float[shape.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        return image;
    }

    private static Stream<Path> trainedFiles() throws IOException {
        var files = new ArrayList<>(Shared.files("models", ".onnx"));
        files.addAll(Shared.files("fashion-mnist", ".onnx"));
        return files.stream();
    }

    private static Stream<Path> allFiles() throws IOException {
        return Stream.concat(trainedFiles(), Shared.files("topologies", ".onnx").stream());
    }

    private static Network read(Path file) throws IOException {
        return new OnnxReader().read(file);
    }
}
