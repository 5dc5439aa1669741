package org.dyadic.api.unit;

/** What a quantity measures. Quantities convert within one dimension only. */
public enum Dimension {
    RATIO("a ratio"),
    LENGTH("a length"),
    AREA("an area"),
    TIME("a time"),
    FREQUENCY("a frequency"),
    VOLTAGE("a voltage"),
    POWER("a power"),
    ENERGY("an energy"),
    SIZE("a memory size"),
    BANDWIDTH("a bandwidth"),
    ENERGY_PER_BIT("an energy per bit");

    private final String phrase;

    Dimension(String phrase) {
        this.phrase = phrase;
    }

    /** The dimension with its article, for messages: {@code a frequency}. */
    public String phrase() {
        return phrase;
    }
}
