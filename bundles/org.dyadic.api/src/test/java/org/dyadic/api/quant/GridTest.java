package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {

    private static final Encoding.Integral FOUR_BITS = new Encoding.Uniform(4, true, 0);

    @Test
    void hasEveryLevelOfItsEncodingOnce() {
        var sum = new Encoding.PowerSum(true, List.of(List.of(0, 1, 2, 4), List.of(0, 2)));
        var grid = Grid.of(sum, 0.5);
        assertThat(grid.levels()).containsExactly(-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6);
        for (int i = 0; i < grid.size(); i++) {
            assertThat(sum.decode(grid.code(i))).isEqualTo(grid.level(i));
        }
    }

    @Test
    void aLevelTakesItsLowestCode() {
        var table = new Encoding.Table(2, List.of(5, 0, 5, 0));
        var grid = Grid.of(table, 1);
        assertThat(grid.levels()).containsExactly(0, 5);
        assertThat(new int[] {grid.code(0), grid.code(1)}).containsExactly(1, 0);
    }

    @Test
    void knowsItsEnds() {
        var grid = new Grid(FOUR_BITS, new int[] {-7, -1, 3}, 1);
        assertThat(grid.min()).isEqualTo(-7);
        assertThat(grid.max()).isEqualTo(3);
        assertThat(grid.absMax()).isEqualTo(7);
        assertThat(grid.size()).isEqualTo(3);
        assertThat(grid.bits()).isEqualTo(4);
        assertThat(grid.hasZero()).isFalse();
        assertThat(Grid.of(FOUR_BITS, 1).hasZero()).isTrue();
        assertThat(new Grid(FOUR_BITS, new int[] {0, 3}, 1).hasZero()).isTrue();
    }

    @Test
    void aScaleIsForTheTensorOrForAChannel() {
        var tensor = Grid.of(FOUR_BITS, 0.5);
        assertThat(tensor.perChannel()).isFalse();
        assertThat(tensor.scale(0)).isEqualTo(tensor.scale(17)).isEqualTo(0.5);
        var channels = tensor.withScales(0.5, 2);
        assertThat(channels.perChannel()).isTrue();
        assertThat(channels.scale(1)).isEqualTo(2);
        assertThat(channels.levels()).isEqualTo(tensor.levels());
        assertThat(channels.nearest(2, 0)).isNotEqualTo(channels.nearest(2, 1));
    }

    @Test
    void refusesWhatCannotBe() {
        refused(() -> new Grid(FOUR_BITS, new int[0], 1), "a grid needs at least one level");
        refused(
                () -> new Grid(new Encoding.Uniform(1, false, 0), new int[] {0, 1, 2}, 1),
                "3 levels do not fit 1 bits");
        refused(
                () -> new Grid(FOUR_BITS, new int[] {0, 2, 1}, 1),
                "levels must ascend, but 1 follows 2");
        refused(
                () -> new Grid(FOUR_BITS, new int[] {3, 3}, 1),
                "levels must ascend, but 3 follows 3");
        refused(
                () -> new Grid(FOUR_BITS, new int[] {0, 8}, 1),
                "no code of a 4-bit signed integer decodes to level 8");
        refused(() -> new Grid(FOUR_BITS, new int[] {0}), "a grid needs at least one scale");
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aScaleIsPositiveAndFinite(double scale) {
        String message = "a scale must be positive and finite, was " + scale;
        refused(() -> Grid.of(FOUR_BITS, scale), message);
        refused(() -> Grid.of(FOUR_BITS, 1, scale, 1), message);
        refused(() -> Grid.of(FOUR_BITS, 1).withScales(scale), message);
    }

    @Test
    void nearestIsTheLeastDistanceAndHalfWayGoesUp() {
        var random = new Random(3);
        int[] levels = {-7, -6, -2, 0, 1, 5};
        var grid = new Grid(FOUR_BITS, levels, 0.25);
        for (int i = 0; i < 100_000; i++) {
            // Quarters of a level, so that half way is often met, exactly.
            double value = (random.nextInt(81) - 40) * 0.0625;
            int best = 0;
            for (int at = 1; at < levels.length; at++) {
                double here = Math.abs(value - 0.25 * levels[at]);
                if (here <= Math.abs(value - 0.25 * levels[best])) {
                    best = at;
                }
            }
            assertThat(grid.nearest(value, 0)).as("%s", value).isEqualTo(best);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-32_768, -32_767, -5, 0, 3})
    void levelsWithoutGapsAreFoundAsOthersAre(int lowest) {
        int[] levels = IntStream.range(lowest, lowest + 65_536).toArray();
        var random = new Random(lowest);
        var awkward =
                DoubleStream.of(0, -0.0, 0.49999999999999994, 1e300, -1e300, Double.MIN_VALUE)
                        .flatMap(x -> DoubleStream.of(x, -x, x + 1, x - 1));
        var halves = random.ints(10_000, -70_000, 70_000).mapToDouble(x -> 0.5 * x);
        DoubleStream.concat(awkward, halves)
                .flatMap(x -> DoubleStream.of(Math.nextDown(x), x, Math.nextUp(x)))
                .forEach(
                        x ->
                                assertThat(levels[Grid.nearest(levels, x)])
                                        .as("%s", x)
                                        .isEqualTo(nearest(x, levels[0], levels[65_535])));
    }

    /** Of the integers of a range; half way between two, the upper. */
    private static int nearest(double x, int lowest, int highest) {
        var half = new BigDecimal(x).add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
        return half.max(BigDecimal.valueOf(lowest)).min(BigDecimal.valueOf(highest)).intValue();
    }

    @ParameterizedTest
    @CsvSource({"1, false, 0", "8, true, 0", "8, false, 200", "16, true, -3", "16, false, 40000"})
    void everyLevelOfAnIntegerHasTheCodeThatDecodesToIt(int bits, boolean signed, int zeroPoint) {
        var encoding = new Encoding.Uniform(bits, signed, zeroPoint);
        var grid = Grid.of(encoding, 1);
        assertThat(grid.size()).isEqualTo(1 << bits);
        assertThat(grid.levels()).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < grid.size(); i++) {
            assertThat(encoding.decode(grid.code(i))).isEqualTo(grid.level(i));
        }
        refused(
                () -> new Grid(encoding, new int[] {grid.max() + 1}, 1),
                "no code of a " + encoding.describe() + " decodes to level " + (grid.max() + 1));
    }

    @Test
    void theTextOfAGridListsFewLevels() {
        assertThat(Grid.of(new Encoding.Uniform(16, true, 0), 0.5))
                .hasToString("16-bit signed integer [-32768, -32767, ..., 32767] x 0.5");
        assertThat(Grid.of(new Encoding.Uniform(2, true, 0), 0.5))
                .hasToString("2-bit signed integer [-2, -1, 0, 1] x 0.5");
    }

    @Test
    void infinityIsBeyondTheLastLevel() {
        var grid = Grid.of(FOUR_BITS, 1e-300);
        assertThat(grid.nearest(Double.POSITIVE_INFINITY, 0)).isEqualTo(15);
        assertThat(grid.nearest(Double.NEGATIVE_INFINITY, 0)).isZero();
        assertThat(grid.nearest(Double.MAX_VALUE, 0)).isEqualTo(15);
        assertThat(grid.nearest(-Double.MAX_VALUE, 0)).isZero();
        assertThat(grid.level(grid.nearest(-0.0, 0))).isZero();
    }

    @Test
    void whatIsNotANumberIsNearToNothing() {
        refused(() -> Grid.of(FOUR_BITS, 1).nearest(Double.NaN, 0), "not a number");
    }

    @Test
    void levelsFarApartHaveAMiddleToo() {
        int far = 1 << 30;
        var grid = Grid.of(new Encoding.Table(1, List.of(-far, far)), 1);
        assertThat(grid.nearest(-1, 0)).isZero();
        assertThat(grid.nearest(0, 0)).isEqualTo(1);
        var ends = Integer.MAX_VALUE;
        var wide = Grid.of(new Encoding.Table(2, List.of(-ends, ends, ends - 1, 0)), 1);
        assertThat(wide.nearest(ends - 0.5, 0)).isEqualTo(3);
        assertThat(wide.nearest(ends - 0.75, 0)).isEqualTo(2);
    }

    @Test
    void keepsItsArraysToItself() {
        int[] levels = {0, 1};
        double[] scales = {1, 2};
        var grid = new Grid(FOUR_BITS, levels, scales);
        levels[0] = -5;
        scales[0] = -5;
        grid.levels()[1] = 9;
        grid.scales()[1] = 9;
        assertThat(grid).isEqualTo(new Grid(FOUR_BITS, new int[] {0, 1}, 1, 2));
    }

    @Test
    void equalsByEncodingLevelsAndScales() {
        var grid = Grid.of(FOUR_BITS, 1);
        assertThat(grid)
                .isEqualTo(Grid.of(new Encoding.Uniform(4, true, 0), 1))
                .hasSameHashCodeAs(Grid.of(new Encoding.Uniform(4, true, 0), 1))
                .isNotEqualTo(Grid.of(FOUR_BITS, 2))
                .isNotEqualTo(Grid.of(FOUR_BITS, 1, 1))
                .isNotEqualTo(new Grid(FOUR_BITS, new int[] {0}, 1))
                .isNotEqualTo(new Grid(new Encoding.Uniform(5, true, 0), grid.levels(), 1));
    }

    @Test
    void describesItself() {
        assertThat(new Grid(FOUR_BITS, new int[] {0, 1}, 0.5))
                .hasToString("4-bit signed integer [0, 1] x 0.5");
        assertThat(new Grid(FOUR_BITS, new int[] {0, 1}, 0.5, 1))
                .hasToString("4-bit signed integer [0, 1] x one scale for each of 2 channels");
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
