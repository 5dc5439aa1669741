package org.dyadic.api.hardware;

import java.util.Arrays;
import java.util.Locale;
import org.dyadic.api.spec.Parameter;

/** Which transistors of a process a chip is made of: what it draws when nothing moves. */
public enum Transistors {
    /** As the low standby power devices of the ITRS roadmap; what Accelergy assumes too. */
    LOW_POWER,
    /** As the high performance devices of the ITRS roadmap, which leak thousands of times more. */
    HIGH_PERFORMANCE;

    /** The setting {@code transistors low-power}. */
    public static final Parameter PARAMETER =
            Parameter.choice(
                            "transistors",
                            Arrays.stream(values()).map(Transistors::id).toArray(String[]::new))
                    .defaultsTo(LOW_POWER.id())
                    .documented("what leaks: devices of low standby power or of high performance");

    /** The word in the language: {@code low-power}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The transistors of a word. */
    static Transistors of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
