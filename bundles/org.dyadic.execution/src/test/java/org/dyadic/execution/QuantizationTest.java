package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.dyadic.execution.Examples.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatNetwork;
import org.dyadic.quantizers.FloatQuantizer;
import org.dyadic.quantizers.UniformQuantizer;
import org.dyadic.quantizers.UpotQuantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small residual network, quantized and executed as a whole. */
class QuantizationTest {

    private static final Normalisation NORMALISATION =
            new Normalisation(List.of(120.0, 130.0), List.of(60.0, 55.0));

    private final SplittableRandom random = new SplittableRandom(5);
    private final Network network = residual();
    private final List<byte[]> images = IntStream.range(0, 24).mapToObj(i -> image()).toList();

    private byte[] image() {
        var image = new byte[2 * 8 * 8];
        random.nextBytes(image);
        return image;
    }

    /**
     * conv - relu - conv - add - relu - pool - mean - dense, with every kind of reader of one
     * tensor.
     */
    private Network residual() {
        var image = Shape.of(2, 8, 8);
        var features = Shape.of(6, 8, 8);
        var same = Window.square(3, 1, 1);
        var nodes = new ArrayList<Node>();
        nodes.add(new Node("image", new Operation.Input(), List.of(), image));
        nodes.add(
                new Node(
                        "stem", Examples.convolution(random, 6, 2, 1, same), List.of(0), features));
        nodes.add(
                new Node(
                        "relu1",
                        new Operation.Pointwise(new Function.Relu()),
                        List.of(1),
                        features));
        nodes.add(
                new Node(
                        "inner",
                        Examples.convolution(random, 6, 3, 2, same),
                        List.of(2),
                        features));
        nodes.add(new Node("sum", new Operation.Add(), List.of(3, 2), features));
        nodes.add(
                new Node(
                        "relu2",
                        new Operation.Pointwise(new Function.HardSwish()),
                        List.of(4),
                        features));
        nodes.add(
                new Node(
                        "pool",
                        new Operation.MaxPool(Window.square(2, 2, 0)),
                        List.of(5),
                        Shape.of(6, 4, 4)));
        nodes.add(new Node("mean", new Operation.Mean(List.of(1, 2)), List.of(6), Shape.of(6)));
        nodes.add(
                new Node(
                        "logits",
                        new Operation.Dense(
                                Examples.tensor(random, 4, 6),
                                Optional.of(Examples.tensor(random, 4))),
                        List.of(7),
                        Shape.of(4)));
        return new Network("residual", nodes, 8, true, Map.of());
    }

    private Map<Integer, LayerPolicy> everywhere(
            LayerPolicy.Choice weights, LayerPolicy.Choice activations) {
        var policies = new HashMap<Integer, LayerPolicy>();
        Layers.of(network)
                .forEach(layer -> policies.put(layer, new LayerPolicy(weights, activations)));
        return policies;
    }

    private List<float[]> inputs() {
        return images.stream().map(image -> NORMALISATION.apply(image, 2)).toList();
    }

    private QuantizedNetwork quantize(LayerPolicy.Choice weights, LayerPolicy.Choice activations) {
        return new Quantization(
                        network,
                        everywhere(weights, activations),
                        Recipe.FULL,
                        1,
                        Kernels.scalar(),
                        Progress.silent())
                .run(inputs());
    }

    private double[][] run(Executable executable, List<byte[]> images) {
        return executable.run(images.toArray(byte[][]::new), new LongAdder());
    }

    /** Outputs of the integer network in real units. */
    private double[][] integers(QuantizedNetwork quantized) {
        double scale = Wide.scale(quantized.magnitudes().get(8));
        var outputs =
                run(
                        new IntegerNetwork(
                                quantized, Datapath.wide(), NORMALISATION, Kernels.scalar()),
                        images);
        for (double[] output : outputs) {
            for (int i = 0; i < output.length; i++) {
                output[i] *= scale;
            }
        }
        return outputs;
    }

    private double meanError(double[][] outputs) {
        double error = 0;
        var reference = new FloatNetwork(network);
        for (int i = 0; i < images.size(); i++) {
            float[] expected = reference.run(inputs().get(i));
            for (int k = 0; k < expected.length; k++) {
                error += Math.abs(outputs[i][k] - expected[k]);
            }
        }
        return error / (images.size() * 4);
    }

    @Test
    void eightBitIntegersComeCloseToFloatAndFourBitsLessClose() {
        double eight =
                meanError(
                        integers(
                                quantize(
                                        choice(new UniformQuantizer(), 8),
                                        choice(new UniformQuantizer(), 8))));
        double four =
                meanError(
                        integers(
                                quantize(
                                        choice(new UniformQuantizer(), 4),
                                        choice(new UniformQuantizer(), 4))));
        assertThat(eight).isLessThan(0.03); // 0.015 to 0.025 on nine random networks
        assertThat(four).isGreaterThan(2 * eight).isLessThan(0.5);
    }

    @Test
    void integersAndFloatsOnTheSameGridsAgree() {
        for (var quantizer : List.of(new UniformQuantizer(), new UpotQuantizer())) {
            var quantized = quantize(choice(quantizer, 4), choice(quantizer, 4));
            var integers = integers(quantized);
            var floats =
                    run(new FloatExecutable(quantized, NORMALISATION, Kernels.scalar()), images);
            double difference = 0;
            for (int i = 0; i < integers.length; i++) {
                for (int k = 0; k < 4; k++) {
                    difference += Math.abs(integers[i][k] - floats[i][k]) / (4 * integers.length);
                }
            }
            // A 16-bit rounding can move a value over a threshold, so single values differ; the
            // mean does not.
            assertThat(difference).isLessThan(0.25 * meanError(floats));
        }
    }

    @Test
    void everyOutputChannelHasTheMeanOfTheFloatNetwork() {
        var quantized =
                quantize(choice(new UniformQuantizer(), 3), choice(new UniformQuantizer(), 3));
        var outputs = run(new FloatExecutable(quantized, NORMALISATION, Kernels.scalar()), images);
        var reference = new FloatNetwork(network);
        for (int k = 0; k < 4; k++) {
            double wanted = 0;
            double given = 0;
            for (int i = 0; i < images.size(); i++) {
                wanted += reference.run(inputs().get(i))[k];
                given += outputs[i][k];
            }
            assertThat(given / images.size()).isCloseTo(wanted / images.size(), within(1e-4));
        }
    }

    @Test
    void aBatchIsItsImagesOneByOne() {
        var quantized = quantize(choice(new UpotQuantizer(), 4), choice(new UpotQuantizer(), 4));
        var executable =
                new IntegerNetwork(quantized, Datapath.wide(), NORMALISATION, Kernels.scalar());
        var together = run(executable, images);
        for (int i = 0; i < images.size(); i++) {
            assertThat(run(executable, List.of(images.get(i)))[0]).isEqualTo(together[i]);
        }
    }

    @Test
    void quantizingTwiceGivesTheSame() {
        var first = quantize(choice(new UpotQuantizer(), 4), choice(new UniformQuantizer(), 4));
        var second = quantize(choice(new UpotQuantizer(), 4), choice(new UniformQuantizer(), 4));
        Layers.of(network)
                .forEach(
                        layer -> {
                            assertThat(first.layer(layer).weights())
                                    .isEqualTo(second.layer(layer).weights());
                            assertThat(first.layer(layer).activations())
                                    .isEqualTo(second.layer(layer).activations());
                            assertThat(first.layer(layer).held().levels())
                                    .isEqualTo(second.layer(layer).held().levels());
                            assertThat(first.layer(layer).bias())
                                    .isEqualTo(second.layer(layer).bias());
                        });
    }

    @Test
    void floatEverywhereIsTheFloatNetwork() {
        var quantized =
                new Quantization(
                                network,
                                everywhere(
                                        choice(new FloatQuantizer(), 0),
                                        choice(new FloatQuantizer(), 0)),
                                Recipe.FULL,
                                1,
                                Kernels.scalar(),
                                Progress.silent())
                        .run(List.of());
        assertThat(quantized.integral()).isFalse();
        assertThat(
                        meanError(
                                run(
                                        new FloatExecutable(
                                                quantized, NORMALISATION, Kernels.scalar()),
                                        images)))
                .isLessThan(1e-5);
        assertThatThrownBy(
                        () ->
                                new IntegerNetwork(
                                        quantized,
                                        Datapath.wide(),
                                        NORMALISATION,
                                        Kernels.scalar()))
                .hasMessageContaining("float layers");
    }

    @Test
    void aQuantizerThatThrowsIsNamedWithItsLayer() {
        var broken =
                new LayerPolicy.Choice(
                        "broken",
                        new Quantizer() {
                            @Override
                            public ParameterSpec parameters() {
                                return ParameterSpec.of("throws");
                            }

                            @Override
                            public Fit fit(Observation observed, Settings settings) {
                                throw new IllegalStateException("no idea");
                            }
                        },
                        Settings.none());
        assertThatThrownBy(() -> quantize(broken, broken))
                .isInstanceOfSatisfying(
                        PluginFailure.class,
                        failure -> assertThat(failure.plugin()).isEqualTo("quantizer broken"))
                .hasMessageMatching(
                        "layer (stem|inner|logits): no idea \\(IllegalStateException\\)");
    }

    /** Rooms for everything, for some of it, and for nothing but what is at work. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 40, 50_000, 0})
    void howMuchIsHeldInMemoryChangesNothing(long room) {
        var policy = choice(new UniformQuantizer(), 4);
        var quantization =
                new Quantization(
                        network,
                        everywhere(policy, policy),
                        Recipe.FULL,
                        1,
                        Kernels.scalar(),
                        Progress.silent());
        var expected = quantization.run(inputs());
        var rest = new AtomicLong(room);
        var quantized = quantization.calibrated(inputs(), rest);
        assertThat(quantized.magnitudes()).isEqualTo(expected.magnitudes());
        for (int index : Layers.of(network)) {
            var layer = quantized.layer(index);
            assertThat(layer.weights()).isEqualTo(expected.layer(index).weights());
            assertThat(layer.activations()).isEqualTo(expected.layer(index).activations());
            assertThat(layer.bias()).isEqualTo(expected.layer(index).bias());
            assertThat(layer.held().values().toArray())
                    .isEqualTo(expected.layer(index).held().values().toArray());
        }
        assertThat(rest).as("room given back").hasValue(room);
    }

    @Test
    void aCancelledRunStops() {
        var impatient =
                new Progress() {
                    @Override
                    public void advance(String stage, long done, long total, String unit) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                };
        var policy = choice(new UniformQuantizer(), 4);
        assertThatThrownBy(
                        () ->
                                new Quantization(
                                                network,
                                                everywhere(policy, policy),
                                                Recipe.FULL,
                                                1,
                                                Kernels.scalar(),
                                                impatient)
                                        .run(inputs()))
                .isInstanceOf(Cancelled.class);
    }

    /** What is on by default, but for one part. */
    private static Recipe otherwise(String part) {
        var other =
                switch (part) {
                    case "objective" -> "mse";
                    default -> "off";
                };
        return Recipe.of(Calibration.PARAMETERS.with(Setting.of(part, new Value.Word(other))));
    }

    private double meanError(Recipe recipe, Network of) {
        var policy = choice(new UniformQuantizer(), 3);
        var policies = new HashMap<Integer, LayerPolicy>();
        Layers.of(of).forEach(layer -> policies.put(layer, new LayerPolicy(policy, policy)));
        var quantized =
                new Quantization(of, policies, recipe, 1, Kernels.scalar(), Progress.silent())
                        .run(inputs());
        return meanError(
                run(new FloatExecutable(quantized, NORMALISATION, Kernels.scalar()), images));
    }

    /** Whoever switches a part gets another network, and without all a clearly worse one. */
    @Test
    void everyPartOfTheRecipeDoesSomething() {
        double full = meanError(Recipe.FULL, network);
        for (var part : Calibration.PARAMETERS.names()) {
            assertThat(meanError(otherwise(part), network)).as(part).isNotEqualTo(full);
        }
        var nothing = new Recipe(false, false, 0, false, false, false, true, false);
        assertThat(meanError(nothing, network)).isGreaterThan(1.3 * full);
    }

    /**
     * Unless a policy says otherwise, one half of the images validates the other if they are few.
     */
    @Test
    void crossValidationIsForFewImages() {
        var one = inputs().get(0);
        for (int count : new int[] {Recipe.FEW, Recipe.FEW + 1}) {
            var different = Stream.concat(inputs().stream(), Stream.generate(() -> one));
            var given = different.limit(count).toList();
            double unsaid = afterCalibration("few", given);
            assertThat(afterCalibration("on", given)).isNotEqualTo(afterCalibration("off", given));
            assertThat(unsaid)
                    .as("with %d images", count)
                    .isEqualTo(afterCalibration(count <= Recipe.FEW ? "on" : "off", given));
        }
    }

    private double afterCalibration(String validate, List<float[]> given) {
        var policy = choice(new UniformQuantizer(), 3);
        var recipe =
                Recipe.of(
                        Calibration.PARAMETERS.with(
                                Setting.of("validate", new Value.Word(validate))));
        var policies = everywhere(policy, policy);
        var quantized =
                new Quantization(network, policies, recipe, 1, Kernels.scalar(), Progress.silent())
                        .run(given);
        return meanError(
                run(new FloatExecutable(quantized, NORMALISATION, Kernels.scalar()), images));
    }

    @Test
    void scalesPerTensorStayOneScale() {
        var quantizer = new UniformQuantizer();
        var settings =
                quantizer
                        .parameters()
                        .with(
                                Setting.of("bits", new Value.Number(Quantity.of(4, Unit.ONE))),
                                Setting.of("scale", new Value.Word("per-tensor")));
        var policy = new LayerPolicy.Choice("uniform", quantizer, settings);
        var quantized = quantize(policy, policy);
        for (int layer : Layers.of(network)) {
            assertThat(quantized.layer(layer).held().grid().orElseThrow().perChannel()).isFalse();
        }
        assertThat(meanError(integers(quantized))).isLessThan(0.5);
    }

    @Test
    void aNetworkThatIsNotFiniteIsNamed() {
        var nodes = new ArrayList<>(network.nodes());
        var huge = new float[6 * 3 * 9];
        java.util.Arrays.fill(huge, 3e38f);
        nodes.set(
                3,
                Layers.with(
                        nodes.get(3),
                        org.dyadic.api.network.Tensor.of(Shape.of(6, 3, 3, 3), huge),
                        java.util.Collections.nCopies(6, 0f)));
        var broken = new Network("broken", nodes, 8, true, Map.of());
        assertThatThrownBy(() -> meanError(Recipe.FULL, broken))
                .isInstanceOfSatisfying(
                        PluginFailure.class,
                        failure -> assertThat(failure.plugin()).isEqualTo("network"))
                .hasMessageContaining("inner");
    }

    /** An input that was always zero says nothing of the weights that meet it. */
    @Test
    void aChannelThatIsAlwaysZeroIsQuantizedToo() {
        var shape = Shape.of(2, 8, 8);
        var depthwise = Examples.convolution(random, 2, 1, 2, Window.square(3, 1, 1));
        var chain =
                Examples.chain(
                        shape,
                        List.of(new Operation.Pointwise(new Function.Relu()), depthwise),
                        List.of(shape, shape));
        var policy =
                new LayerPolicy(choice(new UpotQuantizer(), 4), choice(new UniformQuantizer(), 4));
        var image = new float[128];
        for (int i = 0; i < 64; i++) {
            image[i] = -1;
            image[64 + i] = i;
        }
        var quantized =
                new Quantization(
                                chain,
                                Map.of(2, policy),
                                Recipe.FULL,
                                1,
                                Kernels.scalar(),
                                Progress.silent())
                        .run(List.of(image));
        var held = quantized.layer(2).held().values();
        for (int i = 0; i < held.size(); i++) {
            assertThat(held.at(i)).isFinite();
        }
    }
}
