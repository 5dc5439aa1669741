package org.dyadic.api.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @EnumSource
    void convertsToEveryUnitOfItsDimensionAndBack(Unit unit) {
        var quantity = Quantity.of(123.456, unit);
        for (var other : Unit.values()) {
            if (other.dimension() == unit.dimension()) {
                double there = quantity.in(other);
                assertThat(Quantity.of(there, other).in(unit))
                        .as(other.name())
                        .isCloseTo(123.456, Percentage.withPercentage(1e-12));
                assertThat(there * other.factor())
                        .isCloseTo(123.456 * unit.factor(), Percentage.withPercentage(1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryUnitOfAnotherDimension(Unit unit) {
        var quantity = Quantity.of(2, unit);
        for (var other : Unit.values()) {
            if (other.dimension() != unit.dimension()) {
                assertThatThrownBy(() -> quantity.in(other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                quantity
                                        + " is "
                                        + unit.dimension().phrase()
                                        + ", not "
                                        + other.dimension().phrase());
                assertThatThrownBy(() -> quantity.compareTo(Quantity.of(2, other)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "57, PERCENT, ONE, 0.57",
        "0.57, ONE, PERCENT, 57",
        "0.29, ONE, PERCENT, 29",
        "1.1, VOLT, MILLIVOLT, 1100",
        "64, KIBIBYTE, BYTE, 65536",
        "3, BIT, BYTE, 0.375",
        "1, BYTE, BIT, 8",
        "0.3, MICROSECOND, NANOSECOND, 300",
        "45, NANOMETRE, METRE, 45e-9",
        "1, SQUARE_MILLIMETRE, SQUARE_MICROMETRE, 1e6"
    })
    void convertsToTheLastDigit(double value, Unit from, Unit to, double expected) {
        assertThat(Quantity.of(value, from).in(to)).isEqualTo(expected);
    }

    @Test
    void everyPercentageComparesAsItsDecimalFraction() {
        for (int i = 0; i <= 10_000; i++) {
            var share = Quantity.of(i / 10_000.0, Unit.ONE);
            var percent = Quantity.of(i / 100.0, Unit.PERCENT);
            assertThat(share.compareTo(percent)).as("%s and %s", share, percent).isZero();
            assertThat(percent.compareTo(share)).isZero();
        }
    }

    @Test
    void ordersByAmountAcrossUnits() {
        assertThat(Quantity.of(1, Unit.KIBIBYTE)).isGreaterThan(Quantity.of(1, Unit.KILOBYTE));
        assertThat(Quantity.of(999, Unit.MEGAHERTZ)).isLessThan(Quantity.of(1, Unit.GIGAHERTZ));
        assertThat(Quantity.of(-1, Unit.GIGAHERTZ)).isLessThan(Quantity.of(0, Unit.HERTZ));
    }

    @Test
    void isEqualOnlyWhenNumberAndUnitAre() {
        assertThat(Quantity.of(1, Unit.KILOBYTE))
                .isEqualTo(new Quantity(1, Unit.KILOBYTE))
                .isNotEqualTo(Quantity.of(1000, Unit.BYTE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFiniteAndNamesIt(double value) {
        assertThatThrownBy(() -> Quantity.of(value, Unit.ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a quantity must be finite, was " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "1.0, 1",
        "1.50, 1.5",
        "100, 100",
        "-2.5, -2.5",
        "0.1, 0.1",
        "1234567, 1234570",
        "123456.7, 123457",
        "0.12345678, 0.123457",
        "0.3333333333, 0.333333",
        "9999999, 1E+7",
        "10000000, 1E+7",
        "123456789, 1.23457E+8",
        "0.000001, 0.000001",
        "1e-9, 1E-9",
        "1.7976931348623157E308, 1.79769E+308"
    })
    void printsAtMostSixDigitsAndNoTrailingZeros(double value, String printed) {
        assertThat(Quantity.of(value, Unit.ONE)).hasToString(printed);
        assertThat(Quantity.of(value, Unit.KIBIBYTE)).hasToString(printed + " KiB");
    }

    @ParameterizedTest
    @CsvSource({
        "1234567, 1234567",
        "2147483647, 2147483647",
        "8.0000001, 8.0000001",
        "0.1, 0.1",
        "64, 64",
        "1e300, 1E+300"
    })
    void theExactFormKeepsEveryDigit(double value, String printed) {
        assertThat(Quantity.of(value, Unit.BYTE).exact()).isEqualTo(printed + " B");
    }

    @Test
    void theExactFormReadsBackAsTheSameNumber() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Quantity.of(value, Unit.ONE).exact()))
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void thePrintedFormIsWithinHalfASixthDigit() {
        var random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            assertThat(Double.parseDouble(Quantity.of(value, Unit.ONE).toString()))
                    .isCloseTo(value, Percentage.withPercentage(0.5e-3));
        }
    }
}
