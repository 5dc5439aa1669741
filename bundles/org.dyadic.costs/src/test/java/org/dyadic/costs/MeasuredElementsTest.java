package org.dyadic.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Component.SubsetMultiplier;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every processing element whose netlist was measured and that a backend has, beside the sum of its
 * parts: gate equivalents with the same tools on OSU 0.18 um.
 */
class MeasuredElementsTest {

    /** What a measured element is made of, and how large it is. */
    private record Element(
            String name, List<Component> arithmetic, int sum, int flipFlops, double gates) {

        double modelled() {
            var parts = new ArrayList<>(arithmetic);
            parts.add(new Adder(sum));
            parts.add(new Register(flipFlops));
            return parts.stream().mapToDouble(Element::gates).sum();
        }

        private static double gates(Component part) {
            var here = new Technology(Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT));
            return new GateTable().price(part, here).orElseThrow().area().in(Unit.SQUARE_MICROMETRE)
                    / Constants.shipped().page().of("area.gate");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Element of(
            String name, Component arithmetic, int sum, int flipFlops, double gates) {
        return new Element(name, List.of(arithmetic), sum, flipFlops, gates);
    }

    /** A table of four terms for each of two, looked up in the element. */
    private static List<Component> looked(int activation) {
        var decoder = new Decoder(2, 5);
        return List.of(new ShiftMultiplier(2, 8, activation), decoder, decoder);
    }

    static Stream<Element> elements() {
        var fixed = List.of(3, 1);
        return Stream.of(
                of("sys_int16", new Multiplier(16, 16), 36, 68, 2279),
                of("sys_int8", new Multiplier(8, 8), 20, 36, 696),
                of("sys_int8ps24", new Multiplier(8, 8), 24, 40, 732),
                of("sys_int8x4", new Multiplier(4, 8), 16, 28, 397),
                of("sys_int4", new Multiplier(4, 4), 12, 20, 252),
                of("sys_pot_a8", new ShiftMultiplier(1, 8, 8), 20, 32, 322),
                of("sys_pot_a4", new ShiftMultiplier(1, 8, 4), 16, 24, 233),
                of("sys_upotd_a8", new ShiftMultiplier(2, 8, 8), 20, 37, 505),
                of("sys_upotd_a4", new ShiftMultiplier(2, 8, 4), 16, 29, 368),
                new Element("sys_upott_a8", looked(8), 20, 33, 529),
                new Element("sys_upott_a4", looked(4), 16, 25, 391),
                of("sys_upotr_a8", new ShiftMultiplier(2, 4, 8), 20, 35, 451),
                of("sys_upotr_a4", new ShiftMultiplier(2, 4, 4), 16, 27, 327),
                of("sys_apot_a8", new SubsetMultiplier(fixed, 4, 8), 18, 30, 362),
                of("sys_apot_a4", new SubsetMultiplier(fixed, 4, 4), 14, 22, 258),
                of("bc_int8", new Multiplier(8, 8), 20, 28, 664),
                of("bc_int4", new Multiplier(4, 4), 12, 16, 236),
                of("bc_upotd_a8", new ShiftMultiplier(2, 8, 8), 20, 29, 473),
                of("bc_lut_a8", new Selector(8, 16), 20, 24, 440),
                of("bc_lut_a4", new Selector(8, 12), 16, 20, 346));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void elementsAreAsLargeAsMeasured(Element element) {
        assertThat(element.modelled()).isCloseTo(element.gates(), Percentage.withPercentage(10));
    }

    /** Those within 2 % of each other are as good as equal. */
    @Test
    void theOrderOfElementsIsThatOfTheMeasurement() {
        for (var one : elements().toList()) {
            for (var other : elements().toList()) {
                if (one.gates() * 1.02 < other.gates()) {
                    assertThat(one.modelled())
                            .as(one + " is smaller than " + other)
                            .isLessThan(other.modelled());
                }
            }
        }
    }
}
