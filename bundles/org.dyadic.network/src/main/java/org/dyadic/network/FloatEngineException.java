package org.dyadic.network;

/** An engine for single precision is not there, or failed. The message is for users. */
public final class FloatEngineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public FloatEngineException(String message) {
        super(message);
    }

    public FloatEngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
