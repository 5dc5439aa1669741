package org.dyadic.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
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
        for (int trial = 0; trial < 200; trial++) {
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
                            4 + random.nextInt(100_000),
                            4 + random.nextInt(100_000),
                            8 + random.nextInt(100_000));
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
                    .isGreaterThanOrEqualTo(layer.outputElements() * layer.outputBits());
            assertThat(estimate.kind()).isEqualTo(Kind.MODELLED);
            assertThat(simulator.estimate(machine, layer)).isEqualTo(estimate);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void halfTheSpeedOfAnElementComputesTwiceAsLong(Dataflow dataflow) {
        var machine = swift(Machines.array(8, 8, dataflow, Machines.AMPLE));
        var full = simulator.estimate(machine, Machines.layer(500, 40, 90, 1, 1, 1));
        var half = simulator.estimate(machine, Machines.layer(500, 40, 90, 1, 1, 0.5));

        assertThat(half.cycles() - half.stalls()).isEqualTo(2 * (full.cycles() - full.stalls()));
        assertThat(half.activity().elementUses()).isEqualTo(2 * full.activity().elementUses());
        assertThat(half.activity().macs()).isEqualTo(full.activity().macs());
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void groupsRunOneAfterAnother(Dataflow dataflow) {
        var machine = swift(Machines.array(8, 8, dataflow, Machines.AMPLE));
        var one = simulator.estimate(machine, Machines.layer(100, 1, 9, 1, 8, 1));
        var depthwise = simulator.estimate(machine, Machines.layer(100, 1, 9, 32, 8, 1));

        assertThat(depthwise.cycles() - depthwise.stalls())
                .isEqualTo(32 * (one.cycles() - one.stalls()));
        assertThat(depthwise.activity().macs()).isEqualTo(32 * one.activity().macs());
    }

    @Test
    void whatFitsItsBufferIsFetchedOnce() {
        var activity = estimate(Dataflow.WEIGHT_STATIONARY, Machines.AMPLE).activity();

        assertThat(activity.dramReadBits()).isEqualTo(8L * (64 * 80 + 32 * 80));
        assertThat(activity.dramWriteBits()).isEqualTo(8L * 64 * 32);
    }

    @Test
    void smallerBuffersMoveMoreAndLeastEnergyMovesLeast() {
        var thrifty = with("energy", 1);
        long before = 0;
        for (int bytes : new int[] {1 << 16, 1 << 12, 1 << 10, 1 << 8, 1 << 6}) {
            var buffers = new Buffers(bytes, bytes, bytes);
            var machine = Machines.array(8, 8, Dataflow.WEIGHT_STATIONARY, buffers);
            var layer = Machines.product(64, 32, 80);
            long least = moved(thrifty.estimate(machine, layer));
            assertThat(least).isGreaterThanOrEqualTo(before);
            assertThat(least).isLessThanOrEqualTo(moved(simulator.estimate(machine, layer)));
            before = least;
        }
        assertThat(before).isGreaterThan(2 * 8L * (64 * 80 + 32 * 80 + 64 * 32));
    }

    @Test
    void imagesOfABatchShareTheWeights() {
        // a dense layer of one image is all weights
        var machine =
                Machines.array(
                        16, 16, Dataflow.WEIGHT_STATIONARY, new Buffers(4096, 1 << 16, 1 << 16));
        var layer = Machines.product(1, 256, 256);
        var one = simulator.estimate(machine, layer);
        var ofEight = with("latency", 8).estimate(machine, layer);

        assertThat(one.activity().dramReadBits()).isEqualTo(8L * (256 * 256 + 256));
        assertThat(ofEight.activity().dramReadBits()).isEqualTo(8L * (256 * 256 / 8 + 256));
        assertThat(ofEight.activity().macs()).isEqualTo(layer.macs());
        assertThat(ofEight.cycles()).isLessThan(one.cycles() / 4);
    }

    @Test
    void narrowCodesMoveFewerBits() {
        var machine = swift(Machines.array(8, 8, Dataflow.OUTPUT_STATIONARY, Machines.AMPLE));
        var eight = simulator.estimate(machine, Machines.layer(64, 32, 80, 1, 8, 1)).activity();
        var four = simulator.estimate(machine, Machines.layer(64, 32, 80, 1, 4, 1)).activity();

        assertThat(2 * four.dramReadBits()).isEqualTo(eight.dramReadBits());
        assertThat(2 * four.weightReads()).isEqualTo(eight.weightReads());
        assertThat(2 * four.activationReads()).isEqualTo(eight.activationReads());
    }

    @Test
    void partialSumsPassTheOutputBufferAtTheirOwnWidth() {
        // k 80 on 8 rows: ten folds, so nine times out and back at 32 bits, once out at 8
        var sums = estimate(Dataflow.WEIGHT_STATIONARY, Machines.AMPLE).activity();

        assertThat(sums.outputWrites()).isEqualTo(64 * 32 * (2 * 9) + 64 * 32 / 4);
    }

    @Test
    void stallsAreWhatTransfersTakeBeyondComputing() {
        // one byte a cycle: 256 inputs and weights, and 65536 outputs that hardly anything hides
        var machine = Machines.array(256, 256, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var estimate = simulator.estimate(machine, Machines.product(256, 256, 1));

        long moving = 256 + 256 + 256 * 256;
        assertThat(estimate.cycles()).isBetween(moving, moving + 5 * 256);
        assertThat(estimate.stalls()).isBetween(moving - 20 * 256, moving);
    }

    @Test
    void aBackendsOwnTimingTakesThePlaceOfTheMapping() {
        var machine = swift(Machines.array(8, 8, Dataflow.ROW_STATIONARY, Machines.AMPLE));
        var layer = Machines.layer(64, 32, 80, 3, 8, 1);
        assertThat(simulator.refusal(machine, layer).orElseThrow()).contains("row-stationary");

        var timed = layer.timed(new Timing(123_456, 77, 88, 99));
        assertThat(simulator.refusal(machine, timed)).isEmpty();
        var estimate = simulator.estimate(machine, timed);
        assertThat(estimate.cycles() - estimate.stalls()).isEqualTo(123_456);
        assertThat(estimate.activity().weightReads()).isEqualTo(77);
        assertThat(estimate.activity().activationReads()).isEqualTo(88);
        assertThat(estimate.activity().outputWrites()).isEqualTo(99);
        assertThat(estimate.activity().dramReadBits())
                .as("off-chip traffic stays a matter of the buffers")
                .isEqualTo(3 * 8L * (64 * 80 + 32 * 80));
    }

    @Test
    void aBufferTooSmallForAnyTileIsToldWithTheBytesThatAreMissing() {
        var window = new Window(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
        var layer =
                new Workload("conv", 64, 8, 72, 1, 8, 4, 8, 512, 512, 1)
                        .sliding(new Sliding(8, 8, 8, window));

        // 9 bytes of weights, 9 half bytes of inputs, 4 bytes of sum, each twice
        assertThat(refusal(new Buffers(18, 9, 8), layer)).isEmpty();
        assertThat(refusal(new Buffers(17, 9, 8), layer).orElseThrow())
                .contains("weight buffer of 17 B is 1 B too small");
        assertThat(refusal(new Buffers(18, 2, 8), layer).orElseThrow())
                .contains("activation buffer of 2 B is 7 B too small");
        assertThat(refusal(new Buffers(18, 9, 1), layer).orElseThrow())
                .contains("output buffer of 1 B is 7 B too small");
    }

    private Optional<String> refusal(Buffers buffers, Workload layer) {
        var machine = Machines.array(4, 4, Dataflow.WEIGHT_STATIONARY, buffers);
        var refusal = simulator.refusal(machine, layer);
        if (refusal.isEmpty()) {
            assertThat(simulator.estimate(machine, layer).cycles()).isPositive();
        }
        return refusal;
    }

    @Test
    void betweenLayersALaneAColumnWorksAndMemoryIsWaitedFor() {
        var machine = Machines.array(8, 16, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);
        var add = new Elementwise("add", "add", 1600, 1600, 16 * 1600, 0);

        var slow = simulator.estimate(machine, add).orElseThrow();
        assertThat(slow.cycles()).as("one byte a cycle").isEqualTo(3200);
        assertThat(slow.stalls()).isEqualTo(3200 - 1600 / 16);
        assertThat(slow.activity().dramReadBits()).isEqualTo(16 * 1600);
        assertThat(slow.activity().requantizations()).isEqualTo(1600);

        var fast = simulator.estimate(swift(machine), add).orElseThrow();
        assertThat(fast.cycles()).isEqualTo(100);
        assertThat(fast.stalls()).isZero();
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
        var tiny = new Buffers(4096, 4096, 4096);
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

    /** The same with off-chip memory that nothing waits for. */
    private static Machine swift(Machine machine) {
        return Machines.withBandwidth(machine, 1 << 30);
    }

    private static long moved(Estimate estimate) {
        return estimate.activity().dramReadBits() + estimate.activity().dramWriteBits();
    }

    private Simulator with(String least, int batch) {
        return simulator.with(
                simulator
                        .parameters()
                        .with(
                                Setting.of("least", new Value.Word(least)),
                                Setting.of(
                                        "batch", new Value.Number(Quantity.of(batch, Unit.ONE)))));
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
