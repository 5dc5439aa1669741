package org.dyadic.api.report;

import java.util.Objects;

/**
 * How long a plugin worked during a stage of a run: measured.
 *
 * @param stage as in {@link Results#timings}
 * @param plugin kind and id, such as {@code quantizer upot}
 * @param calls that ended during the stage
 * @param seconds the sum over all threads, so that it may be more than the stage took
 */
public record PluginTime(String stage, String plugin, long calls, double seconds) {

    public PluginTime {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(plugin, "plugin");
    }
}
