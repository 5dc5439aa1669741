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

    public String plugin() {
        return plugin;
    }

    private static String describe(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : cause.getMessage() + " (" + name + ")";
    }
}
