package org.dyadic.api.hardware;

import java.util.Objects;
import java.util.Optional;

/** Whether a machine can execute a layer. */
public sealed interface Verdict {

    /**
     * It can.
     *
     * @param macsPerCycle multiply-accumulates that one processing element does each cycle: 1
     *     normally, more when operands are packed, a fraction when a product takes several cycles
     * @param timing by the backend's own model; a machine whose dataflow is {@link
     *     Dataflow#ROW_STATIONARY} needs one, and on others it takes the place of the simulator's
     */
    record Acceptance(double macsPerCycle, Optional<Timing> timing) implements Verdict {
        public Acceptance {
            if (!(macsPerCycle > 0)) {
                throw new IllegalArgumentException(
                        "macsPerCycle must be positive, was " + macsPerCycle);
            }
            Objects.requireNonNull(timing, "timing");
        }

        /** One that leaves timing to the simulator. */
        public Acceptance(double macsPerCycle) {
            this(macsPerCycle, Optional.empty());
        }
    }

    /** It cannot. The reason finishes the sentence {@code cannot execute layer x: ...}. */
    record Refusal(String reason) implements Verdict {
        public Refusal {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }
}
