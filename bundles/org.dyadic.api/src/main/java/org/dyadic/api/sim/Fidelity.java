package org.dyadic.api.sim;

/** A simulator's bid: how well it can estimate a machine. */
public sealed interface Fidelity {

    /**
     * It can, with about this relative error in cycles; the smallest bid wins when a user names no
     * simulator.
     */
    record Supported(double expectedError) implements Fidelity {
        public Supported {
            if (!(expectedError >= 0)) {
                throw new IllegalArgumentException(
                        "an error is not negative, was " + expectedError);
            }
        }
    }

    /** It cannot. */
    record Unsupported(String reason) implements Fidelity {
        public Unsupported {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("who cannot estimate says why");
            }
        }
    }
}
