package org.dyadic.api.report;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.dyadic.api.workbench.PluginInfo;

/**
 * What is needed to make a result again, and when it was made.
 *
 * @param specification the SHA-256 of the resolved specification
 * @param date when the run began
 */
public record Provenance(
        String dyadic,
        List<PluginInfo> plugins,
        String kernels,
        long seed,
        String java,
        String specification,
        Instant date) {

    public Provenance {
        plugins = List.copyOf(plugins);
        Objects.requireNonNull(date, "date");
    }
}
