package org.dyadic.api.hardware;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of off-chip memory that cost models know. */
public enum DramType {
    LPDDR4,
    LPDDR,
    DDR3,
    GDDR5,
    HBM2,
    HMC;

    /** The word in the language: {@code lpddr4}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words for all kinds. */
    static String[] ids() {
        return Arrays.stream(values()).map(DramType::id).toArray(String[]::new);
    }

    /** The kind of a word. */
    static DramType of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
