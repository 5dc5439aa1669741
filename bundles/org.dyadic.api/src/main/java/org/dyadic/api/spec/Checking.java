package org.dyadic.api.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Holds written settings against a specification. One mistake gives one message, at the value. */
final class Checking {

    private final String owner;
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    Checking(String owner) {
        this.owner = owner;
    }

    Resolution resolve(ParameterSpec spec, List<Setting> given, Position at) {
        var settings = settings(spec, given, at, "");
        boolean sound = diagnostics.stream().noneMatch(Diagnostic::isError);
        return new Resolution(sound ? Optional.of(settings) : Optional.empty(), diagnostics);
    }

    /**
     * Throws if a default is not itself allowed; a plugin author meets this the first time the
     * class loads.
     */
    static void requireLegal(String name, ParameterType type, Value value) {
        var problem = problem(type, value);
        if (problem.isPresent()) {
            throw new IllegalArgumentException(
                    "the default of '" + name + "' is not allowed: " + problem.get().message());
        }
    }

    private Settings settings(ParameterSpec spec, List<Setting> given, Position at, String path) {
        var values = new LinkedHashMap<String, Value>();
        var blocks = new LinkedHashMap<String, Settings>();
        var seen = new HashSet<String>();
        var misspelt = new HashSet<String>();
        for (var setting : given) {
            var parameter = spec.find(setting.name());
            if (parameter.isEmpty()) {
                Guess.nearest(setting.name(), spec.names()).ifPresent(misspelt::add);
                report(
                        setting.namePosition(),
                        IssueCode.UNKNOWN_SETTING,
                        "unknown setting '"
                                + path
                                + setting.name()
                                + "' of "
                                + owner
                                + "; "
                                + (spec.names().isEmpty()
                                        ? "it takes none."
                                        : "allowed: " + String.join(", ", spec.names()) + ".")
                                + Guess.suggestion(setting.name(), spec.names()));
            } else if (!seen.add(parameter.get().name())) {
                report(
                        setting.namePosition(),
                        IssueCode.DUPLICATE_SETTING,
                        "setting '"
                                + path
                                + parameter.get().name()
                                + "' is given twice; remove one of them");
            } else {
                String name = parameter.get().name();
                if (!name.equals(setting.name())) {
                    outdated(setting.namePosition(), setting.name(), name);
                }
                if (parameter.get().type() instanceof ParameterType.Block block
                        && setting.value() instanceof Value.Block inner) {
                    blocks.put(
                            name,
                            settings(
                                    block.spec(),
                                    inner.settings(),
                                    setting.namePosition(),
                                    path + name + "."));
                } else {
                    var value = current(parameter.get().type(), setting);
                    problem(parameter.get().type(), value)
                            .ifPresentOrElse(
                                    problem ->
                                            report(
                                                    setting.valuePosition(),
                                                    problem.code(),
                                                    path + name + ": " + problem.message()),
                                    () -> values.put(name, value));
                }
            }
        }
        for (var parameter : spec.parameters()) {
            String name = parameter.name();
            if (seen.contains(name) || misspelt.contains(name)) {
                continue; // of a misspelt name, one message is enough
            }
            if (parameter.type() instanceof ParameterType.Block block) {
                blocks.put(name, settings(block.spec(), List.of(), at, path + name + "."));
            } else if (parameter.fallback().isPresent()) {
                values.put(name, parameter.fallback().get());
            } else if (!parameter.optional()) {
                report(
                        at,
                        IssueCode.MISSING_SETTING,
                        owner
                                + " needs the setting '"
                                + path
                                + name
                                + "': "
                                + parameter.type().allowed());
            }
        }
        return new Settings(declared(spec, values), declared(spec, blocks));
    }

    /** The value in the words of today. */
    private Value current(ParameterType type, Setting setting) {
        if (type instanceof ParameterType.Choice choice
                && setting.value() instanceof Value.Word written
                && choice.formerWords().containsKey(written.word())) {
            String now = choice.formerWords().get(written.word());
            outdated(setting.valuePosition(), written.word(), now);
            return new Value.Word(now);
        }
        return setting.value();
    }

    private void outdated(Position at, String old, String now) {
        report(
                at,
                IssueCode.DEPRECATED_WORD,
                "'" + old + "' is '" + now + "' now; the old word still works");
    }

    /** In the order of declaration, so that equal settings print alike. */
    private static <T> Map<String, T> declared(ParameterSpec spec, Map<String, T> found) {
        var ordered = new LinkedHashMap<String, T>();
        spec.names().stream()
                .filter(found::containsKey)
                .forEach(name -> ordered.put(name, found.get(name)));
        return ordered;
    }

    private void report(Position at, IssueCode code, String message) {
        diagnostics.add(Diagnostic.at(at, code, message));
    }

    private record Problem(IssueCode code, String message) {}

    private static Optional<Problem> problem(ParameterType type, Value value) {
        if (type instanceof ParameterType.Whole whole) {
            return number(value, type)
                    .or(
                            () -> {
                                double number = ((Value.Number) value).quantity().value();
                                return number == Math.rint(number)
                                                && number >= whole.min()
                                                && number <= whole.max()
                                        ? Optional.empty()
                                        : outOfRange(value, type);
                            });
        }
        if (type instanceof ParameterType.Real real) {
            return number(value, type).or(() -> within(value, type, real.min(), real.max()));
        }
        if (type instanceof ParameterType.Reals reals) {
            var parts =
                    value instanceof Value.Sequence sequence ? sequence.values() : List.of(value);
            return parts.stream()
                    .map(
                            part ->
                                    number(part, type)
                                            .or(() -> within(part, type, reals.min(), reals.max())))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (type instanceof ParameterType.Measure measure) {
            return measure(measure, value);
        }
        if (type instanceof ParameterType.Extent extent) {
            if (!(value instanceof Value.Extent given)) {
                return wrongType(value, type);
            }
            boolean inside =
                    Math.min(given.rows(), given.columns()) >= 1
                            && Math.max(given.rows(), given.columns()) <= extent.max();
            return inside ? Optional.empty() : outOfRange(value, type);
        }
        if (type instanceof ParameterType.Choice choice) {
            if (!(value instanceof Value.Word word)) {
                return wrongType(value, type);
            }
            return choice.options().contains(word.word())
                    ? Optional.empty()
                    : Optional.of(
                            new Problem(
                                    IssueCode.OUT_OF_RANGE,
                                    "'"
                                            + word.word()
                                            + "' is not allowed; allowed: "
                                            + String.join(", ", choice.options())
                                            + "."
                                            + Guess.suggestion(word.word(), choice.options())));
        }
        if (type instanceof ParameterType.Text) {
            return value instanceof Value.Text ? Optional.empty() : wrongType(value, type);
        }
        return wrongType(value, type);
    }

    private static Optional<Problem> measure(ParameterType.Measure type, Value value) {
        if (value instanceof Value.Unrecognised unknown) {
            return unknownUnit(unknown, type);
        }
        if (!(value instanceof Value.Number number)) {
            return wrongType(value, type);
        }
        Quantity quantity = number.quantity();
        var dimension = type.min().unit().dimension();
        if (quantity.unit().dimension() != dimension) {
            String found =
                    quantity.unit() == Unit.ONE
                            ? quantity + " has no unit"
                            : quantity + " is " + quantity.unit().dimension().phrase();
            return Optional.of(
                    new Problem(
                            IssueCode.WRONG_UNIT,
                            found
                                    + "; "
                                    + dimension.phrase()
                                    + " is needed, in "
                                    + String.join(", ", Unit.symbols(dimension))));
        }
        return quantity.compareTo(type.min()) >= 0 && quantity.compareTo(type.max()) <= 0
                ? Optional.empty()
                : outOfRange(value, type);
    }

    private static Optional<Problem> number(Value value, ParameterType type) {
        if (value instanceof Value.Unrecognised unknown) {
            return unknownUnit(unknown, type);
        }
        if (!(value instanceof Value.Number number)) {
            return wrongType(value, type);
        }
        return number.quantity().unit() == Unit.ONE
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                IssueCode.WRONG_UNIT,
                                value
                                        + " has a unit, but this is "
                                        + type.allowed()
                                        + " without unit"));
    }

    private static Optional<Problem> within(
            Value value, ParameterType type, double min, double max) {
        double number = ((Value.Number) value).quantity().value();
        return number >= min && number <= max ? Optional.empty() : outOfRange(value, type);
    }

    private static Optional<Problem> outOfRange(Value value, ParameterType type) {
        return Optional.of(
                new Problem(
                        IssueCode.OUT_OF_RANGE,
                        value + " is out of range; allowed: " + type.allowed()));
    }

    private static Optional<Problem> wrongType(Value value, ParameterType type) {
        return Optional.of(
                new Problem(
                        IssueCode.WRONG_TYPE, value + " does not fit; allowed: " + type.allowed()));
    }

    private static Optional<Problem> unknownUnit(Value.Unrecognised value, ParameterType type) {
        var units =
                type instanceof ParameterType.Measure measure
                        ? Unit.symbols(measure.min().unit().dimension())
                        : List.<String>of();
        return Optional.of(
                new Problem(
                        IssueCode.UNKNOWN_UNIT,
                        "unknown unit '"
                                + value.unit()
                                + "'; allowed: "
                                + (units.isEmpty()
                                        ? type.allowed() + ", without unit"
                                        : String.join(", ", units) + ".")
                                + Guess.suggestion(value.unit(), units)));
    }
}
