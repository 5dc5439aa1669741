package org.dyadic.api.hardware;

import java.util.Arrays;
import java.util.Locale;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/** What enters the array where a window leaves the image; the same for grids that have a zero. */
public enum Padding {
    /** An exact zero, outside the code if the grid has none. */
    ZERO,
    /** The level of the grid nearest to zero. */
    NEAREST_LEVEL;

    /** The word in the language: {@code nearest-level}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A parameter by which a user chooses. */
    static final Parameter PARAMETER =
            Parameter.choice(
                            "padding",
                            Arrays.stream(values()).map(Padding::id).toArray(String[]::new))
                    .defaultsTo(ZERO.id())
                    .documented(
                            "what enters beyond the border of an image, where a grid has no zero");

    /** What the settings of a backend that declares {@link #PARAMETER} say. */
    static Padding of(Settings settings) {
        return valueOf(
                settings.choice(PARAMETER.name()).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
