package org.dyadic.api.workbench;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One message that a plugin or the platform logged or printed.
 *
 * @param bundle symbolic name of the bundle that logged, or that the printing plugin is from; empty
 *     if that is not known
 * @param version of the bundle; empty if that is not known
 * @param plugin kind and id of the plugin that was at work, such as {@code quantizer upot}; empty
 *     if none was
 * @param logger its name; {@code System.out} or {@code System.err} for what was printed
 * @param trace the stack trace of the exception that came with the message; for files alone
 */
public record LogLine(
        Instant time,
        Level level,
        String bundle,
        String version,
        String plugin,
        String logger,
        String message,
        Optional<String> trace) {

    public LogLine {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(logger, "logger");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(trace, "trace");
    }

    /** Whose it is: {@code quantizer upot (org.dyadic.quantizers 0.1.0)}. */
    public String source() {
        String from = (bundle + " " + version).strip();
        return plugin.isEmpty() || from.isEmpty() ? plugin + from : plugin + " (" + from + ")";
    }

    /**
     * Whether a name means this: an id of a plugin, the name of a bundle or of a logger, or a
     * prefix of these that ends before a dot; the empty name means everything.
     */
    public boolean isOf(String name) {
        return name.isEmpty()
                || plugin.endsWith(" " + name)
                || starts(bundle, name)
                || starts(logger, name);
    }

    private static boolean starts(String whole, String name) {
        return whole.equals(name) || whole.startsWith(name + ".");
    }
}
