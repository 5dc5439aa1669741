package org.dyadic.launcher;

/**
 * Why Dyadic cannot start, in one sentence for the user: what was found, where, and the next step.
 */
public final class LaunchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaunchFailure(String message) {
        super(message, null, false, false);
    }
}
