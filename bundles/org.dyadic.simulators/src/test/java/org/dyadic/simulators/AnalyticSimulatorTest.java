package org.dyadic.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalyticSimulatorTest {

    private final AnalyticSimulator simulator = new AnalyticSimulator();

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void cyclesAreThoseOfAnArrayThatShiftsItsRegisters(Dataflow dataflow) {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 400; trial++) {
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(5);
            int m = 1 + random.nextInt(12);
            int n = 1 + random.nextInt(12);
            int k = 1 + random.nextInt(12);
            var a = matrix(m, k, random);
            var b = matrix(k, n, random);
            var stepped = new SteppedArray(rows, columns);

            assertThat(stepped.multiply(a, b, dataflow)).isDeepEqualTo(product(a, b));
            var machine = Machines.array(rows, columns, dataflow, Machines.AMPLE);
            var layer = Machines.product(m, n, k);
            assertThat(Mapping.of(machine, layer).cycles())
                    .as("%d x %d array, m %d n %d k %d", rows, columns, m, n, k)
                    .isEqualTo(stepped.cycles);
            assertThat(layer.macs()).isEqualTo(stepped.macs);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void everyLayerCountsItsOwnWorkAndKeepsTheArrayNoBusierThanItCanBe(Dataflow dataflow) {
        var random = new SplittableRandom(2);
        for (int trial = 0; trial < 2000; trial++) {
            double macsPerCycle = new double[] {1, 0.5, 1.0 / 3, 0.25, 4}[random.nextInt(5)];
            var layer =
                    Machines.layer(
                            1 + random.nextInt(300),
                            1 + random.nextInt(300),
                            1 + random.nextInt(300),
                            1 + random.nextInt(4),
                            1 + random.nextInt(16),
                            macsPerCycle);
            var buffers =
                    new Buffers(
                            1 + random.nextInt(100_000),
                            1 + random.nextInt(100_000),
                            1 + random.nextInt(100_000));
            var machine =
                    Machines.array(
                            1 + random.nextInt(64), 1 + random.nextInt(64), dataflow, buffers);
            var estimate = simulator.estimate(machine, layer);

            var activity = estimate.activity();
            assertThat(activity.macs()).isEqualTo(layer.macs());
            assertThat(activity.elementUses() * macsPerCycle)
                    .isCloseTo(layer.macs(), within(Math.max(1, macsPerCycle)));
            assertThat(activity.requantizations())
                    .isEqualTo((long) layer.m() * layer.n() * layer.groups());
            assertThat(estimate.utilisation()).isBetween(0.0, 1.0);
            assertThat(activity.dramReadBits())
                    .as("everything is read at least once")
                    .isGreaterThanOrEqualTo(
                            layer.weightElements() * layer.weightBits()
                                    + layer.inputElements() * layer.activationBits());
            assertThat(activity.dramWriteBits())
                    .isEqualTo(layer.outputElements() * layer.outputBits());
            assertThat(estimate.kind()).isEqualTo(Kind.MODELLED);
            assertThat(simulator.estimate(machine, layer)).isEqualTo(estimate);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void halfTheSpeedOfAnElementTakesTwiceTheCyclesAndTwiceItsUses(Dataflow dataflow) {
        var machine = Machines.array(8, 8, dataflow, Machines.AMPLE);
        var full = simulator.estimate(machine, Machines.layer(500, 40, 90, 1, 1, 1));
        var half = simulator.estimate(machine, Machines.layer(500, 40, 90, 1, 1, 0.5));

        assertThat(half.cycles()).isEqualTo(2 * full.cycles());
        assertThat(half.activity().elementUses()).isEqualTo(2 * full.activity().elementUses());
        assertThat(half.activity().macs()).isEqualTo(full.activity().macs());
        assertThat(half.utilisation()).isCloseTo(full.utilisation(), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void groupsRunOneAfterAnother(Dataflow dataflow) {
        var machine = Machines.array(8, 8, dataflow, Machines.AMPLE);
        var one = simulator.estimate(machine, Machines.layer(100, 1, 9, 1, 8, 1));
        var depthwise = simulator.estimate(machine, Machines.layer(100, 1, 9, 32, 8, 1));

        assertThat(depthwise.cycles() - depthwise.stalls())
                .isEqualTo(32 * (one.cycles() - one.stalls()));
        assertThat(depthwise.activity().macs()).isEqualTo(32 * one.activity().macs());
    }

    @Test
    void whatFitsItsBufferIsFetchedOnce() {
        // 40 folds; all operands fit
        var activity = estimate(Dataflow.WEIGHT_STATIONARY, Machines.AMPLE).activity();

        assertThat(activity.dramReadBits()).isEqualTo(8L * (64 * 80 + 32 * 80));
        assertThat(activity.dramWriteBits()).isEqualTo(8L * 64 * 32);
    }

    @Test
    void inputsThatDoNotFitComeOnceForEachFoldOfTheColumns() {
        // m 64, n 32, k 80 on 8 x 8: four folds of columns. The inputs are 5120 bytes, and half the
        // buffer serves the array.
        long fits = dramReads(Dataflow.WEIGHT_STATIONARY, new Buffers(1 << 20, 10240, 1 << 20));
        long tooSmall = dramReads(Dataflow.WEIGHT_STATIONARY, new Buffers(1 << 20, 10239, 1 << 20));

        assertThat(fits).isEqualTo(8L * (5120 + 2560));
        assertThat(tooSmall).isEqualTo(8L * (4 * 5120 + 2560));
    }

    @Test
    void weightsThatStreamComeOnceForEachFoldOfTheOtherOperand() {
        var smallWeights = new Buffers(100, 1 << 20, 1 << 20);

        // output stationary: m folds into 8; input stationary: too
        assertThat(dramReads(Dataflow.OUTPUT_STATIONARY, smallWeights))
                .isEqualTo(8L * (5120 + 8 * 2560));
        assertThat(dramReads(Dataflow.INPUT_STATIONARY, smallWeights))
                .isEqualTo(8L * (5120 + 8 * 2560));
        assertThat(dramReads(Dataflow.WEIGHT_STATIONARY, smallWeights))
                .isEqualTo(8L * (5120 + 2560));
    }

    @Test
    void narrowCodesMoveFewerBits() {
        var machine = Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var eight = simulator.estimate(machine, Machines.layer(64, 32, 80, 1, 8, 1)).activity();
        var four = simulator.estimate(machine, Machines.layer(64, 32, 80, 1, 4, 1)).activity();

        assertThat(2 * four.dramReadBits()).isEqualTo(eight.dramReadBits());
        assertThat(2 * four.weightReads()).isEqualTo(eight.weightReads());
        assertThat(2 * four.activationReads()).isEqualTo(eight.activationReads());
    }

    @Test
    void partialSumsPassTheOutputBufferAtTheWidthOfTheAccumulator() {
        // k 80 on 8 rows: ten folds, so nine times out and back at 32 bits, once out at 8
        var sums = estimate(Dataflow.WEIGHT_STATIONARY, Machines.AMPLE).activity();
        var none = estimate(Dataflow.OUTPUT_STATIONARY, Machines.AMPLE).activity();

        assertThat(sums.outputWrites()).isEqualTo(64 * 32 * (2 * 9) + 64 * 32 / 4);
        assertThat(none.outputWrites()).isEqualTo(64 * 32 / 4);
    }

    @Test
    void aStreamIsCutWhenItsPartialSumsDoNotFit() {
        var layer = Machines.product(64, 32, 80);
        // a step of 8 columns leaves 8 x 32 bits, so that half of 1024 bytes holds 16 of 64 steps
        var buffers = new Buffers(1 << 20, 1 << 20, 1024);
        var cut = Mapping.of(Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, buffers), layer);
        var whole =
                Mapping.of(Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE), layer);

        assertThat(whole.passes()).isEqualTo(1);
        assertThat(cut.passes()).isEqualTo(4);
        assertThat(cut.cycles() - whole.cycles()).isEqualTo(40 * 3 * (2 * 8 + 8 - 2));
    }

    @Test
    void stallsAreTheTransfersThatComputingDoesNotHide() {
        // one byte a cycle: 65536 inputs and weights, 65536 outputs
        var machine = Machines.array(256, 256, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var estimate = simulator.estimate(machine, Machines.product(256, 256, 1));

        assertThat(estimate.cycles()).isEqualTo(256 + 256 + 256 * 256);
        assertThat(estimate.cycles() - estimate.stalls()).isEqualTo(2 * 256 + 256 + 256 - 2);
    }

    @Test
    void aLayerBeyondCountingIsRefusedWithItsName() {
        int huge = Integer.MAX_VALUE;
        assertThatThrownBy(() -> Machines.product(huge, huge, huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer layer has more than 10000000000000");
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void theLargestLayerOnTheSmallestArrayIsStillCounted(Dataflow dataflow) {
        var tiny = new Buffers(1, 1, 1);
        var layer = new Workload("fc", 21_544, 21_544, 21_544, 1, 16, 16, 16, 1, 1, 1.0 / 9);
        for (int size : new int[] {1, 1024}) {
            var estimate = simulator.estimate(Machines.array(size, size, dataflow, tiny), layer);
            assertThat(estimate.cycles()).isGreaterThan(layer.macs() / size / size);
            assertThat(estimate.activity().weightReads()).isPositive();
            assertThat(estimate.activity().outputWrites()).isPositive();
        }
    }

    @Test
    void itBidsForEveryArray() {
        for (var dataflow : Dataflow.SYSTOLIC) {
            assertThat(simulator.bid(Machines.array(1, 1024, dataflow, Machines.AMPLE)))
                    .isInstanceOf(Fidelity.Supported.class);
        }
    }

    @Test
    void itsSettingsAreDocumented() {
        assertThat(simulator.parameters().documentation()).isNotBlank();
        assertThat(simulator.parameters().defaults()).isNotNull();
    }

    private Estimate estimate(Dataflow dataflow, Buffers buffers) {
        return simulator.estimate(
                Machines.array(8, 8, dataflow, buffers), Machines.product(64, 32, 80));
    }

    private long dramReads(Dataflow dataflow, Buffers buffers) {
        return estimate(dataflow, buffers).activity().dramReadBits();
    }

    private static long[][] matrix(int rows, int columns, SplittableRandom random) {
        var matrix = new long[rows][columns];
        for (var row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextInt(-9, 10);
            }
        }
        return matrix;
    }

    private static long[][] product(long[][] a, long[][] b) {
        var result = new long[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }
}
