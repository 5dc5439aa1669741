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
import org.dyadic.testkit.BackendContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;

class NvdlaArrayTest implements BackendContract {

    private final NvdlaArray array = new NvdlaArray();

    @Override
    public Backend backend() {
        return array;
    }

    /** Channels by rows, filters by columns, and every tap of the window on its own. */
    @Test
    void aLayerTakesACycleForEachAtomOfEachResult() {
        assertThat(timing(40, 100, 3, 8, 1).cycles()).isEqualTo(64L * 9 * 13 * 3);
        assertThat(timing(16, 8, 1, 8, 1).cycles()).isEqualTo(64);
        // groups run one after another
        assertThat(timing(40, 1, 3, 8, 40).cycles()).isEqualTo(40L * 64 * 9);
    }

    @Test
    void fewerResultsThanColumnsWaitForTheirWeights() {
        assertThat(timing(16, 8, 1, 2, 1).cycles()).isEqualTo(16);
        assertThat(timing(3, 8, 1, 1, 1).cycles()).isEqualTo(3);
    }

    /** 5 lines of 5 x 3 numbers on 8 rows: 10 cycles line by line, 12 by twos and 16 by fours. */
    @Test
    void imagesTakePixelsAsChannels() {
        assertThat(timing(16, 3, 5, 8, 1).cycles()).isEqualTo(64L * 10);
        assertThat(timing(16, 5, 5, 8, 1).cycles()).isEqualTo(64L * 25);
    }

    @Test
    void weightsAreReadOnceForAStripeAndActivationsOnceForAllColumns() {
        var timing = timing(40, 100, 3, 8, 1);
        assertThat(timing.weightReads()).isEqualTo(2L * 40 * 100 * 9 * 8 / 32);
        assertThat(timing.activationReads()).isEqualTo(3L * 64 * 100 * 9 * 8 / 32);
        assertThat(timing.outputWrites()).isEqualTo(64L * 40 * (2 * 9 * 13 - 1));
    }

    @Test
    void elementsKeepTwoWeightsAndColumnsKeepTheirSums() {
        var machine = array.build(array.parameters().with(Layers.array(8, 16)));
        assertThat(machine.element())
                .extracting(item -> item.component())
                .containsExactly(
                        new Component.Multiplier(8, 9),
                        new Component.Adder(17 + 3),
                        new Component.Register(25));
        assertThat(machine.datapath().accumulatorBits()).isEqualTo(34);
        assertThat(Layers.count(machine, "accumulators")).isEqualTo(16);
        assertThat(Layers.count(machine, "output buffer")).isEqualTo(16);
    }

    @Test
    void whatIsNoPlainIntegerOrTooWideIsRefused() {
        assertThat(
                        Layers.reason(
                                array.judge(
                                        Samples.operands(
                                                Layers.table(0, 5), Layers.uniform(4, false)),
                                        array.parameters().defaults())))
                .contains("multiplies plain integers without zero point");
        assertThat(
                        Layers.reason(
                                array.judge(
                                        Samples.operands(
                                                Layers.uniform(10, true), Layers.uniform(8, true)),
                                        array.parameters().defaults())))
                .contains("multiplier int16 would fit");
    }

    /** Results of size x size on 8 rows and 16 columns. */
    private Timing timing(int filters, int channels, int window, int size, int groups) {
        var layer =
                new Operation.Convolution(
                        Tensor.of(
                                Shape.of(filters, channels, window, window),
                                new float[filters * channels * window * window]),
                        Optional.empty(),
                        Window.square(window, 1, window / 2),
                        groups);
        var codes = Layers.uniform(8, true);
        var verdict =
                array.judge(
                        new Operands(
                                "layer",
                                layer,
                                Shape.of(channels * groups, size, size),
                                Shape.of(filters, size, size),
                                codes,
                                codes),
                        array.parameters().with(Layers.array(8, 16)));
        assertThat(verdict).isInstanceOf(Verdict.Acceptance.class);
        return ((Verdict.Acceptance) verdict).timing().orElseThrow();
    }
}
