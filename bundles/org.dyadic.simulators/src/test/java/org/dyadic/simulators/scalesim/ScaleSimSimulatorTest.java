package org.dyadic.simulators.scalesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.AnalyticSimulator;
import org.dyadic.simulators.Machines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScaleSimSimulatorTest {

    private static final Buffers BUFFERS = new Buffers(1 << 16, 1 << 16, 1 << 16);

    private final ScaleSimSimulator simulator = new ScaleSimSimulator();

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void aLayerTakesOneCycleFewerThanItComputes(Dataflow dataflow) {
        var machine = Machines.array(8, 4, dataflow, Machines.AMPLE);
        var layer = Machines.product(64, 32, 80);

        assertThat(simulator.estimate(machine, layer).cycles())
                .isEqualTo(
                        new AnalyticSimulator().estimate(machine, layer).cycles()
                                - 1
                                - stalls(machine, layer));
    }

    private static long stalls(Machine machine, Workload layer) {
        return new AnalyticSimulator().estimate(machine, layer).stalls();
    }

    @Test
    void groupsAreLayersOfTheirOwn() {
        var machine = Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, BUFFERS);
        var one = Machines.layer(100, 1, 9, 1, 8, 1);
        var three = Machines.layer(100, 1, 9, 3, 8, 1);

        assertThat(simulator.estimate(machine, three).cycles())
                .isEqualTo(3 * simulator.estimate(machine, one).cycles());
        var rows = report(machine, List.of(three, one)).lines().skip(1).toList();
        assertThat(rows)
                .extracting(row -> row.substring(0, 2))
                .containsExactly("0,", "1,", "2,", "3,");
        assertThat(rows).extracting(row -> row.substring(2)).containsOnly(rows.get(0).substring(2));
    }

    private String report(Machine machine, List<Workload> layers) {
        return simulator.attachments(machine, layers, List.of()).get(0).text();
    }

    @Test
    void theBitsOfAPolicyDoNotMatter() {
        var machine = Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, BUFFERS);

        assertThat(simulator.estimate(machine, Machines.layer(100, 40, 90, 1, 4, 1)).activity())
                .isEqualTo(
                        simulator
                                .estimate(machine, Machines.layer(100, 40, 90, 1, 16, 1))
                                .activity());
    }

    @Test
    void paddingOfBothSidesIsPartOfTheImage() {
        var machine = Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, BUFFERS);
        var padded = Layers.convolution(new Sliding(14, 14, 4, Window.square(3, 1, 1)), 32);
        var larger = Layers.convolution(16, 16, 3, 3, 4, 32, 1);

        assertThat(report(machine, List.of(padded))).isEqualTo(report(machine, List.of(larger)));
    }

    @Test
    void elementsBeyondTheImageAreNeverFetched() {
        var machine = Machines.array(8, 8, Dataflow.INPUT_STATIONARY, BUFFERS);

        // 6 - 3 is no multiple of 2: the third window of a row covers a column that is not there
        var figures = LayerFigures.of(machine, Layers.convolution(6, 6, 3, 3, 1, 1, 2));

        assertThat(figures.ifmapSram().count()).isEqualTo(9 * 9);
        assertThat(figures.ifmapDram().count()).isEqualTo(36);
    }

    @Test
    void theBufferThatIsTooSmallIsNamed() {
        assertThat(bid(new Buffers(99, 1 << 16, 1 << 16)))
                .isEqualTo(
                        new Fidelity.Unsupported(
                                "the weight buffer has 99 B and SCALE-Sim needs at least 100 B; add"
                                        + " 1 B, or use the simulator analytic"));
        assertThat(bid(new Buffers(100, 64, 2)).toString())
                .contains("activation buffer", "add 36 B");
        assertThat(bid(new Buffers(100, 100, 1)).toString()).contains("output buffer", "add 1 B");
        assertThat(bid(new Buffers(100, 100, 2))).isInstanceOf(Fidelity.Supported.class);
    }

    private Fidelity bid(Buffers buffers) {
        return simulator.bid(Machines.array(4, 4, Dataflow.OUTPUT_STATIONARY, buffers));
    }

    @Test
    void aLayerTooLargeToStepThroughIsToldSo() {
        var machine = Machines.array(32, 32, Dataflow.WEIGHT_STATIONARY, BUFFERS);

        assertThatThrownBy(
                        () ->
                                new ScaleSimV3Bandwidth()
                                        .estimate(machine, Machines.product(1 << 20, 16, 1 << 12)))
                .hasMessage(
                        "layer layer is too large to be stepped through; use the simulator"
                                + " scale-sim");
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void bandwidthIsNoLimitWhereThereIsEnough(Dataflow dataflow) {
        var machine = Machines.withBandwidth(Machines.array(8, 8, dataflow, BUFFERS), 64);
        var layer = Layers.convolution(9, 9, 3, 3, 4, 20, 1);

        var finite = new ScaleSimV2Bandwidth().estimate(machine, layer);
        assertThat(finite.stalls()).isZero();
        assertThat(finite.cycles()).isEqualTo(simulator.estimate(machine, layer).cycles());
    }

    @Test
    void itIsChosenOnlyWhenAskedFor() {
        var machine = Machines.array(4, 4, Dataflow.OUTPUT_STATIONARY, BUFFERS);

        assertThat(((Fidelity.Supported) simulator.bid(machine)).expectedError())
                .isGreaterThan(
                        ((Fidelity.Supported) new AnalyticSimulator().bid(machine))
                                .expectedError());
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void theExtremesHaveAnAnswer(Dataflow dataflow) {
        for (int size : new int[] {1, 1024}) {
            var machine = Machines.array(size, size, dataflow, new Buffers(100, 100, 2));
            for (var layer :
                    List.of(
                            Machines.product(1, 1, 1),
                            Machines.product(3000, 1, 1),
                            Machines.product(1, 3000, 1),
                            Machines.product(1, 1, 3000),
                            Layers.convolution(40, 40, 3, 3, 8, 30, 1))) {
                var estimate = simulator.estimate(machine, layer);
                assertThat(estimate.cycles()).isPositive();
                assertThat(estimate.utilisation()).isBetween(0.0, 1.0);
                assertThat(report(machine, List.of(layer)).lines()).hasSize(2);
            }
        }
    }

    @Test
    void aLayerOfAMillionPixelsTakesNoTimeWhereWindowsDoNotOverlap() {
        var machine = Machines.array(128, 128, Dataflow.OUTPUT_STATIONARY, BUFFERS);
        var image = new Sliding(2048, 2048, 4096, Window.square(1, 1, 0));
        var layer = new Workload("wide", 2048 * 2048, 16, 4096, 1, 8, 8, 8, 1, 1, 1).sliding(image);

        assertThat(simulator.estimate(machine, layer).activity().macs()).isEqualTo(layer.macs());
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100.0",
        "91.16750998450044, 91.16750998450044",
        "0.00012, 0.00012",
        "0.000091, 9.1e-05",
        "0.00001, 1e-05",
        "12345678.5, 12345678.5",
        "1e300, 1e+300",
        "Infinity, inf"
    })
    void numbersAreWrittenAsPythonDoes(double number, String text) {
        assertThat(Reports.real(number)).isEqualTo(text);
        if (Double.isFinite(number)) {
            assertThat(Double.parseDouble(text)).isCloseTo(number, within(0.0));
        }
    }
}
