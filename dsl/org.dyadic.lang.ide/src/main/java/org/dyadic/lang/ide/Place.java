package org.dyadic.lang.ide;

import java.util.List;
import java.util.Set;
import org.dyadic.api.workbench.PluginKind;

/**
 * What may be written at a place: the words of the grammar that fit, and what any other word there
 * would mean.
 */
record Place(Role role, List<String> keywords) {

    /** What a word means that is no word of the grammar. */
    sealed interface Role {

        /** Nothing: only words of the grammar fit, or numbers and texts. */
        record Nothing() implements Role {}

        /** The name of a new declaration. */
        record Declared(String kind) implements Role {}

        /** The name of a declaration of one of these kinds. */
        record Reference(Set<String> kinds) implements Role {}

        /** The id of a plugin. */
        record Plugin(PluginKind kind) implements Role {}

        /** A setting. */
        record SettingName(Owner owner) implements Role {}

        /** The value of a setting. */
        record SettingValue(Owner owner, String name) implements Role {}

        /** The unit of a number. */
        record UnitOf(Owner owner, String name) implements Role {}

        /** A class of layers. */
        record Layers() implements Role {}

        /** A figure that is measured. */
        record MetricWord() implements Role {}

        /** A path in quotes, after a keyword. */
        record FilePath(String after) implements Role {}

        /** A step on the way from a declaration to a setting. */
        record Step(List<String> path) implements Role {}
    }

    static Place of(Role role, String... keywords) {
        return new Place(role, List.of(keywords));
    }

    static Place words(String... keywords) {
        return of(new Role.Nothing(), keywords);
    }

    static Place words(List<String> keywords) {
        return new Place(new Role.Nothing(), keywords);
    }
}
