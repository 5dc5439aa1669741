package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.dyadic.api.hardware.Backend;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpuArrayTest implements BackendContract {

    private final UnpuArray array = new UnpuArray();

    @Override
    public Backend backend() {
        return array;
    }

    /** Lee et al., JSSC 2019, abstract; at 200 MHz, a product being two operations. */
    @ParameterizedTest
    @CsvSource({"16, 345.6", "1, 7372"})
    void itsPeakIsThePublishedOne(int weightBits, double gops) {
        var machine = array.build(array.parameters().defaults());
        double products = machine.elements() * products(weightBits);
        assertThat(2 * products * machine.clock().base() / 1e9).isCloseTo(gops, within(1.0));
    }

    @ParameterizedTest
    @CsvSource({"2, 1.5", "3, 1", "4, 0.75", "8, 0.375"})
    void weightsGoInBitByBit(int weightBits, double products) {
        assertThat(products(weightBits)).isEqualTo(products);
    }

    private double products(int weightBits) {
        return Layers.macsPerCycle(
                array.judge(
                        Samples.operands(Layers.uniform(weightBits, true), Layers.uniform(8, true)),
                        array.parameters().defaults()));
    }

    /** ceil(OC/columns) ceil(OH OW/units) ceil(K^2 IC/(p rows/units)) w, for each group. */
    @Test
    void layersTakeTheCyclesThatItsDocumentationSays() {
        // 40 filters: 3 x 16; 64 results: 11 x 6; 900 products: 7 x 48 tables x 3
        assertThat(timing(convolution(40, 100, 1), 8).cycles()).isEqualTo(3 * 11 * 7 * 8);
        assertThat(timing(convolution(40, 100, 1), 2).cycles()).isEqualTo(3 * 11 * 7 * 2);
        // 5 x 48 tables x 4
        assertThat(timing(convolution(40, 100, 1), 1).cycles()).isEqualTo(3 * 11 * 5);
        // a depth-wise layer has nine products for one filter at a time
        assertThat(timing(convolution(40, 1, 40), 8).cycles()).isEqualTo(40 * 11 * 8);
    }

    @Test
    void unitsShareWeightsAndFiltersShareActivations() {
        var timing = timing(convolution(40, 100, 1), 4);
        assertThat(timing.weightReads()).isEqualTo(40L * 900 * 11 * 4 / 32);
        assertThat(timing.activationReads()).isEqualTo(3L * 64 * 900 * 8 / 32);
        assertThat(timing.outputWrites()).isEqualTo(40 * 64);
    }

    @Test
    void aRowsTableIsThereOnce() {
        var machine = array.build(array.parameters().defaults());
        assertThat(Layers.count(machine, "tables")).isEqualTo(288L * 16 * 8);
        assertThat(machine.element())
                .filteredOn(part -> part.purpose().equals("tables"))
                .singleElement()
                .satisfies(
                        part -> assertThat(part.component().describe()).endsWith("shared by 16"));
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

    private static Operation.Convolution convolution(int filters, int channels, int groups) {
        return new Operation.Convolution(
                Tensor.of(Shape.of(filters, channels, 3, 3), new float[filters * channels * 9]),
                Optional.empty(),
                Window.square(3, 1, 1),
                groups);
    }

    /** On images of 8 x 8, with activations of 8 bits. */
    private Timing timing(Operation.Convolution layer, int weightBits) {
        var weights = layer.weights().shape();
        var verdict =
                array.judge(
                        new Operands(
                                "layer",
                                layer,
                                Shape.of(weights.extent(1) * layer.groups(), 8, 8),
                                Shape.of(weights.extent(0), 8, 8),
                                Layers.uniform(weightBits, true),
                                Layers.uniform(8, true)),
                        array.parameters().defaults());
        assertThat(verdict).isInstanceOf(Verdict.Acceptance.class);
        return ((Verdict.Acceptance) verdict).timing().orElseThrow();
    }
}
