package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.dyadic.api.hardware.Requantizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPointTest {

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void productsRoundHalfUp() {
        var half = FixedPoint.of(0.5, new Requantizer.Multiplier(8), 1000);
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
                var number = FixedPoint.of(factor, new Requantizer.Multiplier(32), bound);
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
        var huge = FixedPoint.of(1e20, new Requantizer.Multiplier(32), 1L << 40);
        assertThat(huge.apply(0)).isZero();
        assertThat(huge.apply(1)).isGreaterThan(Wide.MAX);
        assertThat(huge.apply(1L << 40)).isGreaterThan(Wide.MAX);
        assertThat(huge.apply(-(1L << 40))).isLessThan(Wide.MIN);
    }
}
