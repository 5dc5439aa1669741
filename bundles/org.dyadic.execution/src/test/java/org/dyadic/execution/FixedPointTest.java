package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.hardware.Padding;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FixedPointTest {

    private final SplittableRandom random = new SplittableRandom(7);

    private static FixedPoint of(double factor, Requantizer by, long bound) {
        return FixedPoint.of(factor, datapath(by, Rounding.HALF_UP), bound);
    }

    private static Datapath datapath(Requantizer by, Rounding rounding) {
        return new Datapath(32, Overflow.WRAP, by, rounding, Padding.ZERO);
    }

    @Test
    void productsRoundHalfUp() {
        var half = of(0.5, new Requantizer.Multiplier(8), 1000);
        assertThat(half.apply(1)).isEqualTo(1);
        assertThat(half.apply(3)).isEqualTo(2);
        assertThat(half.apply(-1)).isEqualTo(0);
        assertThat(half.apply(-3)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"4", "8", "16", "32"})
    void aMultiplierHoldsItsBits(int bits) {
        for (int i = 0; i < 1000; i++) {
            double factor = Math.exp(random.nextDouble(-15, 5));
            double held = FixedPoint.held(factor, new Requantizer.Multiplier(bits));
            assertThat(Math.abs(held / factor - 1)).isLessThanOrEqualTo(Math.scalb(1.0, 1 - bits));
            double mantissa = held / Math.scalb(1.0, Math.getExponent(held) - (bits - 2));
            assertThat(mantissa)
                    .as("an integer of %d bits with sign", bits)
                    .isEqualTo(Math.rint(mantissa));
        }
    }

    /**
     * The worst factors lie half way between neighbours: 1 of 3, 11, 43, 171 away for 1, 2, 3, 4
     * terms.
     */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4"})
    void shiftsComeCloserWithEveryTerm(int terms) {
        double bound = 3 / (8 * Math.pow(4, terms - 1) + 1) + 1e-12;
        for (int i = 0; i < 10_000; i++) {
            double factor = Math.exp(random.nextDouble(-15, 5));
            double held = FixedPoint.sumOfPowers(factor, terms);
            assertThat(Math.abs(held / factor - 1)).isLessThanOrEqualTo(bound);
            assertThat(signedPowers(held)).isLessThanOrEqualTo(terms);
        }
    }

    /** The fewest signed powers of two that sum to a number: its non-adjacent form. */
    private static int signedPowers(double number) {
        long integer = (long) Math.scalb(number, 52 - Math.getExponent(number));
        int count = 0;
        while (integer != 0) {
            if ((integer & 1) != 0) {
                integer -= 2 - (integer & 3);
                count++;
            }
            integer >>= 1;
        }
        return count;
    }

    @Test
    void theWorstSumAndBiasStayWithin64Bits() {
        for (double factor : new double[] {1e-12, 1e-6, 0.001, 0.7, 1, 1000}) {
            for (long bound : new long[] {1, 1000, Integer.MAX_VALUE, 1L << 40}) {
                var number = of(factor, new Requantizer.Multiplier(32), bound);
                long addend = number.addend(1e30);
                assertThat(
                                Math.addExact(
                                        Math.addExact(
                                                Math.multiplyExact(bound, number.multiplier()),
                                                addend),
                                        number.half()))
                        .isPositive();
            }
        }
    }

    @Test
    void aFactorBeyondAllRoomSaturatesWithoutOverflow() {
        var huge = of(1e20, new Requantizer.Multiplier(32), 1L << 40);
        assertThat(huge.apply(0)).isZero();
        assertThat(huge.apply(1)).isGreaterThan(Wide.MAX);
        assertThat(huge.apply(1L << 40)).isGreaterThan(Wide.MAX);
        assertThat(huge.apply(-(1L << 40))).isLessThan(Wide.MIN);
    }

    /** A product and an addend, rounded once, in numbers that cannot overflow. */
    static BigInteger definition(FixedPoint number, long x, long addend) {
        var exact =
                new BigDecimal(
                                BigInteger.valueOf(x)
                                        .multiply(BigInteger.valueOf(number.multiplier()))
                                        .add(BigInteger.valueOf(addend)))
                        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(number.shift())));
        var rounded =
                switch (number.rounding()) {
                    case HALF_UP ->
                            exact.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR);
                    case HALF_EVEN -> exact.setScale(0, RoundingMode.HALF_EVEN);
                    case HALF_AWAY -> exact.setScale(0, RoundingMode.HALF_UP); // Java's name for it
                    case FLOOR -> exact.setScale(0, RoundingMode.FLOOR);
                };
        return rounded.toBigIntegerExact();
    }

    @ParameterizedTest
    @EnumSource
    void everyProductIsRoundedAsItsModeSays(Rounding rounding) {
        for (int i = 0; i < 20_000; i++) {
            long bound = 1L << random.nextInt(1, 41);
            double factor = Math.exp(random.nextDouble(-20, 8));
            var by =
                    switch (i % 3) {
                        case 0 -> new Requantizer.Multiplier(random.nextInt(2, 33));
                        case 1 -> new Requantizer.Shifts(random.nextInt(1, 5));
                        default -> new Requantizer.Thresholds();
                    };
            var number = FixedPoint.of(factor, datapath(by, rounding), bound);
            for (long x :
                    new long[] {random.nextLong(-bound, bound + 1), bound, -bound, 0, 1, -1}) {
                for (double bias : new double[] {0, random.nextDouble(-1e5, 1e5), 1e30, -1e30}) {
                    long addend = number.addend(bias);
                    assertThat(number.apply(x, addend))
                            .as("%s of %s x %d + %d", rounding, number, x, addend)
                            .isEqualTo(definition(number, x, addend).longValueExact());
                }
            }
        }
    }

    /** A power of two as factor meets a tie at every odd multiple of half. */
    @ParameterizedTest
    @EnumSource
    void tiesGoWhereTheModeSendsThem(Rounding rounding) {
        for (int places = 1; places <= 12; places++) {
            var number = new FixedPoint(1, places, rounding);
            for (long x = -(1L << 13); x <= 1L << 13; x++) {
                assertThat(number.apply(x)).isEqualTo(definition(number, x, 0).longValueExact());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HALF_UP, 2, 3, -1, -2",
        "HALF_EVEN, 2, 2, -2, -2",
        "HALF_AWAY, 2, 3, -2, -3",
        "FLOOR, 1, 2, -2, -3"
    })
    void theModesAreWhatTheyAreCalled(
            Rounding rounding, long plus15, long plus25, long minus15, long minus25) {
        var half = new FixedPoint(1, 1, rounding);
        assertThat(half.apply(3)).isEqualTo(plus15);
        assertThat(half.apply(5)).isEqualTo(plus25);
        assertThat(half.apply(-3)).isEqualTo(minus15);
        assertThat(half.apply(-5)).isEqualTo(minus25);
    }

    /** What a fast engine may rely on: these two modes are a constant and a plain shift. */
    @Test
    void twoModesAddAConstantAndTheOthersRefuseToNameOne() {
        for (var rounding : Rounding.values()) {
            var number = new FixedPoint(3, 4, rounding);
            if (number.roundsByAdding()) {
                for (long x = -50; x <= 50; x++) {
                    assertThat(number.apply(x)).isEqualTo((3 * x + number.half()) >> 4);
                }
            } else {
                assertThatThrownBy(number::half).hasMessageContaining(rounding.id());
            }
        }
    }

    @Test
    void thresholdsHoldAFactorAsFarAs64BitsGo() {
        for (int i = 0; i < 10_000; i++) {
            int bits = random.nextInt(1, 25);
            double factor = Math.exp(random.nextDouble(-15, 5));
            var number = of(factor, new Requantizer.Thresholds(), 1L << bits);
            int places = Math.min(44, 61 - bits - 1 - Math.getExponent(factor) - 1);
            assertThat(number.shift()).isEqualTo(Math.min(places, 62));
            assertThat(new BigDecimal(number.multiplier()))
                    .isEqualByComparingTo(
                            new BigDecimal(factor)
                                    .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(places)))
                                    .setScale(0, RoundingMode.HALF_UP));
        }
    }

    /**
     * What makes a machine without multiplier exact: the sums themselves compared with one
     * threshold for each level give the level that scaling, rounding and encoding would.
     */
    @ParameterizedTest
    @EnumSource
    void comparingSumsWithThresholdsIsScalingRoundingAndEncoding(Rounding rounding) {
        for (int trial = 0; trial < 20; trial++) {
            var number =
                    FixedPoint.of(
                            Math.exp(random.nextDouble(-3, 2)),
                            datapath(new Requantizer.Thresholds(), rounding),
                            1 << 13);
            long addend = number.addend(random.nextDouble(-1000, 1000));
            int[] encoder = Multiplication.encoder(Examples.withoutZero(300), 1);
            LongUnaryOperator level =
                    sum -> encoder[Wide.saturate(number.apply(sum, addend)) - Wide.MIN];
            int[] levels = Arrays.stream(encoder).distinct().toArray();
            // the thresholds, as a compiler for such a machine would find them
            long[] thresholds =
                    Arrays.stream(levels, 1, levels.length)
                            .mapToLong(to -> least(sum -> level.applyAsLong(sum) >= to))
                            .toArray();
            for (long sum = -(1 << 13); sum <= 1 << 13; sum++) {
                int reached = 0;
                for (long threshold : thresholds) {
                    reached += sum >= threshold ? 1 : 0;
                }
                assertThat((long) levels[reached]).isEqualTo(level.applyAsLong(sum));
            }
        }
    }

    /** The least sum that has a property which all above it have, by bisection. */
    private static long least(LongPredicate property) {
        long without = -(1 << 13) - 1;
        long with = (1 << 13) + 1;
        while (with - without > 1) {
            long middle = (with + without) >> 1;
            if (property.test(middle)) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return with;
    }
}
