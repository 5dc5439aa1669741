package org.dyadic.api.workbench;

/**
 * The plugins could not be changed as asked, and are as they were. The message says why and what to
 * do.
 */
public final class PluginChangeException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean asked;

    /**
     * @param asked true if what was asked for is wrong, false if the machine failed: a full disk, a
     *     network that is away
     */
    public PluginChangeException(boolean asked, String message) {
        super(message);
        this.asked = asked;
    }

    /** True if what was asked for is wrong, false if the machine failed. */
    public boolean asked() {
        return asked;
    }
}
