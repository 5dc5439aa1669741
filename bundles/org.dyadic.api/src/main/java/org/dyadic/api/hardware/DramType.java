package org.dyadic.api.hardware;

import org.dyadic.api.spec.Value;

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
        return Value.Word.of(this).word();
    }
}
