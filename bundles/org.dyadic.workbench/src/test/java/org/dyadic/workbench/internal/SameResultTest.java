package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Network;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Executable;
import org.dyadic.execution.FloatExecutable;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Normalisation;
import org.dyadic.execution.PairNetwork;
import org.dyadic.execution.Quantization;
import org.dyadic.execution.QuantizedNetwork;
import org.dyadic.execution.Recipe;
import org.dyadic.kernels.Kernels;
import org.dyadic.kernels.PairKernels;
import org.dyadic.network.Folding;
import org.dyadic.network.internal.data.IdxReader;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.dyadic.quantizers.ApotQuantizer;
import org.dyadic.quantizers.FloatQuantizer;
import org.dyadic.quantizers.UniformQuantizer;
import org.dyadic.quantizers.UpotQuantizer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network, the images and the policies of the first example, by any number of threads. */
@Timeout(300)
class SameResultTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/01-first-run");

    private static final int[] THREADS = {1, 2, 5};
    private static final int[] BATCHES = {1, 7, 32};
    private static final int CALIBRATED_ON = 24;
    private static final int EXECUTED = 70;
    private static final Normalisation NORMALISATION =
            new Normalisation(List.of(72.93), List.of(90.015));

    private final Network network;
    private final Images images;

    SameResultTest() throws Exception {
        network =
                Folding.fold(new OnnxReader().read(EXAMPLE.resolve("models/resnet8-fashion.onnx")));
        var reader = new IdxReader();
        Dataset dataset = reader.open(EXAMPLE.resolve("data"), reader.parameters().defaults());
        var use =
                new DatasetUse(
                        "Test",
                        EXAMPLE.resolve("data"),
                        "idx",
                        DatasetUse.parameters(reader.parameters()).with(whole("take", EXECUTED)),
                        new Position("first.dyadic", 1, 1, 1));
        images = Images.of(use, dataset);
    }

    private static Setting whole(String name, int value) {
        return Setting.of(name, new Value.Number(Quantity.of(value, Unit.ONE)));
    }

    private static LayerPolicy.Choice choice(String id, Setting... settings) {
        Quantizer quantizer =
                switch (id) {
                    case "uniform" -> new UniformQuantizer();
                    case "apot" -> new ApotQuantizer();
                    case "upot" -> new UpotQuantizer();
                    default -> new FloatQuantizer();
                };
        ParameterSpec parameters = quantizer.parameters();
        return new LayerPolicy.Choice(id, quantizer, parameters.with(settings));
    }

    /** As the example has it: the first and the last layer in 8 bits. */
    private Map<Integer, LayerPolicy> policy(String id) {
        var inner =
                switch (id) {
                    case "float" -> choice("float");
                    case "upot" -> choice("upot", whole("bits", 4), whole("exponents", 6));
                    default -> choice(id, whole("bits", 4));
                };
        var outer = id.equals("float") ? inner : choice("uniform", whole("bits", 8));
        var layers = Layers.of(network);
        var policy = new HashMap<Integer, LayerPolicy>();
        for (int layer : layers) {
            boolean edge = layer == layers.get(0) || layer == layers.get(layers.size() - 1);
            var both = edge ? outer : inner;
            policy.put(layer, new LayerPolicy(both, both));
        }
        return policy;
    }

    private static <T> T on(int threads, Callable<T> work) throws Exception {
        var pool = new ForkJoinPool(threads);
        try {
            return pool.submit(work).get();
        } finally {
            pool.shutdown();
        }
    }

    private QuantizedNetwork quantized(String policy) {
        var calibration =
                IntStream.range(0, CALIBRATED_ON)
                        .mapToObj(image -> NORMALISATION.apply(images.read(image), 1))
                        .toList();
        return new Quantization(
                        network,
                        policy(policy),
                        Recipe.FULL,
                        1,
                        Kernels.scalar(),
                        Progress.silent())
                .run(calibration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "uniform", "apot", "upot"})
    void aPolicyOfTheExampleIsTheSameOnAnyThreadsAndInAnyBatches(String policy) throws Exception {
        var first = on(THREADS[0], () -> quantized(policy));
        for (int more = 1; more < THREADS.length; more++) {
            int threads = THREADS[more];
            assertSame(on(threads, () -> quantized(policy)), first);
        }
        assertThat(first.integral()).isEqualTo(!policy.equals("float"));
        double[][] alone = outputs(executables(first).get(0), 1);
        for (var executable : executables(first)) {
            var accuracy = Evaluation.of(executable, images, "execute", Progress.silent());
            for (int batch : BATCHES) {
                assertThat(outputs(executable, batch)).isDeepEqualTo(alone);
                for (int threads : THREADS) {
                    assertThat(on(threads, () -> accuracy(executable, batch))).isEqualTo(accuracy);
                }
            }
        }
    }

    /** The definition first. */
    private List<Executable> executables(QuantizedNetwork quantized) {
        if (!quantized.integral()) {
            return List.of(new FloatExecutable(network, NORMALISATION, Kernels.scalar()));
        }
        var definition =
                new IntegerNetwork(quantized, Datapath.wide(), NORMALISATION, Kernels.scalar());
        return List.of(definition, new PairNetwork(definition, PairKernels.scalar()));
    }

    private void assertSame(QuantizedNetwork other, QuantizedNetwork first) {
        assertThat(other.magnitudes()).isEqualTo(first.magnitudes());
        for (int index : Layers.of(network)) {
            var expected = first.layer(index);
            var layer = other.layer(index);
            // Grids, errors and certificates.
            assertThat(layer.weights()).isEqualTo(expected.weights());
            assertThat(layer.activations()).isEqualTo(expected.activations());
            assertThat(layer.bias()).isEqualTo(expected.bias());
            assertThat(layer.held().grid()).isEqualTo(expected.held().grid());
            assertThat(layer.held().values().toArray())
                    .isEqualTo(expected.held().values().toArray());
        }
    }

    private double[][] outputs(Executable executable, int batch) {
        var outputs = new double[EXECUTED][];
        for (int from = 0; from < EXECUTED; from += batch) {
            int count = Math.min(batch, EXECUTED - from);
            int first = from;
            var pixels =
                    IntStream.range(0, count)
                            .mapToObj(image -> images.read(first + image))
                            .toArray(byte[][]::new);
            double[][] some = executable.run(pixels, new LongAdder());
            System.arraycopy(some, 0, outputs, from, count);
        }
        return outputs;
    }

    private Optional<?> accuracy(Executable executable, int batch) {
        var batched =
                new Executable() {
                    @Override
                    public String arithmetic() {
                        return executable.arithmetic();
                    }

                    @Override
                    public Map<String, String> kernels() {
                        return executable.kernels();
                    }

                    @Override
                    public int batch() {
                        return batch;
                    }

                    @Override
                    public double[][] run(byte[][] images, LongAdder overflows) {
                        return executable.run(images, overflows);
                    }
                };
        return Evaluation.of(batched, images, "execute", Progress.silent());
    }
}
