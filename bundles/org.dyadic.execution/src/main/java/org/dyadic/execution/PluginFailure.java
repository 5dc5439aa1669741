package org.dyadic.execution;

/** A plugin threw, or answered what it must not. What it was doing is in the message. */
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String plugin;

    /**
     * @param plugin its kind and id: {@code quantizer upot}
     */
    public PluginFailure(String plugin, String doing, Throwable cause) {
        super(doing + ": " + describe(cause), cause);
        this.plugin = plugin;
    }

    public PluginFailure(String plugin, String message) {
        super(message);
        this.plugin = plugin;
    }

    /**
     * What went wrong, as a failure: itself if it is one, else one of the platform. Running out of
     * memory says what helps.
     */
    public static PluginFailure of(Throwable thrown) {
        if (thrown instanceof PluginFailure failure) {
            return failure;
        }
        return thrown instanceof OutOfMemoryError
                ? new PluginFailure(
                        "platform",
                        "out of memory; calibrate on fewer images, or give Java more (DYADIC_JAVA_OPTS=-Xmx8g)")
                : new PluginFailure("platform", describe(thrown));
    }

    /** Who failed: a kind and an id, or {@code platform}. */
    public String plugin() {
        return plugin;
    }

    private static String describe(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : cause.getMessage() + " (" + name + ")";
    }
}
