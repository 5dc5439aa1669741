package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.network.Network;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.Folding;
import org.dyadic.network.internal.data.IdxReader;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.dyadic.quantizers.UniformQuantizer;
import org.dyadic.quantizers.UpotQuantizer;
import org.junit.jupiter.api.Test;

/**
 * Trained networks in four bits: ONNX Runtime gives every integer that comes out of the integer
 * network, image by image. {@code -Ddyadic.witness.images=10000} tries as many images.
 */
class OnnxNetworksTest {

    private static final int CIFAR_RECORD = 3073;

    /** Enough for levels that are real; which are best does not matter here. */
    private static final int CALIBRATION = 24;

    private static final int BATCH = 50;

    private static int images() {
        return Integer.getInteger("dyadic.witness.images", 1000);
    }

    @Test
    void theExampleInFourBitsAndTheArithmeticOfTwoMachines() throws Exception {
        var root = Path.of(System.getProperty("dyadic.root", "../.."), "examples/01-first-run");
        var reader = new IdxReader();
        var data = reader.open(root.resolve("data"), reader.parameters().defaults());
        agree(
                root.resolve("models/resnet8-fashion.onnx"),
                // Mean and deviation as in first.dyadic.
                new Normalisation(List.of(72.93), List.of(90.015)),
                read(data, images()),
                Datapath.wide(),
                // So narrow that sums overflow.
                new Datapath(14, Overflow.WRAP, new Requantizer.Shifts(2), Padding.ZERO));
    }

    @Test
    void resNet20OnCifar10InFourBits() throws Exception {
        var shared = Path.of(System.getProperty("dyadic.shared", "../../../shared"), "data");
        var model = shared.resolve("models/resnet20-cifar10.onnx");
        var batch = shared.resolve("cifar10/test_batch.bin.xz");
        assumeTrue(Files.exists(model) && Files.exists(batch), () -> "not here: " + model);
        // Mean and deviation as in the shared models/preprocessing.json.
        agree(
                model,
                new Normalisation(List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375)),
                cifar(batch, images()),
                Datapath.wide());
    }

    private static List<byte[]> read(Dataset data, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        index -> {
                            var pixels = new byte[data.shape().size()];
                            data.read(index, pixels);
                            return pixels;
                        })
                .toList();
    }

    private static List<byte[]> cifar(Path compressed, int count) throws Exception {
        var process =
                new ProcessBuilder("xz", "-dc", compressed.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var images = new ArrayList<byte[]>();
        try (var stream = process.getInputStream()) {
            for (int i = 0; i < count; i++) {
                byte[] image = stream.readNBytes(CIFAR_RECORD);
                assertThat(image).hasSize(CIFAR_RECORD);
                images.add(Arrays.copyOfRange(image, 1, CIFAR_RECORD));
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        return images;
    }

    private static void agree(
            Path model, Normalisation normalisation, List<byte[]> images, Datapath... datapaths)
            throws Exception {
        var network = Folding.fold(new OnnxReader().read(model));
        var calibration =
                images.stream()
                        .limit(CALIBRATION)
                        .map(image -> normalisation.apply(image, network.inputShape().extent(0)))
                        .toList();
        var quantized =
                new Quantization(
                                network,
                                fourBits(network),
                                Recipe.FULL,
                                1,
                                Kernels.scalar(),
                                Progress.silent())
                        .run(calibration);
        for (var datapath : datapaths) {
            agree(new IntegerNetwork(quantized, datapath, normalisation, Kernels.scalar()), images);
        }
    }

    private static void agree(IntegerNetwork integers, List<byte[]> images) throws Exception {
        var overflows = new LongAdder();
        var expected =
                IntStream.range(0, images.size() / BATCH)
                        .parallel()
                        .mapToObj(batch -> integers.run(batch(images, batch), overflows))
                        .toList();
        int equal = 0;
        try (var witness =
                new Witness(
                        OnnxExport.write(integers, Map.of()), integers.network().inputShape())) {
            for (int batch = 0; batch < expected.size(); batch++) {
                assertThat(witness.run(batch(images, batch)))
                        .as("images from %d", batch * BATCH)
                        .isDeepEqualTo(expected.get(batch));
                equal += expected.get(batch).length;
            }
        }
        System.out.println(
                integers.network().name()
                        + ", "
                        + integers.arithmetic()
                        + ": the integers of "
                        + equal
                        + " images are those of ONNX Runtime; "
                        + overflows.sum()
                        + " overflows");
        assertThat(equal).isEqualTo(images.size());
    }

    private static byte[][] batch(List<byte[]> images, int batch) {
        return images.subList(batch * BATCH, (batch + 1) * BATCH).toArray(byte[][]::new);
    }

    /** Sums of powers of two, and eight plain bits in the first and the last layer. */
    private static Map<Integer, LayerPolicy> fourBits(Network network) {
        var policies = new HashMap<Integer, LayerPolicy>();
        var layers = Layers.of(network);
        var powers = choice("upot", new UpotQuantizer(), 4);
        var plain = choice("uniform", new UniformQuantizer(), 8);
        layers.forEach(layer -> policies.put(layer, new LayerPolicy(powers, powers)));
        policies.put(layers.get(0), new LayerPolicy(plain, plain));
        policies.put(layers.get(layers.size() - 1), new LayerPolicy(plain, plain));
        return policies;
    }

    private static LayerPolicy.Choice choice(String id, Quantizer quantizer, int bits) {
        var number = new Value.Number(Quantity.of(bits, Unit.ONE));
        return new LayerPolicy.Choice(
                id, quantizer, quantizer.parameters().with(Setting.of("bits", number)));
    }
}
