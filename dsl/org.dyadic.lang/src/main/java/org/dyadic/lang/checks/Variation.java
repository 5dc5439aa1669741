package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.eclipse.emf.ecore.EObject;

/**
 * What a point of a sweep says other than the text: settings of declarations, of calibrations, of
 * the parts of rules and of simulators, as if they stood there.
 */
final class Variation {

    private final Map<EObject, List<List<Setting>>> settings = new IdentityHashMap<>();
    private final Map<EObject, Named> plugins = new IdentityHashMap<>();

    /** The id of a plugin, and where a sweep names it. */
    record Named(String id, Position at) {}

    /** The text as it stands. */
    static Variation none() {
        return new Variation();
    }

    /** Also with this setting; {@code path} leads to it through blocks. */
    void put(EObject owner, List<Setting> path, Value value, Position at) {
        var inner = path.get(path.size() - 1);
        var setting = new Setting(inner.name(), value, inner.namePosition(), at);
        for (int i = path.size() - 2; i >= 0; i--) {
            var outer = path.get(i);
            setting =
                    new Setting(
                            outer.name(),
                            new Value.Block(List.of(setting)),
                            outer.namePosition(),
                            at);
        }
        settings.computeIfAbsent(owner, it -> new ArrayList<>()).add(List.of(setting));
    }

    /** Also with this quantizer or simulator. */
    void put(EObject owner, String plugin, Position at) {
        plugins.put(owner, new Named(plugin, at));
    }

    /** The settings that hold for {@code owner}, of which the text says these. */
    List<Setting> settings(EObject owner, List<Setting> written, ParameterSpec spec) {
        var all = written;
        for (var varied : settings.getOrDefault(owner, List.of())) {
            all = Inheritance.merged(all, varied, spec);
        }
        return all;
    }

    /** The plugin in place of the one that the text names. */
    Optional<Named> plugin(EObject owner) {
        return Optional.ofNullable(plugins.get(owner));
    }
}
