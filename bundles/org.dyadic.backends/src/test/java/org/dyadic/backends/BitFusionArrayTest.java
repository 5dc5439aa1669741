package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.BackendContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitFusionArrayTest implements BackendContract {

    private final BitFusionArray array = new BitFusionArray();

    @Override
    public Backend backend() {
        return array;
    }

    @ParameterizedTest
    @CsvSource({
        // weight bits, activation bits, products of an 8 bit element in a cycle
        "8, 8, 1",
        "4, 8, 2",
        "4, 4, 4",
        "2, 2, 16",
        "1, 1, 16",
        "3, 3, 4",
        "5, 6, 1",
        "8, 2, 4",
        "16, 16, 0.25"
    })
    void narrowOperandsAreMultipliedSideBySide(int weights, int activations, double products) {
        var verdict =
                array.judge(
                        Samples.operands(
                                Layers.uniform(weights, true), Layers.uniform(activations, true)),
                        array.parameters().defaults());
        assertThat(Layers.macsPerCycle(verdict)).isEqualTo(products);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5", "6", "7", "8"})
    void productsAreThoseOfThePublishedModel(int bits) {
        for (int other = 2; other <= 8; other++) {
            var verdict =
                    array.judge(
                            Samples.operands(
                                    Layers.uniform(bits, true), Layers.uniform(other, true)),
                            array.parameters().defaults());
            assertThat(Layers.macsPerCycle(verdict)).isEqualTo((8 / bits) * (8 / other));
        }
    }

    /** ceil(OC/M) OH OW K^2 ceil(IC/(N p)), and N + M - 2. */
    @Test
    void layersTakeTheCyclesOfThePublishedModel() {
        var convolution = convolution(40, 100, 3, 8, 1);
        var eight = Layers.array(8, 16);
        assertThat(cycles(convolution, 8, eight)).isEqualTo(3 * 64 * 9 * 13 + 22);
        assertThat(cycles(convolution, 4, eight)).isEqualTo(3 * 64 * 9 * 4 + 22);
        assertThat(cycles(convolution, 2, eight)).isEqualTo(3 * 64 * 9 * 1 + 22);
        assertThat(cycles(convolution, 16, eight)).isEqualTo(3 * 64 * 9 * 13 * 4 + 22);
        // a depth-wise layer keeps one element busy
        assertThat(cycles(convolution(40, 1, 3, 8, 40), 8, eight)).isEqualTo(40 * 64 * 9 + 22);
    }

    @Test
    void everyElementReadsItsOwnWeights() {
        var timing = timing(convolution(40, 100, 3, 8, 1), 4, Layers.array(8, 16));
        assertThat(timing.weightReads()).isEqualTo(40L * 100 * 9 * 64 / 8);
        assertThat(timing.activationReads()).isEqualTo(3L * 100 * 9 * 64 / 8);
        assertThat(timing.outputWrites()).isEqualTo(40 * 64);
        var machine = array.build(array.parameters().with(Layers.array(8, 16)));
        assertThat(machine.buffers().weightMemory())
                .isEqualTo(new Component.Sram((64 << 10) / 128, 32));
        assertThat(Layers.count(machine, "weight buffer")).isEqualTo(128);
        assertThat(Layers.count(machine, "activation buffer")).isEqualTo(8);
        assertThat(Layers.count(machine, "output buffer")).isEqualTo(16);
    }

    @Test
    void whatIsNoPlainIntegerIsRefused() {
        var verdict =
                array.judge(
                        Samples.operands(Layers.table(0, 5), Layers.uniform(4, false)),
                        array.parameters().defaults());
        assertThat(Layers.reason(verdict))
                .isEqualTo(
                        "weights are coded as 1-bit table, and this array multiplies plain integers"
                                + " without zero point");
    }

    private static Operation.Convolution convolution(
            int filters, int channels, int window, int size, int groups) {
        return new Operation.Convolution(
                Tensor.of(
                        Shape.of(filters, channels, window, window),
                        new float[filters * channels * window * window]),
                Optional.empty(),
                Window.square(window, 1, window / 2),
                groups);
    }

    private long cycles(Operation.Convolution layer, int bits, Setting... settings) {
        return timing(layer, bits, settings).cycles();
    }

    /** On images of 8 x 8. */
    private Timing timing(Operation.Convolution layer, int bits, Setting... settings) {
        var weights = layer.weights().shape();
        Fit codes = Layers.uniform(bits, true);
        var verdict =
                array.judge(
                        new Operands(
                                "layer",
                                layer,
                                Shape.of(weights.extent(1) * layer.groups(), 8, 8),
                                Shape.of(weights.extent(0), 8, 8),
                                codes,
                                codes),
                        array.parameters().with(settings));
        assertThat(verdict).isInstanceOf(Verdict.Acceptance.class);
        return ((Verdict.Acceptance) verdict).timing().orElseThrow();
    }
}
