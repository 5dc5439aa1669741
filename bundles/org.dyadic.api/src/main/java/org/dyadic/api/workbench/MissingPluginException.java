package org.dyadic.api.workbench;

/** Something was asked for that is not installed. The message says what, and how to get it. */
public final class MissingPluginException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public MissingPluginException(String message) {
        super(message);
    }
}
