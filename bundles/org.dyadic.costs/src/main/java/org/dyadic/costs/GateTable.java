package org.dyadic.costs;

import java.util.List;
import java.util.Optional;
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
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.CostService;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Path;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/**
 * Prices every part the platform knows, from 130 to 7 nm and 0.6 to 1.3 V. Ratios between parts of
 * one node are what to trust: element areas are within 8 % of the netlists they were fitted to, and
 * ratios of element energies within 8 % of the measured spread. Absolute figures rest on single
 * published anchors and may be off by a factor of two or three. What multiplies, shifts, selects or
 * adds takes energy in proportion to the bits of the streaming operands that toggle, where they are
 * counted, as if sums toggled as they do; that of a register is its clock's, which toggles anyway.
 * Every number it rests on is a {@link Constants constant} with a source.
 */
@Component
@CostService(id = "gate-table")
public final class GateTable implements CostModel {

    private static final String GATES =
            "gate equivalents of measured netlists (OSU018) x 0.69 um2 (Bit Fusion elements, 45 nm)";
    private static final String HOROWITZ = "QKeras polynomial after Horowitz, ISSCC 2014";

    @Override
    public String documentation() {
        return "gate equivalents and delays of measured netlists, energies after Horowitz 2014"
                + " (QKeras), SRAM after CACTI, scaled from 45 nm and 0.9 V by Stillmaker & Baas 2017";
    }

    @Override
    public String technologies() {
        return Scaling.technologies(Constants.shipped().page());
    }

    @Override
    public Optional<Price> price(org.dyadic.api.hardware.Component part, Technology technology) {
        var page = Constants.shipped().page();
        return Scaling.to(page, technology)
                .flatMap(scaling -> new At(page, technology, scaling).price(part));
    }

    @Override
    public Optional<Path> path(
            List<org.dyadic.api.hardware.Component> parts, Technology technology) {
        var page = Constants.shipped().page();
        boolean known = parts.stream().allMatch(part -> price(part, technology).isPresent());
        return Scaling.to(page, technology)
                .filter(scaling -> known && !parts.isEmpty())
                .map(
                        scaling ->
                                new Path(
                                        Quantity.of(
                                                new Delays(page).along(parts) * scaling.delay(),
                                                Unit.NANOSECOND),
                                        Kind.MODELLED,
                                        "delays of measured netlists (OSU018), without wires; to "
                                                + technology.node()
                                                + " at its usual voltage",
                                        page.used()));
    }

    /** A technology, the factors that lead to it, and the page that constants are noted on. */
    private record At(Constants.Page page, Technology technology, Scaling scaling) {

        Optional<Price> price(org.dyadic.api.hardware.Component part) {
            var gates = new Gates(page);
            if (part instanceof Multiplier multiplier) {
                double a = multiplier.weightBits();
                double b = multiplier.activationBits();
                return moved(
                        part,
                        gates.of(multiplier),
                        page.of("energy.multiplier.bit-pair") * a * b
                                + page.of("energy.multiplier.bit") * (a + b) / 2,
                        HOROWITZ);
            }
            if (part instanceof ShiftMultiplier shift) {
                return moved(
                        part,
                        gates.of(shift),
                        page.of("energy.shift.bit") * shift.activationBits() * (shift.terms() + 1),
                        "measured ratio to the int8 element, weights stationary");
            }
            if (part instanceof SubsetMultiplier subsets) {
                return moved(
                        part,
                        gates.of(subsets),
                        page.of("energy.subset.bit")
                                * subsets.activationBits()
                                * subsets.powers().size(),
                        "measured ratio to the int8 element, weights stationary");
            }
            if (part instanceof Selector selector) {
                return moved(
                        part,
                        gates.of(selector),
                        page.of("energy.selector.bit")
                                * selector.bits()
                                * Math.max(1, StrictMath.log(selector.words()) / StrictMath.log(2)),
                        "measured ratio to the int8 element, weights stationary");
            }
            if (part instanceof FusedMultiplier fused) {
                return moved(
                        part,
                        gates.of(fused),
                        page.of("energy.fused.brick")
                                * fused.bricks()
                                * StrictMath.log(fused.bits() / 2.0)
                                / StrictMath.log(2),
                        "power of Bit Fusion's flexible elements beside its fixed ones");
            }
            if (part instanceof Adder adder) {
                return moved(
                        part,
                        gates.adder(adder.bits()),
                        page.of("energy.adder.bit") * adder.bits(),
                        HOROWITZ);
            }
            if (part instanceof Register register) {
                return logic(
                        part,
                        gates.flipFlops(register.bits()),
                        page.of("energy.flip-flop") * register.bits(),
                        "measured share of the clock in an int8 element");
            }
            if (part instanceof Decoder decoder) {
                return gates(part, gates.of(decoder));
            }
            if (part instanceof Requantize requantize) {
                return gates(part, gates.of(requantize));
            }
            if (part instanceof Saturator saturator) {
                return gates(part, gates.of(saturator));
            }
            if (part instanceof Sram sram) {
                return memory(new Memory(page, sram));
            }
            if (part instanceof Dram dram) {
                return Optional.of(offChip(dram));
            }
            return Optional.empty();
        }

        private Optional<Price> gates(org.dyadic.api.hardware.Component part, double gates) {
            return logic(
                    part,
                    gates,
                    page.of("energy.gate") * gates,
                    "0.46 fJ for each gate, as an 8 bit multiplier");
        }

        /** Logic whose energy goes with the bits of its operands that change. */
        private Optional<Price> moved(
                org.dyadic.api.hardware.Component part,
                double gates,
                double picojoules,
                String energySource) {
            double toggles = page.of("energy.toggles");
            return logic(part, gates, picojoules, energySource)
                    .map(price -> price.atToggles(toggles));
        }

        private Optional<Price> logic(
                org.dyadic.api.hardware.Component part,
                double gates,
                double picojoules,
                String energySource) {
            return price(
                    page.of("area.gate") * gates,
                    picojoules,
                    page.of("leakage.gate") * 1e-6 * gates,
                    new Delays(page).of(part) * scaling.delay(),
                    GATES + "; " + energySource);
        }

        private Optional<Price> memory(Memory memory) {
            // its delay is of 45 nm, those of logic of 180 nm
            double delay = scaling.delay() / scaling.delayOfAnchor();
            return price(
                    memory.squareMillimetres() * 1e6,
                    memory.picojoules(),
                    memory.milliwatts() * 1e-3,
                    memory.nanoseconds() * delay,
                    "CACTI sweep of Bit Fusion (45 nm, 32 bit port); beyond 16 KiB energy grows as"
                            + " the square root");
        }

        private Price offChip(Dram dram) {
            var nothing = Quantity.of(0, Unit.SQUARE_MICROMETRE);
            double picojoules =
                    dram.picojoulesPerBit().isPresent()
                            ? dram.picojoulesPerBit().getAsDouble()
                            : page.of("dram." + dram.type().id());
            String source =
                    dram.picojoulesPerBit().isPresent()
                            ? "the accelerator's own setting"
                            : "energy of " + dram.type() + " in Accelergy's CACTI plug-in";
            return new Price(
                    nothing,
                    Quantity.of(picojoules, Unit.PICOJOULE),
                    Quantity.of(0, Unit.WATT),
                    Quantity.of(0, Unit.NANOSECOND),
                    Kind.MODELLED,
                    source,
                    page.used());
        }

        private Optional<Price> price(
                double squareMicrometres,
                double picojoules,
                double watts,
                double nanoseconds,
                String source) {
            double area = squareMicrometres * scaling.area();
            double energy = picojoules * scaling.energy();
            double leakage = watts * scaling.leakage();
            return Optional.of(
                    new Price(
                            Quantity.of(area, Unit.SQUARE_MICROMETRE),
                            Quantity.of(energy, Unit.PICOJOULE),
                            Quantity.of(leakage, Unit.WATT),
                            Quantity.of(nanoseconds, Unit.NANOSECOND),
                            Kind.MODELLED,
                            source
                                    + "; to "
                                    + technology.node()
                                    + ", "
                                    + technology.voltage()
                                    + " by Stillmaker & Baas 2017",
                            page.used()));
        }
    }
}
