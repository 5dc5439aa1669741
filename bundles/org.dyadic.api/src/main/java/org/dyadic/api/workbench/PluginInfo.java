package org.dyadic.api.workbench;

import java.util.Objects;
import org.dyadic.api.spec.ParameterSpec;

/** An installed plugin: its kind and id, what it declares, and the bundle it comes from. */
public record PluginInfo(
        PluginKind kind, String id, ParameterSpec parameters, String bundle, String version) {

    public PluginInfo {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(parameters, "parameters");
    }
}
