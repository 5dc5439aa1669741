package org.dyadic.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.costs.GateTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Elements as they are priced, beside netlists of them that were synthesised and checked bit by bit
 * (yosys, OSU 0.18 um; weight-stationary elements with their registers and sums).
 */
class MeasuredElementsTest {

    private static final Technology TECHNOLOGY =
            new Technology(Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT));

    /**
     * An element: how to build it, its gates as measured, and the energy of the int8 element over
     * its own, least and most of three libraries.
     */
    private record Measured(
            String netlist,
            Backend backend,
            List<Setting> settings,
            double gates,
            double least,
            double most) {

        /** Its own parts; what it shares at the edge was not measured with it. */
        List<BillItem> element() {
            return backend
                    .build(backend.parameters().with(settings.toArray(Setting[]::new)))
                    .element()
                    .stream()
                    .filter(part -> !(part.component() instanceof Component.Shared))
                    .toList();
        }

        @Override
        public String toString() {
            return netlist;
        }
    }

    private static Measured measured(
            String netlist,
            Backend backend,
            double gates,
            double least,
            double most,
            int sum,
            Setting... settings) {
        var all = new ArrayList<>(Arrays.asList(settings));
        all.add(Layers.number("accumulator", sum));
        return new Measured(netlist, backend, all, gates, least, most);
    }

    private static Setting multiplier(String word) {
        return Layers.word("multiplier", word);
    }

    /** With its sign, an activation has as many bits as the measured ones. */
    private static Setting activation(int bits) {
        return Layers.number("activation-bits", bits - 1);
    }

    private static Setting exponents(String word) {
        return Layers.word("exponents", word);
    }

    static Stream<Measured> elements() {
        var systolic = new SystolicArray();
        var decode = new DecodeArray();
        var upot = new UpotArray();
        var pot = new PotArray();
        var apot = new ApotArray();
        var codebook = new CodebookArray();
        var eight = Layers.number("weight-bits", 8);
        return Stream.of(
                // energy of an 8 x 8 array: 24.88 of 74.95 pJ; elements alone see random sums
                measured("sys_int16", systolic, 2279, 0.33, 0.33, 36, multiplier("int16")),
                measured("sys_int8", systolic, 696, 1, 1, 20, multiplier("int8")),
                measured("sys_int8ps24", systolic, 732, 0.9, 0.9, 24, multiplier("int8")),
                measured("sys_int8x4", systolic, 397, 1.45, 1.52, 16, multiplier("int8x4")),
                measured("sys_int4", systolic, 252, 2.54, 2.65, 12, multiplier("int4")),
                measured(
                        "sys_int8 decoded",
                        decode,
                        696,
                        1,
                        1,
                        20,
                        Layers.number("weight-bits", 8),
                        activation(8)),
                measured(
                        "sys_int8x4 decoded",
                        decode,
                        397,
                        1.45,
                        1.52,
                        16,
                        Layers.number("weight-bits", 4),
                        activation(8)),
                measured("sys_pot_a8", pot, 322, 1.68, 1.80, 20, activation(8)),
                measured("sys_pot_a4", pot, 233, 2.43, 2.67, 16, activation(4)),
                measured("sys_upotd_a8", upot, 505, 1.42, 1.49, 20, activation(8)),
                measured("sys_upotd_a4", upot, 368, 2.07, 2.21, 16, activation(4)),
                measured(
                        "sys_upott_a8",
                        upot,
                        529,
                        1.50,
                        1.57,
                        20,
                        activation(8),
                        exponents("table")),
                measured(
                        "sys_upott_a4",
                        upot,
                        391,
                        2.28,
                        2.41,
                        16,
                        activation(4),
                        exponents("table")),
                measured(
                        "sys_upotr_a8",
                        upot,
                        451,
                        1.46,
                        1.53,
                        20,
                        activation(8),
                        exponents("windows")),
                measured(
                        "sys_upotr_a4",
                        upot,
                        327,
                        2.15,
                        2.30,
                        16,
                        activation(4),
                        exponents("windows")),
                measured("sys_apot_a8", apot, 362, 1.69, 1.80, 18, activation(8)),
                measured("sys_apot_a4", apot, 258, 2.53, 2.80, 14, activation(4)),
                measured("bc_lut_a8", codebook, 440, 1.86, 1.97, 20, activation(8), eight),
                measured("bc_lut_a4", codebook, 346, 2.55, 2.73, 16, activation(4), eight));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void elementsAreAsLargeAsMeasured(Measured element) {
        double gates = gates(element);
        System.out.printf(
                Locale.ROOT,
                "element %s: %.0f GE, measured %.0f: %+.1f %%%n",
                element,
                gates,
                element.gates(),
                100 * (gates / element.gates() - 1));
        assertThat(gates).isCloseTo(element.gates(), Percentage.withPercentage(10));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void elementsTakeTheMeasuredShareOfEnergy(Measured element) {
        var int8 = elements().filter(one -> one.netlist().equals("sys_int8")).findFirst();
        double ratio = energy(int8.orElseThrow()) / energy(element);
        System.out.printf(
                Locale.ROOT,
                "element %s: energy of int8 over its own %.2f, measured %.2f to %.2f%n",
                element,
                ratio,
                element.least(),
                element.most());
        assertThat(ratio).isBetween(element.least() / 1.2, element.most() * 1.2);
    }

    @Test
    void elementsKeepTheirRankingByArea() {
        var all = elements().filter(one -> !one.netlist().contains("decoded")).toList();
        for (var one : all) {
            for (var other : all) {
                // what is further apart than twice the tolerance must not change places
                if (one.gates() * 1.2 < other.gates()) {
                    assertThat(gates(one)).as("%s and %s", one, other).isLessThan(gates(other));
                }
            }
        }
    }

    /** 45 nm, an 8 x 2 array (results/systolic_array_synth.csv of Bit Fusion). */
    @Test
    void elementsOfBitFusionAreAsLargeAsPublished() {
        var array = new BitFusionArray();
        assertThat(squareMicrometres(array, "int8", 32))
                .isCloseTo(1661, Percentage.withPercentage(10));
        assertThat(squareMicrometres(array, "int16", 48))
                .isCloseTo(8467, Percentage.withPercentage(10));
    }

    private static double squareMicrometres(Backend backend, String multiplier, int sum) {
        var element = measured("fusion", backend, 1, 1, 1, sum, multiplier(multiplier)).element();
        return sum(element, part -> area(part));
    }

    /** In units of a fifth of a full adder, which is the smallest NAND. */
    private static double gates(Measured element) {
        return sum(element.element(), MeasuredElementsTest::area)
                / (area(new Component.Adder(1)) / 5);
    }

    private static double energy(Measured element) {
        return sum(
                element.element(),
                part ->
                        new GateTable()
                                .price(part, TECHNOLOGY)
                                .orElseThrow()
                                .energy()
                                .in(Unit.PICOJOULE));
    }

    private static double sum(List<BillItem> element, ToDoubleFunction<Component> of) {
        return element.stream()
                .mapToDouble(part -> part.count() * of.applyAsDouble(part.component()))
                .sum();
    }

    private static double area(Component part) {
        return new GateTable()
                .price(part, TECHNOLOGY)
                .orElseThrow()
                .area()
                .in(Unit.SQUARE_MICROMETRE);
    }
}
