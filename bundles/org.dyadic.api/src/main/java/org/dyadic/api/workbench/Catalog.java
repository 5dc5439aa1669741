package org.dyadic.api.workbench;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What is installed, at this moment. Provided by the platform; ask each time, keep nothing. */
@ProviderType
public interface Catalog {

    /** Every plugin, by kind and then id; of two with one id, the one in use. */
    List<PluginInfo> plugins();

    /** The plugin of a kind and id. */
    default Optional<PluginInfo> find(PluginKind kind, String id) {
        return plugins().stream()
                .filter(plugin -> plugin.kind() == kind && plugin.id().equals(id))
                .findFirst();
    }

    /** The ids of a kind, in order. */
    default List<String> ids(PluginKind kind) {
        return plugins().stream()
                .filter(plugin -> plugin.kind() == kind)
                .map(PluginInfo::id)
                .toList();
    }

    /** How the plugins that were called in this process have fared, by kind and id. */
    default List<PluginHealth> health() {
        return List.of();
    }
}
