package org.dyadic.api.workbench;

import java.util.Locale;

/** The kinds of plugin there are. */
public enum PluginKind {
    QUANTIZER,
    BACKEND,
    SIMULATOR,
    COST,
    READER,
    DATASET,
    REPORT;

    /**
     * The word in lists, and the prefix of the service property: {@code quantizer} in {@code
     * quantizer.id}.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
