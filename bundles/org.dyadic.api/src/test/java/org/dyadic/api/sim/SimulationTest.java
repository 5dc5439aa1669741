package org.dyadic.api.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dyadic.api.hardware.Kind;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Activity ACTIVITY = new Activity(6, 5, 4, 3, 2, 1, 0);

    @Test
    void aWorkloadCountsItsProductsAndWeights() {
        var layer = new Workload("conv", 64, 16, 27, 2, 4, 8, 8, 1000, 2048, 1);
        assertThat(layer.macs()).isEqualTo(64 * 16 * 27 * 2);
        assertThat(layer.weightElements()).isEqualTo(16 * 27 * 2);
    }

    @Test
    void aWorkloadIsCountedInLongs() {
        var layer = workload(100_000, 10_000, 10_000, 1, 8, 1);
        assertThat(layer.macs()).isEqualTo(10_000_000_000_000L);
        refused(
                () -> workload(100_001, 10_000, 10_000, 1, 8, 1),
                "layer fc has more than 10000000000000 multiply-accumulates");
        refused(
                () ->
                        workload(
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE,
                                8,
                                1),
                "layer fc has more than");
    }

    @Test
    void aWorkloadIsNotEmpty() {
        refused(() -> workload(0, 1, 2, 3, 8, 1), "positive extents, was 0, 1, 2, 3");
        refused(() -> workload(4, 1, 2, -3, 8, 1), "positive extents, was 4, 1, 2, -3");
        refused(() -> widths(0, 4, 8), "was [0, 4, 8] bits");
        refused(() -> widths(4, 0, 8), "was [4, 0, 8] bits");
        refused(() -> widths(4, 8, 0), "was [4, 8, 0] bits");
        refused(() -> workload(1, 1, 1, 1, 8, 0), "0.0 multiply-accumulates a cycle");
        refused(() -> workload(1, 1, 1, 1, 8, Double.NaN), "NaN multiply-accumulates a cycle");
        refused(
                () -> new Workload("fc", 1, 1, 1, 1, 8, 8, 8, 0, 1, 1),
                "a layer has input and output, was 0 and 1 elements");
    }

    @Test
    void anElementWorksOnceForEachProductUnlessSaidOtherwise() {
        assertThat(ACTIVITY).isEqualTo(new Activity(6, 6, 5, 4, 3, 2, 1, 0));
    }

    @Test
    void nothingIsCountedBelowZero() {
        refused(
                () -> new Activity(6, 5, 4, 3, 2, 1, -1),
                "a count is not negative, was [6, 6, 5, 4, 3, 2, 1, -1]");
    }

    @Test
    void anEstimateIsPossible() {
        new Estimate(10, 10, 1 + 1e-10, ACTIVITY, Kind.MODELLED);
        refused(() -> estimate(0, 0, 0.5), "impossible cycles 0 with stalls 0");
        refused(() -> estimate(10, 11, 0.5), "impossible cycles 10 with stalls 11");
        refused(() -> estimate(10, -1, 0.5), "impossible cycles 10 with stalls -1");
        refused(() -> estimate(10, 0, 1.1), "utilisation lies between 0 and 1, was 1.1");
        refused(() -> estimate(10, 0, -0.1), "was -0.1");
        refused(() -> estimate(10, 0, Double.NaN), "was NaN");
        assertThatThrownBy(() -> new Estimate(1, 0, 1, null, Kind.MODELLED))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void aBidIsAnErrorOrAReason() {
        assertThat(new Fidelity.Supported(0).expectedError()).isZero();
        refused(() -> new Fidelity.Supported(-0.1), "an error is not negative, was -0.1");
        refused(() -> new Fidelity.Supported(Double.NaN), "was NaN");
        assertThat(new Fidelity.Unsupported("no DRAM").reason()).isEqualTo("no DRAM");
        refused(() -> new Fidelity.Unsupported(" "), "says why");
    }

    private static Workload widths(int weights, int activations, int outputs) {
        return new Workload("fc", 1, 1, 1, 1, weights, activations, outputs, 1, 1, 1);
    }

    private static Workload workload(int m, int n, int k, int groups, int bits, double macs) {
        return new Workload("fc", m, n, k, groups, bits, bits, bits, 1, 1, macs);
    }

    private static Estimate estimate(long cycles, long stalls, double utilisation) {
        return new Estimate(cycles, stalls, utilisation, ACTIVITY, Kind.MODELLED);
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
