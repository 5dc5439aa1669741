package org.dyadic.api.hardware;

import java.util.Arrays;
import java.util.Locale;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

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
        return name().toLowerCase(Locale.ROOT);
    }

    /** A parameter by which a user chooses. */
    static final Parameter PARAMETER =
            Parameter.choice(
                            "overflow",
                            Arrays.stream(values()).map(Overflow::id).toArray(String[]::new))
                    .defaultsTo(WRAP.id())
                    .documented(
                            "what becomes of a sum wider than the accumulator: it loses its high"
                                    + " bits, or leaves wider adders as the nearest that fits");

    /** What the settings of a backend that declares {@link #PARAMETER} say. */
    static Overflow of(Settings settings) {
        return valueOf(settings.choice(PARAMETER.name()).toUpperCase(Locale.ROOT));
    }
}
