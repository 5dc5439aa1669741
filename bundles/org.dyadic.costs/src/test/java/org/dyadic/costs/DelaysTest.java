package org.dyadic.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delays measured with the same tools on OSU 0.18 um, in ns. */
class DelaysTest {

    private final Delays delays = new Delays(Constants.shipped().page());

    @ParameterizedTest
    @CsvSource({
        // weight bits, activation bits, bits of the sum, critical path
        "16, 16, 36, 11.02",
        "8, 8, 20, 6.85",
        "8, 8, 24, 8.12",
        "4, 8, 16, 5.41",
        "4, 4, 12, 4.19",
        // multiply-accumulates: 40, 32, 24 and 16 bit
        "16, 16, 40, 11.91",
        "8, 8, 32, 10.46",
        "4, 8, 24, 7.74",
        "4, 4, 24, 7.87",
        "4, 4, 16, 5.32"
    })
    void integerElementsAreAsSlowAsMeasured(int w, int a, int sum, double nanoseconds) {
        assertThat(element(new Multiplier(w, a), sum))
                .isCloseTo(nanoseconds, Percentage.withPercentage(7));
    }

    @ParameterizedTest
    @CsvSource({
        // terms, activation bits, bits of the sum, critical path
        "1, 8, 20, 5.41",
        "1, 4, 16, 4.42",
        "2, 8, 20, 6.33",
        "2, 4, 16, 5.34"
    })
    void shiftElementsAreAsSlowAsMeasured(int terms, int a, int sum, double nanoseconds) {
        assertThat(element(new ShiftMultiplier(terms, 8, a), sum))
                .isCloseTo(nanoseconds, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @CsvSource({"32, 31.3", "16, 27.4"})
    void multiplyingRequantizersAreAsSlowAsMeasured(int bits, double nanoseconds) {
        assertThat(delays.of(new Requantize(new Requantizer.Multiplier(bits), 32, 8)))
                .isCloseTo(nanoseconds, Percentage.withPercentage(1));
    }

    @ParameterizedTest
    @CsvSource({"8, 9.4", "24, 27.5"})
    void searchingForALevelIsAsSlowAsMeasured(int bits, double nanoseconds) {
        double with = delays.of(new Requantize(new Requantizer.Shifts(1), 24, bits - 2, 4));
        double without = delays.of(new Requantize(new Requantizer.Shifts(1), 24, bits - 2));
        assertThat(with - without).isCloseTo(nanoseconds, Percentage.withPercentage(5));
    }

    @Test
    void anAdderWaitsForNoBitTwice() {
        var path = List.<Component>of(new Multiplier(8, 8), new Adder(20));
        assertThat(delays.along(path))
                .isLessThan(delays.of(path.get(0)) + delays.of(path.get(1)))
                .isGreaterThan(delays.of(path.get(0)));
    }

    /** The clocks at which chips of each node were built. */
    @ParameterizedTest
    @CsvSource({
        // node, bits, sum, MHz: Eyeriss (JSSC 2017), Bit Fusion (ISCA 2018), NVDLA (primer)
        "65, 16, 36, 200",
        "45, 8, 24, 500",
        "16, 8, 24, 1000"
    })
    void publishedClocksAreReachedAndNotFiveTimesOver(
            double node, int bits, int sum, double megahertz) {
        double fastest = 1e3 / nanoseconds(node, bits, sum);
        assertThat(fastest / megahertz).isBetween(0.9, 2.0);
    }

    @Test
    void smallerNodesAreFaster() {
        double before = 0;
        for (double node = 7; node <= 130; node += 0.5) {
            double now = nanoseconds(node, 8, 24);
            assertThat(now).isGreaterThan(before);
            before = now;
        }
    }

    private static double nanoseconds(double node, int bits, int sum) {
        var technology =
                new Technology(Quantity.of(node, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT));
        return new GateTable()
                .path(
                        List.of(new Multiplier(bits, bits), new Adder(sum), new Register(sum)),
                        technology)
                .orElseThrow()
                .delay()
                .in(Unit.NANOSECOND);
    }

    private double element(Component multiplier, int sum) {
        return delays.along(List.of(multiplier, new Adder(sum), new Register(sum)));
    }
}
