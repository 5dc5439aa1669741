package org.dyadic.execution;

import org.dyadic.api.workbench.Progress;

/** The user wants no more. */
public final class Cancelled extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Cancelled() {
        super("cancelled", null, false, false);
    }

    /** Goes on unless the user wants to stop. */
    public static void check(Progress progress) {
        if (progress.cancelled()) {
            throw new Cancelled();
        }
    }
}
