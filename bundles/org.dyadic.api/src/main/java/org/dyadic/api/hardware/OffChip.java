package org.dyadic.api.hardware;

import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * The memory outside the chip.
 *
 * @param energyPerBit what moving a bit takes; what cost models know of the type if left out
 */
public record OffChip(Quantity bandwidth, DramType type, Optional<Quantity> energyPerBit) {

    public OffChip {
        Objects.requireNonNull(type, "type");
        if (!(bandwidth.in(Unit.BYTE_PER_SECOND) > 0)) {
            throw new IllegalArgumentException("a bandwidth is positive, was " + bandwidth);
        }
        energyPerBit
                .filter(energy -> energy.in(Unit.PICOJOULE_PER_BIT) < 0)
                .ifPresent(
                        energy -> {
                            throw new IllegalArgumentException(
                                    "energy per bit is not negative, was " + energy);
                        });
    }

    /** One whose energy is known. */
    public OffChip(Quantity bandwidth, Quantity energyPerBit) {
        this(bandwidth, DramType.LPDDR4, Optional.of(energyPerBit));
    }

    /** The block {@code dram { bandwidth 12.8 GB/s type lpddr4 }}. */
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
                                    Parameter.choice("type", DramType.class)
                                            .defaultsTo(DramType.LPDDR4)
                                            .documented(
                                                    "the kind of memory, which tells its energy"),
                                    Parameter.measure(
                                                    "energy",
                                                    Quantity.of(0.01, Unit.PICOJOULE_PER_BIT),
                                                    Quantity.of(1000, Unit.PICOJOULE_PER_BIT))
                                            .mayBeLeftOut()
                                            .documented(
                                                    "to move one bit between chip and memory; left out: by type")))
                    .documented("the memory outside the chip");

    /** This memory as a part to price; a use moves a bit. */
    public Component.Dram memory() {
        return energyPerBit
                .map(energy -> new Component.Dram(energy.in(Unit.PICOJOULE_PER_BIT)))
                .orElseGet(() -> new Component.Dram(type));
    }

    /** What the settings of a backend that declares {@link #PARAMETER} say. */
    public static OffChip of(Settings settings) {
        var block = settings.block("dram");
        return new OffChip(
                block.measure("bandwidth"),
                block.choice("type", DramType.class),
                block.has("energy") ? Optional.of(block.measure("energy")) : Optional.empty());
    }
}
