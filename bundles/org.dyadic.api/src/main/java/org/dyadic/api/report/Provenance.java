package org.dyadic.api.report;

import java.util.List;
import org.dyadic.api.workbench.PluginInfo;

/**
 * What is needed to make a result again. {@code specification} is the SHA-256 of the resolved
 * specification.
 */
public record Provenance(
        String dyadic,
        List<PluginInfo> plugins,
        String kernels,
        long seed,
        String java,
        String specification) {

    public Provenance {
        plugins = List.copyOf(plugins);
    }
}
