package org.dyadic.simulators.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.AnalyticSimulator;
import org.dyadic.simulators.Machines;
import org.dyadic.simulators.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CycleSimulatorTest {

    private final CycleSimulator simulator = new CycleSimulator();

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void sumsCyclesAndTheWorkOfEveryElementAreThoseOfRegistersThatShift(Dataflow dataflow) {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 300; trial++) {
            int rows = 1 + random.nextInt(6);
            int columns = 1 + random.nextInt(6);
            var machine = Machines.array(rows, columns, dataflow, Machines.AMPLE);
            var layer = Products.layer(random, 20);
            var integers = new Products(random, layer, 100);
            var estimate = simulator.estimate(machine, layer.on(integers));
            var witness = estimate.witness().orElseThrow();

            var shifting = new ShiftingArray(rows, columns);
            for (int group = 0; group < layer.groups(); group++) {
                long[][] product =
                        shifting.multiply(
                                integers.activations[group], integers.weights[group], dataflow);
                assertThat(witness.sums(group))
                        .as("%s on %d x %d", layer, rows, columns)
                        .isEqualTo(Arrays.stream(product).flatMapToLong(Arrays::stream).toArray())
                        .isEqualTo(integers.sums(group, Optional.empty()));
            }
            assertThat(estimate.cycles()).isEqualTo(shifting.cycles);
            for (int i = 0; i < rows * columns; i++) {
                assertThat(witness.uses(i / columns, i % columns)).isEqualTo(shifting.uses[i]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void cyclesWorkAndBufferTrafficEqualTheClosedForms(Dataflow dataflow) {
        var random = new SplittableRandom(2);
        for (int trial = 0; trial < 300; trial++) {
            var machine =
                    Machines.array(
                            1 + random.nextInt(40),
                            1 + random.nextInt(40),
                            dataflow,
                            Machines.AMPLE);
            var layer =
                    Machines.layer(
                            1 + random.nextInt(3000),
                            1 + random.nextInt(300),
                            1 + random.nextInt(600),
                            1 + random.nextInt(4),
                            1 + random.nextInt(16),
                            new double[] {1, 0.5, 1.0 / 3}[random.nextInt(3)]);
            var stepped = simulator.estimate(machine, layer);
            var closed = ClosedForms.of(machine, layer);

            assertThat(stepped.cycles())
                    .as("%s on %d x %d", layer, machine.rows(), machine.columns())
                    .isEqualTo(
                            Math.round(
                                    Mapping.of(machine, layer).cycles()
                                            * layer.groups()
                                            / layer.macsPerCycle()));
            assertThat(stepped.activity().macs()).isEqualTo(layer.macs());
            assertThat(stepped.activity().elementUses())
                    .isEqualTo(Math.round(layer.macs() / layer.macsPerCycle()));
            assertThat(stepped.activity().weightReads())
                    .isEqualTo(closed.words(closed.weights, layer.weightBits()));
            assertThat(stepped.activity().activationReads())
                    .isEqualTo(closed.words(closed.activations, layer.activationBits()));
            assertThat(stepped.activity().outputWrites()).isEqualTo(closed.outputWords());
            assertThat(stepped.stalls()).isZero();
            assertThat(stepped.kind()).isEqualTo(Kind.SIMULATED);
        }
    }

    /** Accesses of a group as SCALE-Sim's table has them, and sums that come back besides. */
    private record ClosedForms(
            Machine machine, Workload layer, long weights, long activations, long sums) {

        static ClosedForms of(Machine machine, Workload layer) {
            long m = layer.m();
            long n = layer.n();
            long k = layer.k();
            long overRows =
                    folds(machine.dataflow() == Dataflow.OUTPUT_STATIONARY ? m : k, machine.rows());
            long overColumns =
                    folds(
                            machine.dataflow() == Dataflow.INPUT_STATIONARY ? m : n,
                            machine.columns());
            return switch (machine.dataflow()) {
                case OUTPUT_STATIONARY ->
                        new ClosedForms(machine, layer, overRows * k * n, overColumns * k * m, 0);
                case WEIGHT_STATIONARY ->
                        new ClosedForms(
                                machine,
                                layer,
                                k * n,
                                overColumns * m * k,
                                2 * (overRows - 1) * m * n);
                default ->
                        new ClosedForms(
                                machine,
                                layer,
                                overColumns * n * k,
                                k * m,
                                2 * (overRows - 1) * m * n);
            };
        }

        private static long folds(long extent, long lanes) {
            return (extent + lanes - 1) / lanes;
        }

        long words(long elements, int bits) {
            return folds(layer.groups() * elements * bits, 32);
        }

        long outputWords() {
            long results = (long) layer.m() * layer.n() * layer.outputBits();
            return folds(layer.groups() * (results + sums * machine.sumBits()), 32);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void accumulatorsWrapAndSaturateAsTheyAreDefined(Dataflow dataflow) {
        var random = new SplittableRandom(3);
        for (var overflow : Overflow.values()) {
            for (int bits : new int[] {8, 17, 31, 32, 33, 47, 64}) {
                for (int most : new int[] {3, 2000, 1 << 24}) {
                    var machine =
                            Products.with(
                                    Machines.array(9, 5, dataflow, Machines.AMPLE), bits, overflow);
                    var layer = Machines.layer(23, 11, 70, 1, 8, 1);
                    var integers = new Products(random, layer, most);

                    var estimate = simulator.estimate(machine, layer.on(integers));
                    assertThat(estimate.witness().orElseThrow().sums(0))
                            .as("%d bits, %s, levels to %d", bits, overflow, most)
                            .isEqualTo(integers.sums(0, Optional.of(machine.datapath())));
                }
            }
        }
    }

    @Test
    void longStreamsAreStepsOfSeveralBlocks() {
        var random = new SplittableRandom(4);
        var layer = Machines.layer(1500, 19, 21, 1, 8, 1);
        var integers = new Products(random, layer, 7);
        for (var dataflow : Dataflow.SYSTOLIC) {
            var machine = Machines.array(16, 8, dataflow, Machines.AMPLE);
            assertThat(
                            simulator
                                    .estimate(machine, layer.on(integers))
                                    .witness()
                                    .orElseThrow()
                                    .sums(0))
                    .isEqualTo(integers.sums(0, Optional.empty()));
        }
    }

    @Test
    void withoutIntegersNothingIsInvented() {
        var layer = Products.layer(new SplittableRandom(5), 30);
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var counted = simulator.estimate(machine, layer);
        var stepped =
                simulator.estimate(
                        machine, layer.on(new Products(new SplittableRandom(5), layer, 3)));

        assertThat(counted.witness()).isEmpty();
        assertThat(counted).isEqualTo(stepped.withoutWitness());
        assertThat(
                        text(
                                "layers.csv",
                                simulator.attachments(machine, List.of(layer), List.of(counted))))
                .contains("none: untrained or no data set");
    }

    @Test
    void anElementOfSeveralCyclesHoldsUpTheWave() {
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var swift = simulator.estimate(machine, Machines.layer(10, 9, 8, 2, 8, 1));
        for (var pace : new double[] {0.5, 1.0 / 3, 0.25}) {
            var slow = simulator.estimate(machine, Machines.layer(10, 9, 8, 2, 8, pace));
            assertThat(slow.cycles()).isEqualTo(Math.round(swift.cycles() / pace));
            assertThat(slow.utilisation()).isCloseTo(swift.utilisation(), within(1e-12));
        }
        assertThat(simulator.estimate(machine, Machines.layer(10, 9, 8, 2, 8, 0.4)).cycles())
                .as("two and a half cycles are three")
                .isEqualTo(3 * swift.cycles());
    }

    @Test
    void whatItCannotStepThroughItSaysAtOnce() {
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var rows = Machines.array(4, 4, Dataflow.ROW_STATIONARY, Machines.AMPLE);
        var packed = Machines.layer(10, 9, 8, 1, 8, 4);
        var timed = Machines.product(10, 9, 8).timed(new Timing(100, 1, 1, 1));

        assertThat(simulator.bid(rows))
                .isInstanceOfSatisfying(
                        Fidelity.Unsupported.class,
                        no -> assertThat(no.reason()).contains("row-stationary", "analytic"));
        assertThat(simulator.refusal(machine, packed))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("4.0 products a cycle", "analytic"));
        assertThat(simulator.refusal(machine, timed))
                .hasValueSatisfying(why -> assertThat(why).contains("timed by its backend"));
        assertThatThrownBy(() -> simulator.estimate(machine, packed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("products a cycle");
        assertThat(simulator.refusal(machine, Machines.product(10, 9, 8))).isEmpty();
    }

    @Test
    void nobodyGetsItWithoutAsking() {
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var own = (Fidelity.Supported) simulator.bid(machine);
        var analytic = (Fidelity.Supported) new AnalyticSimulator().bid(machine);

        assertThat(own.expectedError()).isGreaterThan(analytic.expectedError());
    }

    @Test
    void zerosAndTogglesAreThoseOfTheRegisters() {
        var random = new SplittableRandom(6);
        for (var dataflow : Dataflow.SYSTOLIC) {
            var layer = Machines.layer(9, 5, 7, 1, 8, 1);
            var integers = new Products(random, layer, 3);
            var machine = Machines.array(4, 3, dataflow, Machines.AMPLE);
            var switching =
                    simulator
                            .estimate(machine, layer.on(integers))
                            .witness()
                            .orElseThrow()
                            .switching()
                            .orElseThrow();

            int zeros = 0;
            int toggles = 0;
            int bits = 0;
            int[][] a = integers.activations[0];
            int[][] b = integers.weights[0];
            for (int m = 0; m < 9; m++) {
                for (int n = 0; n < 5; n++) {
                    for (int k = 0; k < 7; k++) {
                        zeros += a[m][k] * b[n][k] == 0 ? 1 : 0;
                        if (dataflow == Dataflow.OUTPUT_STATIONARY && k > 0) {
                            toggles += changed(a[m][k], a[m][k - 1]);
                            toggles += changed(b[n][k], b[n][k - 1]);
                            bits += 2 * 3; // levels of -3 to 3 have 3 bits
                        } else if (dataflow == Dataflow.WEIGHT_STATIONARY && m > 0) {
                            toggles += changed(a[m][k], a[m - 1][k]);
                            bits += 3;
                        } else if (dataflow == Dataflow.INPUT_STATIONARY && n > 0) {
                            toggles += changed(b[n][k], b[n - 1][k]);
                            bits += 3;
                        }
                    }
                }
            }
            assertThat(switching.zeros()).isCloseTo(zeros / (9.0 * 5 * 7), within(1e-12));
            assertThat(switching.toggles()).isCloseTo(toggles / (double) bits, within(1e-12));
        }
    }

    private static int changed(int one, int other) {
        return Integer.bitCount((one ^ other) & 0b111);
    }

    @Test
    void aUtilisationMapHasARowForEachOfTheArray() {
        var machine = Machines.array(3, 2, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        // k 4 on 3 rows, n 3 on 2 columns, 10 steps: folds of 3 x 2, 1 x 2, 3 x 1 and 1 x 1
        var layer = Machines.product(10, 3, 4);
        double cycles = 4 * (3 + 10 + 3);

        assertThat(simulator.estimate(machine, layer).cycles()).isEqualTo((long) cycles);
        assertThat(text("utilisation.csv", files(machine, layer)).lines())
                .containsExactly(
                        "layer,row,column 1,column 2",
                        String.format("layer,1,%.4f,%.4f", 40 / cycles, 20 / cycles),
                        String.format("layer,2,%.4f,%.4f", 20 / cycles, 10 / cycles),
                        String.format("layer,3,%.4f,%.4f", 20 / cycles, 10 / cycles));
    }

    @Test
    void theMapOfALargeArrayIsAveragedInBlocks() {
        var machine = Machines.array(130, 200, Dataflow.OUTPUT_STATIONARY, Machines.AMPLE);
        var lines =
                text("utilisation.csv", files(machine, Machines.product(65, 1, 8)))
                        .lines()
                        .toList();

        assertThat(lines).hasSize(1 + 44); // 130 rows by threes
        assertThat(lines.get(0)).startsWith("layer,row,column 1 to 4").endsWith("197 to 200");
        double share = 8.0 / (8 + 130 + 200 - 2);
        assertThat(lines.get(1)).startsWith(String.format("layer,1 to 3,%.4f,0.0000", share / 4));
        assertThat(lines.get(22))
                .as("two of its rows work")
                .startsWith(String.format("layer,64 to 66,%.4f", share / 4 * 2 / 3));
    }

    @Test
    void whatLiesBetweenLayersIsModelled() {
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var addition = new Elementwise("add", "add", 100, 100, 1600, 800);

        assertThat(simulator.estimate(machine, addition))
                .isEqualTo(new AnalyticSimulator().estimate(machine, addition))
                .hasValueSatisfying(one -> assertThat(one.kind()).isEqualTo(Kind.MODELLED));
    }

    private List<Attachment> files(Machine machine, Workload layer) {
        return simulator.attachments(
                machine, List.of(layer), List.of(simulator.estimate(machine, layer)));
    }

    private static String text(String file, List<Attachment> attachments) {
        return attachments.stream()
                .filter(one -> one.file().equals(file))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
