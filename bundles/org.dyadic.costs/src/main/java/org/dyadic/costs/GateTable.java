package org.dyadic.costs;

import java.util.Optional;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Decoder;
import org.dyadic.api.hardware.Component.Dram;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Component.Saturator;
import org.dyadic.api.hardware.Component.ShiftMultiplier;
import org.dyadic.api.hardware.Component.Sram;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.CostService;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/**
 * Prices every part the platform knows, from 130 to 7 nm and 0.6 to 1.3 V. Ratios between parts of
 * one node are what to trust: element areas are within 8 % of the netlists they were fitted to, and
 * ratios of element energies within 8 % of the measured spread. Absolute figures rest on single
 * published anchors and may be off by a factor of two or three.
 */
@Component
@CostService(id = "gate-table")
public final class GateTable implements CostModel {

    /**
     * Area of a gate equivalent at 45 nm: the synthesised elements of Bit Fusion
     * (systolic_array_synth.csv, 45 nm, 8x2 array: 4 bit 182, 8 bit 480, 16 bit 1522 um2) over
     * those measured here (252, 696, 2279 GE): 0.722, 0.690, 0.668; geometric mean.
     */
    private static final double SQUARE_MICROMETRES_PER_GATE = 0.69;

    // Energies of one use at 45 nm and 0.9 V, in pJ.
    private static final double MULTIPLY_BIT_SQUARED =
            0.0029948; // QKeras qtools, after Horowitz 2014
    private static final double MULTIPLY_BIT =
            0.0010417; // QKeras qtools; 8 bit: 0.200, 4 bit: 0.052
    private static final double ADD_BIT = 0.003125; // QKeras qtools; 32 bit: 0.1

    /**
     * A shift multiplier, for each activation bit and each term and one more: solves the measured
     * energies of elements with stationary weights, int8 over x, two terms 1.49, 1.45, 1.42 (8 bit)
     * and 2.21, 2.07, 2.07 (4 bit), one term 1.80, 1.71, 1.68 and 2.67, 2.43, 2.45.
     */
    private static final double SHIFT_BIT = 0.0037;

    /**
     * The clock of a flip-flop: 5.3 pJ for the 24 of the measured int8 multiply-accumulate (OSU018,
     * 27.65 pJ), scaled as the rest of it (22.35 pJ) to 0.2 + 24 x 0.003125 pJ.
     */
    private static final double CLOCK_BIT = 0.0027;

    /** Any other logic, for each gate equivalent: as the 8 bit multiplier, 0.2 pJ and 434 GE. */
    private static final double GATE = 0.00046;

    private static final String GATES =
            "gate equivalents of measured netlists (OSU018) x 0.69 um2 (Bit Fusion elements, 45 nm)";
    private static final String CACTI = "CACTI sweep of Bit Fusion (45 nm, 32 bit port)";

    @Override
    public String documentation() {
        return "gate equivalents of measured netlists, energies after Horowitz 2014 (QKeras), SRAM"
                + " after CACTI, scaled from 45 nm and 0.9 V by Stillmaker & Baas 2017";
    }

    @Override
    public Optional<Price> price(org.dyadic.api.hardware.Component part, Technology technology) {
        return Scaling.to(technology).flatMap(scaling -> price(part, technology, scaling));
    }

    private static Optional<Price> price(
            org.dyadic.api.hardware.Component part, Technology technology, Scaling scaling) {
        var at = new At(technology, scaling);
        if (part instanceof Multiplier multiplier) {
            double a = multiplier.weightBits();
            double b = multiplier.activationBits();
            return at.logic(
                    Gates.of(multiplier),
                    MULTIPLY_BIT_SQUARED * a * b + MULTIPLY_BIT * (a + b) / 2,
                    "QKeras polynomial after Horowitz, ISSCC 2014");
        }
        if (part instanceof ShiftMultiplier shift) {
            return at.logic(
                    Gates.of(shift),
                    SHIFT_BIT * shift.activationBits() * (shift.terms() + 1),
                    "measured ratio to the int8 element, weights stationary");
        }
        if (part instanceof Adder adder) {
            return at.logic(
                    Gates.FULL_ADDER * adder.bits(),
                    ADD_BIT * adder.bits(),
                    "QKeras polynomial after Horowitz, ISSCC 2014");
        }
        if (part instanceof Register register) {
            return at.logic(
                    Gates.FLIP_FLOP * register.bits(),
                    CLOCK_BIT * register.bits(),
                    "measured share of the clock in an int8 element");
        }
        if (part instanceof Decoder decoder) {
            return at.gates(Gates.of(decoder));
        }
        if (part instanceof Requantize requantize) {
            return at.gates(Gates.of(requantize));
        }
        if (part instanceof Saturator saturator) {
            return at.gates(Gates.of(saturator));
        }
        if (part instanceof Sram sram) {
            var memory = Memory.of(sram);
            return at.price(
                    memory.squareMillimetres() * 1e6,
                    memory.picojoules(),
                    CACTI + "; beyond 16 KiB energy grows as the square root");
        }
        if (part instanceof Dram dram) {
            return Optional.of(
                    new Price(
                            Quantity.of(0, Unit.SQUARE_MICROMETRE),
                            Quantity.of(dram.picojoulesPerBit(), Unit.PICOJOULE),
                            Kind.MODELLED,
                            "the accelerator's own setting"));
        }
        return Optional.empty();
    }

    /** A technology and the factors that lead to it. */
    private record At(Technology technology, Scaling scaling) {

        Optional<Price> gates(double gates) {
            return logic(gates, GATE * gates, "0.46 fJ for each gate, as an 8 bit multiplier");
        }

        Optional<Price> logic(double gates, double picojoules, String energySource) {
            return price(
                    SQUARE_MICROMETRES_PER_GATE * gates, picojoules, GATES + "; " + energySource);
        }

        Optional<Price> price(double squareMicrometres, double picojoules, String source) {
            return Optional.of(
                    new Price(
                            Quantity.of(squareMicrometres * scaling.area(), Unit.SQUARE_MICROMETRE),
                            Quantity.of(picojoules * scaling.energy(), Unit.PICOJOULE),
                            Kind.MODELLED,
                            source
                                    + "; to "
                                    + technology.node()
                                    + ", "
                                    + technology.voltage()
                                    + " by Stillmaker & Baas 2017"));
        }
    }
}
