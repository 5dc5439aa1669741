package org.dyadic.api.unit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A unit a user may write after a number. Every unit knows its factor to the base unit of its
 * dimension.
 */
public enum Unit {
    ONE("", Dimension.RATIO, 1),
    PERCENT("%", Dimension.RATIO, 1e-2),
    METRE("m", Dimension.LENGTH, 1),
    MILLIMETRE("mm", Dimension.LENGTH, 1e-3),
    MICROMETRE("um", Dimension.LENGTH, 1e-6),
    NANOMETRE("nm", Dimension.LENGTH, 1e-9),
    SQUARE_MILLIMETRE("mm2", Dimension.AREA, 1e-6),
    SQUARE_MICROMETRE("um2", Dimension.AREA, 1e-12),
    SECOND("s", Dimension.TIME, 1),
    MILLISECOND("ms", Dimension.TIME, 1e-3),
    MICROSECOND("us", Dimension.TIME, 1e-6),
    NANOSECOND("ns", Dimension.TIME, 1e-9),
    HERTZ("Hz", Dimension.FREQUENCY, 1),
    KILOHERTZ("kHz", Dimension.FREQUENCY, 1e3),
    MEGAHERTZ("MHz", Dimension.FREQUENCY, 1e6),
    GIGAHERTZ("GHz", Dimension.FREQUENCY, 1e9),
    VOLT("V", Dimension.VOLTAGE, 1),
    MILLIVOLT("mV", Dimension.VOLTAGE, 1e-3),
    WATT("W", Dimension.POWER, 1),
    MILLIWATT("mW", Dimension.POWER, 1e-3),
    JOULE("J", Dimension.ENERGY, 1),
    MILLIJOULE("mJ", Dimension.ENERGY, 1e-3),
    MICROJOULE("uJ", Dimension.ENERGY, 1e-6),
    NANOJOULE("nJ", Dimension.ENERGY, 1e-9),
    PICOJOULE("pJ", Dimension.ENERGY, 1e-12),
    FEMTOJOULE("fJ", Dimension.ENERGY, 1e-15),
    BIT("bit", Dimension.SIZE, 0.125),
    BYTE("B", Dimension.SIZE, 1),
    KILOBYTE("kB", Dimension.SIZE, 1e3),
    MEGABYTE("MB", Dimension.SIZE, 1e6),
    GIGABYTE("GB", Dimension.SIZE, 1e9),
    KIBIBYTE("KiB", Dimension.SIZE, 1024),
    MEBIBYTE("MiB", Dimension.SIZE, 1024 * 1024),
    GIBIBYTE("GiB", Dimension.SIZE, 1024 * 1024 * 1024),
    BYTE_PER_SECOND("B/s", Dimension.BANDWIDTH, 1),
    MEGABYTE_PER_SECOND("MB/s", Dimension.BANDWIDTH, 1e6),
    GIGABYTE_PER_SECOND("GB/s", Dimension.BANDWIDTH, 1e9),
    GIBIBYTE_PER_SECOND("GiB/s", Dimension.BANDWIDTH, 1024 * 1024 * 1024),
    JOULE_PER_BIT("J/bit", Dimension.ENERGY_PER_BIT, 1),
    NANOJOULE_PER_BIT("nJ/bit", Dimension.ENERGY_PER_BIT, 1e-9),
    PICOJOULE_PER_BIT("pJ/bit", Dimension.ENERGY_PER_BIT, 1e-12),
    FEMTOJOULE_PER_BIT("fJ/bit", Dimension.ENERGY_PER_BIT, 1e-15);

    private final String symbol;
    private final Dimension dimension;
    private final double factor;

    Unit(String symbol, Dimension dimension, double factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
    }

    /** How the unit is written, such as {@code KiB}; empty for a plain number. */
    public String symbol() {
        return symbol;
    }

    /** What the unit measures. */
    public Dimension dimension() {
        return dimension;
    }

    /** How many base units of the dimension (SI; bytes for sizes) one of this unit is. */
    public double factor() {
        return factor;
    }

    /** The unit written as {@code symbol}; letter case matters, as in mW and MW. */
    public static Optional<Unit> of(String symbol) {
        return Arrays.stream(values()).filter(unit -> unit.symbol.equals(symbol)).findFirst();
    }

    /** The symbols a user may write for a dimension, for messages. */
    public static List<String> symbols(Dimension dimension) {
        return Arrays.stream(values())
                .filter(unit -> unit.dimension == dimension && !unit.symbol.isEmpty())
                .map(Unit::symbol)
                .toList();
    }
}
