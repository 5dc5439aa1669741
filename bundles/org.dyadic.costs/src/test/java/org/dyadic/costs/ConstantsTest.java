package org.dyadic.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Dram;
import org.dyadic.api.hardware.Component.FusedMultiplier;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.Selector;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Component.Sram;
import org.dyadic.api.hardware.Component.SubsetMultiplier;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.DramType;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.hardware.Transistors;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

class ConstantsTest {

    private static final String HEADER = "name,value,unit,node,voltage,corner,source";

    private final GateTable costs = new GateTable();

    /** One part of every kind, in every node of the tables. */
    private static List<Component> parts() {
        var parts =
                new ArrayList<Component>(
                        List.of(
                                new Multiplier(8, 8),
                                new ShiftMultiplier(2, 8, 8),
                                new SubsetMultiplier(List.of(3, 1), 4, 8),
                                new Selector(8, 12),
                                new FusedMultiplier(8),
                                new Adder(24),
                                new Register(8),
                                new Decoder(4, 8),
                                new Saturator(24, 16),
                                new Requantize(new Requantizer.Thresholds(), 24, 8, 4),
                                new Requantize(new Requantizer.Multiplier(32), 32, 8, 4)));
        for (int terms = 1; terms <= 4; terms++) {
            parts.add(new Requantize(new Requantizer.Shifts(terms), 24, 8));
        }
        parts.add(new Requantize(new Requantizer.Shifts(1), Rounding.HALF_EVEN, 24, 8, 0));
        for (long bytes = 128; bytes <= 32 << 10; bytes *= 2) {
            parts.add(new Sram(bytes, 32));
        }
        Stream.of(DramType.values()).map(Dram::new).forEach(parts::add);
        return parts;
    }

    private Stream<Constant> usedByPrices() {
        return Stream.of(130, 90, 65, 45, 32, 28, 22, 20, 16, 14, 10, 7)
                .flatMap(
                        node -> Stream.of(Transistors.values()).map(kind -> technology(node, kind)))
                .flatMap(
                        technology ->
                                parts().stream()
                                        .flatMap(
                                                part ->
                                                        costs
                                                                .price(part, technology)
                                                                .orElseThrow()
                                                                .constants()
                                                                .stream()));
    }

    private static Technology technology(double node, Transistors kind) {
        return new Technology(Quantity.of(node, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT), kind);
    }

    /** A price names what it rests on, so that a constant nobody uses shows. */
    @Test
    void everyConstantIsUsedAndEveryOneUsedIsInTheFile() {
        var used = new TreeSet<String>();
        usedByPrices()
                .filter(constant -> !constant.name().startsWith("factor."))
                .forEach(constant -> used.add(constant.name()));
        var there = new TreeSet<String>();
        Constants.shipped().all().forEach(constant -> there.add(constant.name()));
        assertThat(used).isEqualTo(there);
    }

    @Test
    void everyConstantSaysWhereItComesFromAndWhatItHoldsFor() {
        assertThat(Constants.shipped().all())
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        constant -> {
                            assertThat(constant.source()).as(constant.name()).isNotBlank();
                            assertThat(constant.node()).as(constant.name()).isNotBlank();
                            assertThat(constant.voltage()).as(constant.name()).isNotBlank();
                            assertThat(constant.corner()).as(constant.name()).isNotBlank();
                        });
    }

    @Test
    void aPriceNamesItsConstantsAndTheFactorsOfScaling() {
        var price = costs.price(new Adder(8), technology(28, Transistors.LOW_POWER)).orElseThrow();
        assertThat(price.constants())
                .extracting(Constant::name)
                .contains(
                        "gate.full-adder",
                        "area.gate",
                        "energy.adder.bit",
                        "leakage.gate",
                        "delay.carry",
                        "scaling.area.32",
                        "scaling.area.20",
                        "factor.area",
                        "factor.energy",
                        "factor.leakage",
                        "factor.delay")
                .doesNotContain("energy.multiplier.bit", "sram.area.128")
                .doesNotHaveDuplicates();
        double area =
                8
                        * value(price.constants(), "gate.full-adder")
                        * value(price.constants(), "area.gate")
                        * value(price.constants(), "factor.area");
        assertThat(price.area().in(Unit.SQUARE_MICROMETRE)).isEqualTo(area);
    }

    private static double value(List<Constant> constants, String name) {
        return constants.stream()
                .filter(constant -> constant.name().equals(name))
                .mapToDouble(Constant::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNameThatIsNotInTheFileIsNoZero() {
        assertThatThrownBy(() -> Constants.shipped().page().of("gate.memristor"))
                .hasMessage("there is no constant 'gate.memristor' in constants.csv");
    }

    @Test
    void aDamagedTableIsToldWithItsLine() {
        refused(List.of("name,value"), "c.csv:1: the header is " + HEADER);
        refused(List.of(HEADER, "a,1,GE,45 nm,1 V,typical"), "c.csv:2: a constant has 7 fields");
        refused(List.of(HEADER, "a,x,,,,,here"), "c.csv:2: For input string: \"x\"");
        refused(List.of(HEADER, "a,1,,,,,"), "c.csv:2: a constant has a name and a source");
        refused(List.of(HEADER, "a,1,,,,,x", "a,2,,,,,x"), "c.csv:3: a second a");
    }

    private static void refused(List<String> lines, String why) {
        assertThatThrownBy(() -> Constants.parse("c.csv", lines)).hasMessageStartingWith(why);
    }
}
