package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between layers, in a block with a shortcut and a pooling; 3 x 6 x 6 elements. */
class PassesTest {

    private static final int ELEMENTS = 3 * 6 * 6;

    private final Bench bench = new Bench();

    @BeforeEach
    void aBlock() {
        bench.network = block();
        bench.withDataset = true;
        var fourBits =
                bench.quantizer(
                        "uniform", Setting.of("bits", new Value.Number(Quantity.of(4, Unit.ONE))));
        bench.policies =
                List.of(
                        bench.policy(
                                "Four",
                                new Rule(
                                        List.of(new Selector.Every()),
                                        Optional.of(fourBits),
                                        Optional.of(fourBits),
                                        Bench.HERE)));
        bench.accelerators = List.of(bench.accelerator("Ints", "systolic"));
    }

    @Test
    void additionsAndPoolingHaveRowsInTheOrderOfTheNetwork() {
        assertThat(hardware().layers())
                .extracting(row -> row.name() + " " + row.kind())
                .containsExactly(
                        "one convolution",
                        "two convolution",
                        "sum add",
                        "pool max-pool",
                        "dense dense");
    }

    @Test
    void aTensorIsWrittenInTheCodesOfTheLayersThatReadItAndWideForOthers() {
        assertThat(written("one")).as("4 bits for two, 16 for sum").isEqualTo(20 * ELEMENTS);
        assertThat(written("two")).as("after sum and function").isEqualTo(16 * ELEMENTS);
        assertThat(written("pool")).as("codes of dense").isEqualTo(4 * 3 * 3 * 3);
        assertThat(written("dense")).as("the user's").isEqualTo(16 * 4);
    }

    @Test
    void ofLayersListedApartNothingElseIsThereAndResultsAreCodedAsTheirInput() {
        var joined = bench.network;
        bench.network =
                new Network(
                        joined.name(),
                        joined.nodes(),
                        joined.output(),
                        joined.trained(),
                        Map.of(Network.APART, "test"));
        assertThat(hardware().layers())
                .extracting(LayerHardware::name)
                .containsExactly("one", "two", "dense");
        assertThat(written("one")).isEqualTo(4 * ELEMENTS);
        assertThat(written("dense")).isEqualTo(4 * 4);
    }

    @Test
    void anAdditionReadsWhatTheLayerBeforeItDidNotJustMake() {
        var sum = row("sum").estimate().activity();
        assertThat(sum.dramReadBits()).isEqualTo(16 * ELEMENTS);
        assertThat(sum.dramWriteBits()).as("the layer writes it").isZero();
        assertThat(sum.requantizations()).isEqualTo(ELEMENTS);
        assertThat(row("pool").estimate().activity().dramReadBits()).isEqualTo(16 * ELEMENTS);
    }

    @Test
    void whatLiesBetweenLayersIsInTheTotals() {
        var hardware = hardware();
        assertThat(hardware.cycles())
                .isEqualTo(
                        hardware.layers().stream()
                                .mapToLong(layer -> layer.estimate().cycles())
                                .sum());
        assertThat(row("sum").estimate().cycles()).isPositive();
        assertThat(row("sum").energy()).extracting("purpose").contains("off-chip memory");
    }

    @Test
    void layersHaveARooflineAndTheRestHasNone() {
        for (var row : hardware().layers()) {
            boolean layer = row.estimate().activity().macs() > 0;
            assertThat(row.roofline().isPresent()).as(row.name()).isEqualTo(layer);
            row.roofline()
                    .ifPresent(
                            roof -> {
                                var activity = row.estimate().activity();
                                double bytes =
                                        (activity.dramReadBits() + activity.dramWriteBits()) / 8.0;
                                assertThat(roof.intensity()).isEqualTo(activity.macs() / bytes);
                                assertThat(roof.achieved()).isLessThanOrEqualTo(roof.attainable());
                                assertThat(roof.boundByMemory())
                                        .as(
                                                "12.8 GB/s at 500 MHz is 25.6 B a cycle for 256 elements")
                                        .isEqualTo(roof.intensity() < 10);
                            });
        }
    }

    @Test
    void aBufferTooSmallForALayerIsInfeasibleAndToldInAdvance() {
        var block =
                new Value.Block(
                        List.of(
                                Setting.of(
                                        "weights", new Value.Number(Quantity.of(2, Unit.BYTE)))));
        bench.accelerators =
                List.of(bench.accelerator("Tiny", "systolic", Setting.of("buffers", block)));

        var outcome =
                (Outcome.Infeasible)
                        bench.workbench
                                .run(bench.experiment(), 1, Progress.silent())
                                .outcomes()
                                .get(0);
        assertThat(outcome.reason())
                .isEqualTo(
                        "layer one: the weight buffer of 2 B is 7 B too small for the least tile in"
                                + " each of its two halves: weights of a window of 3 x 3 in one"
                                + " channel (and 1 more layers)");
        assertThat(outcome.accuracy()).as("measured all the same").isPresent();
        assertThat(bench.workbench.check(bench.experiment()))
                .anySatisfy(found -> assertThat(found.message()).contains("7 B too small"));
    }

    private HardwareResult hardware() {
        var outcome =
                (Outcome.Completed)
                        bench.workbench
                                .run(bench.experiment(), 1, Progress.silent())
                                .outcomes()
                                .get(0);
        return outcome.hardware().orElseThrow();
    }

    private LayerHardware row(String name) {
        return hardware().layers().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long written(String name) {
        return row(name).estimate().activity().dramWriteBits();
    }

    private static Network block() {
        var image = Shape.of(1, 6, 6);
        var features = Shape.of(3, 6, 6);
        var relu = new Operation.Pointwise(new Function.Relu());
        return new Network(
                "block",
                List.of(
                        new Node("image", new Operation.Input(), List.of(), image),
                        new Node("one", convolution(1), List.of(0), features),
                        new Node("relu1", relu, List.of(1), features),
                        new Node("two", convolution(3), List.of(2), features),
                        new Node("sum", new Operation.Add(), List.of(3, 2), features),
                        new Node("relu2", relu, List.of(4), features),
                        new Node(
                                "pool",
                                new Operation.MaxPool(Window.square(2, 2, 0)),
                                List.of(5),
                                Shape.of(3, 3, 3)),
                        new Node("flat", new Operation.Reshape(), List.of(6), Shape.of(27)),
                        new Node(
                                "dense",
                                new Operation.Dense(tensor(4, 27), Optional.empty()),
                                List.of(7),
                                Shape.of(4))),
                8,
                true,
                Map.of());
    }

    private static Operation convolution(int inputs) {
        return new Operation.Convolution(
                tensor(3, inputs, 3, 3), Optional.empty(), Window.square(3, 1, 1), 1);
    }

    private static Tensor tensor(int... extents) {
        var random = new SplittableRandom(6);
        var shape = Shape.of(extents);
        var numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(shape, numbers);
    }
}
