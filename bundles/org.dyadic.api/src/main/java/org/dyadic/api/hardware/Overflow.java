package org.dyadic.api.hardware;

import org.dyadic.api.spec.Value;

/**
 * What happens to a sum that does not fit its accumulator. It is counted and reported either way.
 */
public enum Overflow {
    /** The high bits are lost, as in two's complement: a sum on its way may leave and return. */
    WRAP,
    /**
     * The final sum becomes the nearest number that fits, in whatever order it was added up: the
     * adders on the way have bits to spare.
     */
    SATURATE;

    /** The word in the language: {@code wrap}. */
    public String id() {
        return Value.Word.of(this).word();
    }
}
