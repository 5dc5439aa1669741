package com.example.bitserial;

import org.dyadic.api.hardware.Component.Special;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.CostService;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

import java.util.List;
import java.util.Optional;

/**
 * Prices the product of a weight and a bit: an AND gate for each bit of the weight. Areas shrink
 * with the square of the node, energies with the node and the square of the voltage: good for one
 * or two nodes around 45 nm. Leakage and delay of one gate are not told.
 */
@Component
@CostService(id = "and-gates")
public final class AndGates implements CostModel {

    private static final String NANGATE = "Nangate 45 nm open cell library, AND2_X1 and FA_X1";

    private static final Constant AREA = constant("and.area", 1.064, "um2", NANGATE);

    /** An adder of 8 bits takes 0.03 pJ; an AND gate has a quarter of a full adder's area. */
    private static final Constant ENERGY =
            constant("and.energy", 0.03 / 8 / 4, "pJ", "Horowitz, ISSCC 2014, adder; " + NANGATE);

    private static Constant constant(String name, double value, String unit, String source) {
        return new Constant(name, value, unit, "45 nm", "0.9 V", "typical", source);
    }

    @Override
    public String documentation() {
        return "AND gates of bit-serial products, after the Nangate 45 nm library and Horowitz"
                   + " 2014";
    }

    @Override
    public Optional<Price> price(org.dyadic.api.hardware.Component part, Technology technology) {
        if (!(part instanceof Special special)
                || !special.kind().equals(BitSerialArray.BIT_PRODUCT)) {
            return Optional.empty();
        }
        double node = technology.node().in(Unit.NANOMETRE) / 45;
        double voltage = technology.voltage().in(Unit.VOLT) / 0.9;
        double area = special.size() * AREA.value() * node * node;
        double energy = special.size() * ENERGY.value() * node * voltage * voltage;
        return Optional.of(
                new Price(
                        Quantity.of(area, Unit.SQUARE_MICROMETRE),
                        Quantity.of(energy, Unit.PICOJOULE),
                        Quantity.of(0, Unit.WATT),
                        Quantity.of(0, Unit.NANOSECOND),
                        Kind.MODELLED,
                        "a gate a bit; area x node^2, energy x node x voltage^2",
                        List.of(AREA, ENERGY)));
    }
}
