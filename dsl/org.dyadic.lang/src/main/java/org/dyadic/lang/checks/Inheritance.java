package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;

/** How settings pass from one accelerator to another that extends it. */
final class Inheritance {

    private static final ParameterSpec NOTHING = ParameterSpec.of("", new Parameter[0]);

    private Inheritance() {}

    /**
     * The settings that a specification declares. Another backend has other parameters; those it
     * does not know stay behind.
     */
    static List<Setting> known(List<Setting> inherited, ParameterSpec spec) {
        var known = new ArrayList<Setting>();
        for (var setting : inherited) {
            spec.find(setting.name())
                    .ifPresent(
                            parameter ->
                                    known.add(
                                            parameter.type() instanceof ParameterType.Block inner
                                                            && setting.value()
                                                                    instanceof Value.Block given
                                                    ? with(
                                                            setting,
                                                            known(given.settings(), inner.spec()))
                                                    : setting));
        }
        return known;
    }

    /**
     * Every own setting, and each inherited one that is not restated; blocks setting by setting.
     *
     * @param spec which knows settings by their former names too
     */
    static List<Setting> merged(List<Setting> inherited, List<Setting> own, ParameterSpec spec) {
        var left = new LinkedHashMap<String, Setting>();
        inherited.forEach(setting -> left.put(name(setting, spec), setting));
        var merged = new ArrayList<Setting>();
        for (var setting : own) {
            var restated = left.remove(name(setting, spec));
            boolean blocks =
                    restated != null
                            && restated.value() instanceof Value.Block
                            && setting.value() instanceof Value.Block;
            merged.add(
                    blocks
                            ? with(
                                    setting,
                                    merged(inside(restated), inside(setting), of(setting, spec)))
                            : setting);
        }
        merged.addAll(left.values());
        return merged;
    }

    private static String name(Setting setting, ParameterSpec spec) {
        return spec.find(setting.name()).map(Parameter::name).orElse(setting.name());
    }

    /** What is declared inside of a block. */
    private static ParameterSpec of(Setting block, ParameterSpec spec) {
        return spec.find(block.name())
                .map(Parameter::type)
                .filter(ParameterType.Block.class::isInstance)
                .map(type -> ((ParameterType.Block) type).spec())
                .orElse(NOTHING);
    }

    /** Where the settings stand, those in blocks included. */
    static Set<Position> positions(List<Setting> settings) {
        var positions = new HashSet<Position>();
        for (var setting : settings) {
            positions.add(setting.namePosition());
            positions.add(setting.valuePosition());
            if (setting.value() instanceof Value.Block) {
                positions.addAll(positions(inside(setting)));
            }
        }
        return positions;
    }

    private static List<Setting> inside(Setting setting) {
        return ((Value.Block) setting.value()).settings();
    }

    private static Setting with(Setting setting, List<Setting> inside) {
        return new Setting(
                setting.name(),
                new Value.Block(inside),
                setting.namePosition(),
                setting.valuePosition());
    }
}
