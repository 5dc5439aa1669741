package org.dyadic.lang.checks;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.eclipse.emf.ecore.EObject;

/** Is a plugin installed, and does it take these settings? */
final class PluginChecks {

    private final Catalog catalog;
    private final Findings findings;

    PluginChecks(Catalog catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    Optional<PluginInfo> find(PluginKind kind, String id, Position at) {
        var plugin = catalog.find(kind, id);
        if (plugin.isEmpty()) {
            findings.report(at, IssueCode.UNKNOWN_PLUGIN, unknown(kind, id));
        }
        return plugin;
    }

    /** Without a word if it is not installed. */
    Optional<PluginInfo> quietly(PluginKind kind, String id) {
        return catalog.find(kind, id);
    }

    /** A plugin where it is used, with every default filled in. */
    record Use(String id, Settings settings, Position at) {}

    /**
     * The plugin that {@code user} names, or that a sweep puts in its place, unless it or a setting
     * is wrong.
     */
    Optional<Use> use(
            PluginKind kind,
            EObject user,
            Variation.Named named,
            List<Setting> written,
            Variation variation) {
        var varied = variation.plugin(user);
        var chosen = varied.orElse(named);
        return find(kind, chosen.id(), chosen.at())
                .flatMap(
                        plugin -> {
                            // Another plugin takes of the written settings what it knows.
                            var known =
                                    varied.isPresent()
                                            ? Inheritance.known(written, plugin.parameters())
                                            : written;
                            return settings(
                                    kind.id() + " " + chosen.id(),
                                    plugin.parameters(),
                                    variation.settings(user, known, plugin.parameters()),
                                    chosen.at());
                        })
                .map(settings -> new Use(chosen.id(), settings, chosen.at()));
    }

    /** The settings with every default filled in, unless one of them is wrong. */
    Optional<Settings> settings(
            String owner, ParameterSpec spec, List<Setting> given, Position at) {
        var resolution = spec.resolve(owner, given, at);
        findings.addAll(resolution.diagnostics());
        return resolution.settings();
    }

    /** The ids of a kind, for messages. */
    String installed(PluginKind kind) {
        var ids = catalog.ids(kind);
        return ids.isEmpty() ? "none" : String.join(", ", ids);
    }

    private String unknown(PluginKind kind, String id) {
        String guess = Guess.suggestion(id, catalog.ids(kind));
        return "unknown "
                + (kind == PluginKind.DATASET ? "data set format" : kind.id())
                + " '"
                + id
                + "'; installed: "
                + installed(kind)
                + "."
                + (guess.isEmpty() ? " If it comes from a plugin, install that first." : guess);
    }
}
