package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.quantizers.Levels.set;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.spec.Setting;
import org.dyadic.testkit.QuantizerContract;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniformQuantizerTest implements QuantizerContract {

    private static final Setting PER_TENSOR = set("scale", "per-tensor");
    private static final Setting ASYMMETRIC = set("symmetric", "no");
    private static final Setting MIN_MAX = set("range", "min-max");

    /** A bell that is not centred, as what leaves a swish is not. */
    private static final float[] SHIFTED = Samples.map(Samples.gauss(600, 4), x -> x + 1.1);

    @Override
    public Quantizer quantizer() {
        return new UniformQuantizer();
    }

    @ParameterizedTest
    @CsvSource({"2, -1..1, 0..3", "4, -7..7, 0..15", "8, -127..127, 0..255"})
    void byDefaultLevelsAreSymmetricAtTheScaleOfLeastError(
            int bits, String signed, String unsigned) {
        for (var observed : Samples.nasty()) {
            int[] levels = Levels.parse(observed.signed() ? signed : unsigned);
            assertThat(fit(observed, set("bits", bits)))
                    .isEqualTo(
                            observed.fit(
                                    new Encoding.Uniform(bits, observed.signed(), 0),
                                    levels,
                                    Scaling.PER_CHANNEL));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void theZeroPointIsTheBestOfAll(int bits) {
        for (var observed : tensors()) {
            double least = Double.POSITIVE_INFINITY;
            for (int low = 1 - (1 << bits); low <= 0; low++) {
                int[] levels = IntStream.range(low, low + (1 << bits)).toArray();
                least = Math.min(least, observed.all().bestScale(levels).squaredError());
            }
            assertThat(fit(observed, set("bits", bits), ASYMMETRIC, PER_TENSOR).squaredError())
                    .isEqualTo(least);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 511, 511", "12, 4095, 4095", "16, 65535, 65535"})
    void wideCodesHaveEveryLevelToo(int bits, int signed, int unsigned) {
        for (var observed : Samples.nasty()) {
            var grid = fit(observed, set("bits", bits)).chosen();
            int top = observed.signed() ? (signed - 1) / 2 : unsigned;
            assertThat(grid.max()).isEqualTo(top);
            assertThat(grid.min()).isEqualTo(observed.signed() ? -top : 0);
            assertThat(grid.size()).isEqualTo(observed.signed() ? signed : unsigned + 1);
            var shifted = fit(observed, set("bits", bits), ASYMMETRIC).chosen();
            assertThat(shifted.hasZero()).isTrue();
            assertThat(shifted.size()).isEqualTo(1 << bits);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mse", "min-max"})
    void eachBitMoreTakesOffThreeQuartersOfTheError(String range) {
        for (var observed :
                List.of(
                        Samples.activations(Samples.gauss(20_000, 3)),
                        Samples.weights(6, Samples.map(Samples.gauss(20_004, 4), x -> x + 1.1)))) {
            for (var symmetric : List.of("yes", "no")) {
                double wider = Double.NaN;
                for (int bits = 16; bits >= 8; bits--) {
                    double error =
                            fit(
                                            observed,
                                            set("bits", bits),
                                            set("range", range),
                                            set("symmetric", symmetric))
                                    .squaredError();
                    assertThat(bits == 16 || error > 3.3 * wider && error < 4.3 * wider)
                            .as("%s to %s at %d bits, symmetric %s", wider, error, bits, symmetric)
                            .isTrue();
                    wider = error;
                }
            }
        }
    }

    @Test
    void asymmetricLevelsHoldZeroAndAreNeverWorse() {
        for (var observed : Samples.nasty()) {
            var symmetric = fit(observed, set("bits", 4), PER_TENSOR);
            var asymmetric = fit(observed, set("bits", 4), PER_TENSOR, ASYMMETRIC);
            assertThat(asymmetric.chosen().hasZero()).isTrue();
            assertThat(asymmetric.chosen().size()).isEqualTo(16);
            assertThat(asymmetric.squaredError())
                    .isLessThanOrEqualTo(symmetric.squaredError() + 1e-12 * observed.all().power());
        }
        var shifted = Samples.activations(SHIFTED);
        assertThat(fit(shifted, set("bits", 4), ASYMMETRIC).squaredError())
                .isLessThan(0.75 * fit(shifted, set("bits", 4)).squaredError());
    }

    @Test
    void oneZeroPointServesEveryChannel() {
        var observed = Samples.weights(6, SHIFTED);
        var grid = fit(observed, ASYMMETRIC, set("bits", 4)).chosen();
        assertThat(grid.scales()).hasSize(6).doesNotHaveDuplicates();
        int zeroPoint = ((Encoding.Uniform) grid.encoding()).zeroPoint();
        assertThat(zeroPoint).isBetween(1, 7);
        for (int channel = 0; channel < 6; channel++) {
            assertThat(grid.scale(channel))
                    .isEqualTo(observed.channels().get(channel).bestScale(grid.levels()).scale());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void minMaxSpansEverySampleAndNoMore(String symmetric) {
        for (var observed : tensors()) {
            for (var scale : List.of("per-tensor", "per-channel")) {
                var grid =
                        fit(
                                        observed,
                                        set("bits", 3),
                                        MIN_MAX,
                                        set("symmetric", symmetric),
                                        set("scale", scale))
                                .chosen();
                var parts = grid.perChannel() ? observed.channels() : List.of(observed.all());
                for (int i = 0; i < parts.size(); i++) {
                    if (parts.get(i).power() > 0) {
                        assertThat(reach(parts.get(i), grid, i)).isEqualTo(1);
                    }
                }
            }
        }
    }

    @Test
    void asymmetricMinMaxTakesTheZeroPointThatSuitsTheRange() {
        // -1 to 2 in steps of 1, not of 2/3: zero is a level
        var observed = Samples.activations(-1, 0.1f, 0.9f, 2);
        var grid = fit(observed, set("bits", 2), MIN_MAX, ASYMMETRIC).chosen();
        assertThat(grid).isEqualTo(Grid.of(new Encoding.Uniform(2, false, 1), 1));
    }

    @Test
    void aPercentileLeavesTheLargestMagnitudesOut() {
        var samples = new float[1000];
        for (int i = 0; i < 1000; i++) {
            samples[i] = i < 990 ? i : -100 * i;
        }
        for (var symmetric : List.of("yes", "no")) {
            var grid =
                    fit(
                                    Samples.activations(samples),
                                    set("symmetric", symmetric),
                                    set("range", "percentile"),
                                    set("percentile", 99))
                            .chosen();
            assertThat(grid.scale(0) * Math.min(-grid.min(), grid.max())).isEqualTo(989);
            assertThat(grid.absMax()).isLessThanOrEqualTo(128);
        }
    }

    @Test
    void theHundredthPercentileIsAllSamples() {
        for (var observed : Samples.nasty()) {
            assertThat(
                            fit(
                                    observed,
                                    ASYMMETRIC,
                                    set("bits", 3),
                                    set("range", "percentile"),
                                    set("percentile", 100)))
                    .isEqualTo(fit(observed, ASYMMETRIC, set("bits", 3), MIN_MAX));
        }
    }

    @Test
    void whereNearlyAllIsZeroAPercentileSpansWhatIsNot() {
        var sparse = new float[10_000];
        sparse[7] = 3;
        var grid = fit(Samples.activations(sparse), set("range", "percentile")).chosen();
        assertThat(grid.scale(0) * grid.max()).isEqualTo(3);
    }

    /** Those of the nasty tensors for which a range means something, and one that is off centre. */
    private static List<Observation> tensors() {
        var tensors = new ArrayList<>(Samples.nasty());
        tensors.removeIf(observed -> observed.all().power() == 0);
        tensors.add(Samples.weights(6, SHIFTED));
        tensors.add(Samples.activations(SHIFTED));
        return tensors;
    }

    /**
     * How far the samples reach, of what the levels of that sign do; exactly 1 if they just fit.
     */
    private static double reach(Distribution samples, Grid grid, int channel) {
        double above = samples.max() > 0 ? samples.max() / grid.max() : 0;
        double below = samples.min() < 0 ? samples.min() / grid.min() : 0;
        return Math.max(above, below) / grid.scale(channel);
    }

    private Fit.Quantized fit(Observation observed, Setting... settings) {
        return Levels.fit(quantizer(), observed, settings);
    }
}
