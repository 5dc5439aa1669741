package org.dyadic.lang.ide;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;

/**
 * Whose settings stand in a block.
 *
 * @param title for people: {@code quantizer upot}
 * @param spec what is declared; nothing if the plugin is not installed
 * @param given the settings that the block has
 */
record Owner(String title, Optional<ParameterSpec> spec, Set<String> given) {

    Owner(String title, Optional<ParameterSpec> spec) {
        this(title, spec, new LinkedHashSet<>());
    }

    static Owner of(String title, ParameterSpec spec) {
        return new Owner(title, Optional.of(spec));
    }

    static Owner unknown() {
        return new Owner("", Optional.empty());
    }

    Optional<Parameter> parameter(String name) {
        return spec.flatMap(known -> known.find(name));
    }

    /** True if the block has a parameter, by whichever of its names. */
    boolean has(Parameter parameter) {
        return given.contains(parameter.name())
                || parameter.formerNames().stream().anyMatch(given::contains);
    }

    /** The owner of the settings inside of a block of this one. */
    Owner block(String name) {
        return new Owner(
                title + " " + name,
                parameter(name)
                        .map(Parameter::type)
                        .filter(ParameterType.Block.class::isInstance)
                        .map(type -> ((ParameterType.Block) type).spec()));
    }
}
