package org.dyadic.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntFunction;
import org.assertj.core.data.Percentage;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Dram;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Component.Sram;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTableTest {

    private static final Requantizer MULTIPLIER = new Requantizer.Multiplier(32);
    private static final Requantizer THRESHOLDS = new Requantizer.Thresholds();

    private static final Gates GATES = new Gates(Constants.shipped().page());

    private final GateTable costs = new GateTable();

    // Gate equivalents measured with the same tools on OSU 0.18 um.

    @ParameterizedTest
    @CsvSource({"4, 4, 102", "8, 4, 196", "8, 8, 434", "16, 16, 1792"})
    void multipliersAreAsLargeAsMeasured(int a, int b, double gates) {
        assertThat(GATES.of(new Multiplier(a, b))).isCloseTo(gates, Percentage.withPercentage(7.5));
    }

    @ParameterizedTest
    @CsvSource({
        // weight bits, activation bits, bits of the sum, flip-flops, gates of the measured element
        "16, 16, 36, 68, 2279",
        "8, 8, 20, 36, 696",
        "8, 8, 24, 40, 732",
        "4, 4, 12, 20, 252"
    })
    void integerElementsAreAsLargeAsMeasured(int w, int a, int sum, int flipFlops, double gates) {
        assertThat(element(new Multiplier(w, a), sum, flipFlops))
                .isCloseTo(gates, Percentage.withPercentage(5));
    }

    @ParameterizedTest
    @CsvSource({
        // terms, shifts, activation bits, bits of the sum, flip-flops, gates of the measured
        // element
        "1, 8, 8, 20, 32, 322",
        "1, 8, 4, 16, 24, 233",
        "2, 8, 8, 20, 37, 505",
        "2, 8, 4, 16, 29, 368",
        "2, 4, 8, 20, 35, 451",
        "2, 4, 4, 16, 27, 327"
    })
    void shiftElementsAreAsLargeAsMeasured(
            int terms, int shifts, int activation, int sum, int flipFlops, double gates) {
        // the measured elements of two terms have one sign for both, ours one for each
        assertThat(element(new ShiftMultiplier(terms, shifts, activation), sum, flipFlops))
                .isCloseTo(gates, Percentage.withPercentage(8));
    }

    @ParameterizedTest
    @CsvSource({
        // accumulator, output, gates
        "24, 8, 1, 348",
        "24, 4, 1, 336",
        "24, 8, 2, 823",
        "24, 8, 3, 1122"
    })
    void shiftRequantizersAreAsLargeAsMeasured(int sum, int output, int terms, double gates) {
        assertThat(GATES.of(new Requantize(new Requantizer.Shifts(terms), sum, output)))
                .isCloseTo(gates, Percentage.withPercentage(1));
    }

    @ParameterizedTest
    @CsvSource({"32, 9550", "16, 4946"})
    void multiplyingRequantizersAreAsLargeAsMeasured(int bits, double gates) {
        assertThat(GATES.of(new Requantize(new Requantizer.Multiplier(bits), 32, 8)))
                .isCloseTo(gates, Percentage.withPercentage(1));
    }

    @Test
    void levelSearchIsAsLargeAsMeasured() {
        var with = new Requantize(new Requantizer.Shifts(2), 24, 6, 4); // 8 bit thresholds
        var without = new Requantize(new Requantizer.Shifts(2), 24, 6);
        assertThat(GATES.of(with) - GATES.of(without)).isCloseTo(436, Percentage.withPercentage(1));
    }

    /** The measured encoder finds one of 16 levels among thresholds of a 24 bit sum. */
    @Test
    void searchingSumsIsAsLargeAsMeasured() {
        double search =
                GATES.of(new Requantize(THRESHOLDS, 24, 8, 4))
                        - GATES.of(new Requantize(THRESHOLDS, 24, 8));
        assertThat(search).isCloseTo(1418, Percentage.withPercentage(8));
    }

    @Test
    void thresholdsLieBetweenShiftsAndAMultiplier() {
        double thresholds = GATES.of(new Requantize(THRESHOLDS, 24, 8, 4));
        assertThat(thresholds)
                .isGreaterThan(GATES.of(new Requantize(new Requantizer.Shifts(3), 24, 8, 4)))
                .isLessThan(GATES.of(new Requantize(MULTIPLIER, 24, 8, 4)));
    }

    @Test
    void truncationSavesAnAdderAndTiesCostALittle() {
        var shift = new Requantizer.Shifts(1);
        double up = GATES.of(rounding(Rounding.HALF_UP, shift, 24));
        // 13.5 gates a bit, of which 10 are five stages of multiplexers
        assertThat(up - GATES.of(rounding(Rounding.FLOOR, shift, 24))).isBetween(24.0, 24 * 3.5);
        for (var ties : List.of(Rounding.HALF_EVEN, Rounding.HALF_AWAY)) {
            assertThat(GATES.of(rounding(ties, shift, 24)) - up).isBetween(1.0, 24.0);
        }
        // thresholds have the rounding in them
        for (var rounding : Rounding.values()) {
            assertThat(GATES.of(rounding(rounding, THRESHOLDS, 24)))
                    .isEqualTo(GATES.of(rounding(Rounding.HALF_UP, THRESHOLDS, 24)));
        }
    }

    @Test
    void narrowAccumulatorsMakeEveryRequantizerSmaller() {
        for (var by : List.of(MULTIPLIER, new Requantizer.Shifts(2), THRESHOLDS)) {
            assertThat(area(new Requantize(by, 16, 8, 4)))
                    .isLessThan(area(new Requantize(by, 24, 8, 4)));
        }
        assertThat(area(new Saturator(24, 16))).isLessThan(area(new Adder(16)));
    }

    @Test
    void decodersAreMultiplexersOfMeasuredSize() {
        // the measured column decoder: two 4-way selections of 4 bits, 48 gates
        assertThat(2 * GATES.of(new Decoder(2, 4))).isEqualTo(48);
    }

    // Ratios, which are what the table is for.

    @Test
    void elementsHaveTheMeasuredAreaRatios() {
        double int16 = element(new Multiplier(16, 16), 36, 68);
        double int8 = element(new Multiplier(8, 8), 20, 36);
        double int4 = element(new Multiplier(4, 4), 12, 20);
        double upot8 = element(new ShiftMultiplier(2, 8, 8), 20, 38);
        double upot4 = element(new ShiftMultiplier(2, 8, 4), 16, 30);
        double tolerance = 1.05; // beyond the spread of the three libraries

        assertRatio(int16 / int8, 3.18, 3.27, tolerance);
        assertRatio(int8 / int4, 2.69, 2.77, tolerance);
        assertRatio(int16 / upot8, 3.88, 4.51, tolerance);
        assertRatio(int8 / upot8, 1.19, 1.38, tolerance);
        assertRatio(int8 / upot4, 1.61, 1.89, tolerance);
        assertRatio(upot4 / int4, 1.5, 1.7, tolerance);
    }

    @Test
    void elementsHaveTheMeasuredEnergyRatios() {
        double int16 = energy(new Multiplier(16, 16), 36, 68);
        double int8 = energy(new Multiplier(8, 8), 20, 36);
        double int4 = energy(new Multiplier(4, 4), 12, 20);
        double upot8 = energy(new ShiftMultiplier(2, 8, 8), 20, 37);
        double upot4 = energy(new ShiftMultiplier(2, 8, 4), 16, 29);
        double pot8 = energy(new ShiftMultiplier(1, 8, 8), 20, 32);
        double pot4 = energy(new ShiftMultiplier(1, 8, 4), 16, 24);
        double tolerance = 1.08;

        assertRatio(int16 / int8, 74.95 / 24.88, 74.95 / 24.88, tolerance); // 8 x 8 arrays
        assertRatio(int8 / int4, 2.54, 2.65, tolerance);
        assertRatio(int8 / upot8, 1.42, 1.49, tolerance);
        assertRatio(int8 / upot4, 2.07, 2.21, tolerance);
        assertRatio(int8 / pot8, 1.68, 1.80, tolerance);
        assertRatio(int8 / pot4, 2.43, 2.67, tolerance);
    }

    @Test
    void requantizingByShiftsIsElevenToTwentySevenTimesSmaller() {
        double gemmlowp = area(new Requantize(MULTIPLIER, 32, 8));
        double one = area(new Requantize(new Requantizer.Shifts(1), 24, 8));
        double two = area(new Requantize(new Requantizer.Shifts(2), 24, 8));

        assertRatio(gemmlowp / one, 27.4, 27.4, 1.02);
        assertRatio(gemmlowp / two, 11.6, 11.6, 1.02);
    }

    // Absolute figures at the anchor.

    @ParameterizedTest
    @CsvSource({"4, 182, 12", "8, 480, 20", "16, 1522, 36"})
    void elementsAreAsLargeAsThoseOfBitFusion(int bits, double squareMicrometres, int sum) {
        int flipFlops = 2 * bits + sum;
        double area =
                area(new Multiplier(bits, bits))
                        + area(new Adder(sum))
                        + area(new Register(flipFlops));
        assertThat(area).isCloseTo(squareMicrometres, Percentage.withPercentage(10));
    }

    @Test
    void operationsTakeTheEnergyThatHorowitzGives() {
        assertThat(energy(new Multiplier(8, 8))).isCloseTo(0.2, within(0.005));
        assertThat(energy(new Multiplier(32, 32))).isCloseTo(3.1, within(0.05));
        assertThat(energy(new Adder(8))).isCloseTo(0.03, within(0.006));
        assertThat(energy(new Adder(32))).isCloseTo(0.1, within(0.005));
    }

    @Test
    void aMultiplyingRequantizerTakesLittleMoreEnergyThanItsProduct() {
        assertThat(energy(new Requantize(MULTIPLIER, 32, 8)) / energy(new Multiplier(32, 32)))
                .isBetween(1.0, 2.0);
    }

    @Test
    void memoriesAreThoseOfTheSweepAndLargerOnesCostMore() {
        assertThat(energy(new Sram(8 << 10, 32))).isCloseTo(6.4, within(1e-9));
        assertThat(area(new Sram(16 << 10, 32))).isCloseTo(108_600, within(1e-6));
        assertThat(energy(new Sram(64 << 10, 32))).isCloseTo(20, within(1e-9));
        assertThat(energy(new Sram(8 << 10, 64))).isCloseTo(12.8, within(1e-9));
        double area = 0;
        double energy = 0;
        for (long bytes = 1; bytes <= 1L << 30; bytes += 1 + bytes / 7) {
            var part = new Sram(bytes, 32);
            assertThat(area(part)).isGreaterThan(area);
            assertThat(energy(part)).isGreaterThan(energy);
            area = area(part);
            energy = energy(part);
        }
    }

    @Test
    void offChipMemoryCostsWhatTheAcceleratorSaysAtEveryNodeAndNoArea() {
        var price = costs.price(new Dram(8), technology(7, 0.7)).orElseThrow();
        assertThat(price.energy()).isEqualTo(Quantity.of(8, Unit.PICOJOULE));
        assertThat(price.area().value()).isZero();
    }

    // Scaling.

    @ParameterizedTest
    @CsvSource({
        "130, 6.4",
        "90, 2.8",
        "65, 1.5",
        "45, 1",
        "32, 0.46",
        "28, 0.377",
        "20, 0.21",
        "7, 0.059"
    })
    void areaScalesByTheTable(double node, double factor) {
        var part = new Multiplier(8, 8);
        double ratio = at(node, 0.9, part).area().in(Unit.SQUARE_MICROMETRE) / area(part);
        assertThat(ratio).isCloseTo(factor, Percentage.withPercentage(0.1));
    }

    @ParameterizedTest
    @CsvSource({
        // node, volts, polynomial of the table
        "65, 1.3, 2.604",
        "65, 0.9, 1.058",
        "45, 0.9, 0.844",
        "32, 0.9, 0.541",
        "20, 0.9, 0.201",
        "14, 0.9, 0.127",
        "7, 0.9, 0.0865"
    })
    void energyScalesByThePolynomials(double node, double volts, double factor) {
        var part = new Multiplier(8, 8);
        double ratio = at(node, volts, part).energy().in(Unit.PICOJOULE) / energy(part);
        assertThat(ratio).isCloseTo(factor / 0.844, Percentage.withPercentage(0.5));
    }

    @Test
    void from65To28NanometresEnergyFallsToFourTenths() {
        var part = new Adder(16);
        assertThat(
                        at(28, 0.9, part).energy().in(Unit.PICOJOULE)
                                / at(65, 0.9, part).energy().in(Unit.PICOJOULE))
                .isCloseTo(0.40, within(0.01));
    }

    @Test
    void areaAndEnergyGrowWithNodeAndEnergyWithVoltage() {
        var part = new Multiplier(8, 8);
        Price before = at(7, 0.6, part);
        for (double node = 7.5; node <= 130; node += 0.5) {
            var price = at(node, 0.6, part);
            assertThat(price.area()).isGreaterThan(before.area());
            before = price;
        }
        for (double node : new double[] {7, 10, 12, 28, 45, 65, 90, 130}) {
            for (double volts = 0.65; volts <= 1.3; volts += 0.05) {
                assertThat(at(node, volts, part).energy())
                        .isGreaterThan(at(node, volts - 0.05, part).energy());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6.9, 0.9", "131, 0.9", "45, 0.59", "45, 1.31"})
    void outsideTheTablesThereIsNoPrice(double node, double volts) {
        assertThat(costs.price(new Adder(8), technology(node, volts))).isEmpty();
    }

    @Test
    void aPartItDoesNotKnowHasNoPrice() {
        assertThat(costs.price(new Component.Special("photonic mesh", 8), technology(45, 0.9)))
                .isEmpty();
    }

    // Every price.

    @Test
    void everyPriceIsPositiveAndGrowsWithEveryWidth() {
        var families =
                List.<IntFunction<Component>>of(
                        bits -> new Multiplier(bits, 8),
                        bits -> new Multiplier(8, bits),
                        bits -> new ShiftMultiplier(bits, 8, 8),
                        bits -> new ShiftMultiplier(2, 8, bits),
                        Adder::new,
                        Register::new,
                        bits -> new Decoder(bits, 8),
                        bits -> new Decoder(4, bits),
                        bits -> new Requantize(MULTIPLIER, bits + 7, 8),
                        bits -> new Requantize(new Requantizer.Multiplier(bits + 1), 24, 8),
                        bits -> new Requantize(new Requantizer.Shifts(2), bits + 7, 8),
                        bits -> new Requantize(new Requantizer.Shifts(2), 24, bits),
                        bits -> new Requantize(MULTIPLIER, 24, 8, bits - 1),
                        bits -> new Requantize(THRESHOLDS, bits + 7, 8, 4),
                        bits -> new Requantize(THRESHOLDS, 24, bits),
                        bits -> new Requantize(THRESHOLDS, 24, 8, bits - 1),
                        bits -> rounding(Rounding.FLOOR, new Requantizer.Shifts(1), bits + 7),
                        bits -> rounding(Rounding.HALF_EVEN, MULTIPLIER, bits + 7),
                        bits -> rounding(Rounding.HALF_AWAY, MULTIPLIER, bits + 7),
                        bits -> new Saturator(32, bits));
        for (var family : families) {
            double area = 0;
            double energy = 0;
            for (int bits = 1; bits <= 16; bits++) {
                var part = family.apply(bits);
                assertThat(area(part)).as(part.describe()).isGreaterThan(area);
                assertThat(energy(part)).as(part.describe()).isGreaterThan(energy);
                area = area(part);
                energy = energy(part);
            }
        }
    }

    @Test
    void moreTermsOfARequantizerCostMore() {
        double area = 0;
        for (int terms = 1; terms <= 4; terms++) {
            var part = new Requantize(new Requantizer.Shifts(terms), 24, 8);
            assertThat(area(part)).isGreaterThan(area);
            area = area(part);
        }
    }

    @Test
    void moreShiftsNeedALargerMultiplier() {
        double area = 0;
        for (int shifts = 1; shifts <= 16; shifts++) {
            var part = new ShiftMultiplier(2, shifts, 8);
            assertThat(area(part)).isGreaterThan(area);
            area = area(part);
        }
    }

    @Test
    void everyPriceIsModelledAndNamesItsSourceInOneLine() {
        for (var part :
                List.of(
                        new Multiplier(8, 8),
                        new ShiftMultiplier(2, 8, 8),
                        new Adder(24),
                        new Register(8),
                        new Decoder(4, 8),
                        new Requantize(MULTIPLIER, 32, 8),
                        new Requantize(THRESHOLDS, 32, 8, 4),
                        new Saturator(32, 16),
                        new Sram(1024, 32),
                        new Dram(8))) {
            var price = at(28, 0.8, part);
            assertThat(price.kind()).isEqualTo(Kind.MODELLED);
            assertThat(price.source()).isNotBlank().doesNotContain("\n");
            assertThat(at(28, 0.8, part)).isEqualTo(price);
        }
        assertThat(costs.documentation()).isNotBlank().doesNotContain("\n");
        assertThat(at(28, 0.8, new Adder(8)).source()).contains("28 nm", "0.8 V", "Stillmaker");
    }

    private static void assertRatio(double ratio, double least, double most, double tolerance) {
        assertThat(ratio).isBetween(least / tolerance, most * tolerance);
    }

    private static double element(Multiplier multiplier, int sum, int flipFlops) {
        return GATES.of(multiplier) + GATES.adder(sum) + GATES.flipFlops(flipFlops);
    }

    private static double element(ShiftMultiplier multiplier, int sum, int flipFlops) {
        return GATES.of(multiplier) + GATES.adder(sum) + GATES.flipFlops(flipFlops);
    }

    private static Requantize rounding(Rounding rounding, Requantizer by, int sum) {
        return new Requantize(by, rounding, sum, 8, 0);
    }

    private double energy(Component multiplier, int sum, int flipFlops) {
        return energy(multiplier) + energy(new Adder(sum)) + energy(new Register(flipFlops));
    }

    private double energy(Component part) {
        return at(45, 0.9, part).energy().in(Unit.PICOJOULE);
    }

    private double area(Component part) {
        return at(45, 0.9, part).area().in(Unit.SQUARE_MICROMETRE);
    }

    private Price at(double nanometres, double volts, Component part) {
        return costs.price(part, technology(nanometres, volts)).orElseThrow();
    }

    private static Technology technology(double nanometres, double volts) {
        return new Technology(
                Quantity.of(nanometres, Unit.NANOMETRE), Quantity.of(volts, Unit.VOLT));
    }
}
