package org.dyadic.api.workbench;

import java.util.Objects;
import java.util.Optional;

/**
 * How a plugin has fared since this process began.
 *
 * @param plugin kind and id, such as {@code quantizer upot}
 * @param calls that have ended
 * @param seconds measured, the sum over all threads
 * @param lastFailure what went wrong last, if anything did
 */
public record PluginHealth(
        String plugin, long calls, double seconds, Optional<String> lastFailure) {

    public PluginHealth {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(lastFailure, "lastFailure");
    }
}
