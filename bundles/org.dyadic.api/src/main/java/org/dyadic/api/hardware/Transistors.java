package org.dyadic.api.hardware;

import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Value;

/** Which transistors of a process a chip is made of: what it draws when nothing moves. */
public enum Transistors {
    /** As the low standby power devices of the ITRS roadmap; what Accelergy assumes too. */
    LOW_POWER,
    /** As the high performance devices of the ITRS roadmap, which leak thousands of times more. */
    HIGH_PERFORMANCE;

    /** The setting {@code transistors low-power}. */
    public static final Parameter PARAMETER =
            Parameter.choice("transistors", Transistors.class)
                    .defaultsTo(LOW_POWER)
                    .documented("what leaks: devices of low standby power or of high performance");

    /** The word in the language: {@code low-power}. */
    public String id() {
        return Value.Word.of(this).word();
    }
}
