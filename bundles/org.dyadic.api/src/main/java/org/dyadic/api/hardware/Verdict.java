package org.dyadic.api.hardware;

/** Whether a machine can execute a layer. */
public sealed interface Verdict {

    /**
     * It can.
     *
     * @param macsPerCycle multiply-accumulates that one processing element does each cycle: 1
     *     normally, more when operands are packed, a fraction when a product takes several cycles
     */
    record Acceptance(double macsPerCycle) implements Verdict {
        public Acceptance {
            if (!(macsPerCycle > 0)) {
                throw new IllegalArgumentException(
                        "macsPerCycle must be positive, was " + macsPerCycle);
            }
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
