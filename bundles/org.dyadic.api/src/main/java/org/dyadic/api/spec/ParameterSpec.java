package org.dyadic.api.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Position;

/**
 * What a plugin is, in one line, and the parameters it takes. The language validates, completes and
 * documents from this alone. Compares by value.
 */
public record ParameterSpec(String documentation, List<Parameter> parameters) {

    public ParameterSpec {
        Objects.requireNonNull(documentation, "documentation");
        parameters = List.copyOf(parameters);
        var names = parameters.stream().flatMap(ParameterSpec::everyName).toList();
        if (Set.copyOf(names).size() != names.size()) {
            throw new IllegalArgumentException("two parameters share a name: " + names);
        }
    }

    /** A specification in one line. */
    public static ParameterSpec of(String documentation, Parameter... parameters) {
        return new ParameterSpec(documentation, List.of(parameters));
    }

    /** The names of the parameters, in the order of declaration. */
    public List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** The parameter that has a name, or had it before. */
    public Optional<Parameter> find(String name) {
        return parameters.stream()
                .filter(parameter -> everyName(parameter).anyMatch(name::equals))
                .findFirst();
    }

    private static Stream<String> everyName(Parameter parameter) {
        return Stream.concat(Stream.of(parameter.name()), parameter.formerNames().stream());
    }

    /**
     * Checks what a user wrote against this specification and fills in the defaults.
     *
     * @param owner who has these parameters, for messages: {@code quantizer upot}
     * @param given the settings as written; of two with one name, the second is reported
     * @param at where to point when a setting is missing
     */
    public Resolution resolve(String owner, List<Setting> given, Position at) {
        return new Checking(owner).resolve(this, given, at);
    }

    /** The settings that hold when a user writes nothing; throws if a parameter has no default. */
    public Settings defaults() {
        return with();
    }

    /**
     * The given settings and the defaults for the rest, for code and tests; throws if one is not
     * allowed.
     */
    public Settings with(Setting... given) {
        var resolution = resolve("plugin", List.of(given), Position.startOf("<code>"));
        return resolution
                .settings()
                .orElseThrow(
                        () -> new IllegalArgumentException(resolution.diagnostics().toString()));
    }
}
