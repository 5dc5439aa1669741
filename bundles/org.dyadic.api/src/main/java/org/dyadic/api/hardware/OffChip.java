package org.dyadic.api.hardware;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** The memory outside the chip. */
public record OffChip(Quantity bandwidth, Quantity energyPerBit) {

    public OffChip {
        if (!(bandwidth.in(Unit.BYTE_PER_SECOND) > 0)) {
            throw new IllegalArgumentException("a bandwidth is positive, was " + bandwidth);
        }
        if (energyPerBit.in(Unit.PICOJOULE_PER_BIT) < 0) {
            throw new IllegalArgumentException(
                    "energy per bit is not negative, was " + energyPerBit);
        }
    }

    /** The block {@code dram { bandwidth 12.8 GB/s energy 8 pJ/bit }}. */
    public static final Parameter PARAMETER =
            Parameter.block(
                            "dram",
                            ParameterSpec.of(
                                    "off-chip memory",
                                    Parameter.measure(
                                                    "bandwidth",
                                                    Quantity.of(1, Unit.MEGABYTE_PER_SECOND),
                                                    Quantity.of(10_000, Unit.GIGABYTE_PER_SECOND))
                                            // one 64-bit channel of LPDDR4-1600: 1600 MT/s x 8 B
                                            // (JEDEC JESD209-4)
                                            .defaultsTo(Quantity.of(12.8, Unit.GIGABYTE_PER_SECOND))
                                            .documented("what the memory delivers at best"),
                                    Parameter.measure(
                                                    "energy",
                                                    Quantity.of(0.01, Unit.PICOJOULE_PER_BIT),
                                                    Quantity.of(1000, Unit.PICOJOULE_PER_BIT))
                                            // LPDDR4, as in Accelergy's CACTI plug-in
                                            .defaultsTo(Quantity.of(8, Unit.PICOJOULE_PER_BIT))
                                            .documented("to move one bit between chip and memory")))
                    .documented("the memory outside the chip");

    /** This memory as a part to price; a use moves a bit. */
    public Component.Dram memory() {
        return new Component.Dram(energyPerBit.in(Unit.PICOJOULE_PER_BIT));
    }

    /** What the settings of a backend that declares {@link #PARAMETER} say. */
    public static OffChip of(Settings settings) {
        var block = settings.block("dram");
        return new OffChip(block.measure("bandwidth"), block.measure("energy"));
    }
}
