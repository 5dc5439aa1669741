package org.dyadic.launcher;

/**
 * Why Dyadic cannot start, in one sentence for the user: what was found, where, and the next step.
 */
public final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean asked;

    LaunchFailure(String message) {
        this(message, false);
    }

    /**
     * @param asked true if Dyadic is well, and what was asked of it is not
     */
    LaunchFailure(String message, boolean asked) {
        super(message, null, false, false);
        this.asked = asked;
    }

    boolean asked() {
        return asked;
    }
}
