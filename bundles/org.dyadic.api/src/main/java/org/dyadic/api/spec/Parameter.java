package org.dyadic.api.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * One parameter of a plugin: its name in the language, what it takes, its default and one line of
 * documentation. Read it as a sentence: {@code whole("bits", 2, 8).defaultsTo(4).documented("width
 * of a code")}.
 *
 * @param formerNames what it was called before; files that say so are read as before, with a
 *     warning
 */
public record Parameter(
        String name,
        ParameterType type,
        Optional<Value> fallback,
        boolean optional,
        String documentation,
        List<String> formerNames) {

    public Parameter {
        formerNames = List.copyOf(formerNames);
        requireName(name);
        formerNames.forEach(Parameter::requireName);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(documentation, "documentation");
        fallback.ifPresent(value -> Checking.requireLegal(name, type, value));
    }

    /** A parameter that never had another name. */
    public Parameter(
            String name,
            ParameterType type,
            Optional<Value> fallback,
            boolean optional,
            String documentation) {
        this(name, type, fallback, optional, documentation, List.of());
    }

    private static void requireName(String name) {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "a parameter name is lowercase-with-hyphens, was '" + name + "'");
        }
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Parameter whole(String name, int min, int max) {
        return required(name, new ParameterType.Whole(min, max));
    }

    /** A number from {@code min} to {@code max}, without unit. */
    public static Parameter real(String name, double min, double max) {
        return required(name, new ParameterType.Real(min, max));
    }

    /** One or more numbers, each from {@code min} to {@code max}. */
    public static Parameter reals(String name, double min, double max) {
        return required(name, new ParameterType.Reals(min, max));
    }

    /** A quantity from {@code min} to {@code max}, in any unit of their dimension. */
    public static Parameter measure(String name, Quantity min, Quantity max) {
        return required(name, new ParameterType.Measure(min, max));
    }

    /** Rows x columns, each from 1 to {@code max}. */
    public static Parameter extent(String name, int max) {
        return required(name, new ParameterType.Extent(max));
    }

    /** One of the words. */
    public static Parameter choice(String name, String... options) {
        return required(name, new ParameterType.Choice(List.of(options)));
    }

    /** One of the constants of {@code options}, by their {@linkplain Value.Word#of words}. */
    public static <E extends Enum<E>> Parameter choice(String name, Class<E> options) {
        return choice(name, List.of(options.getEnumConstants()));
    }

    /** One of some constants, by their {@linkplain Value.Word#of words}. */
    public static Parameter choice(String name, List<? extends Enum<?>> options) {
        return choice(
                name,
                options.stream()
                        .map(option -> Value.Word.of(option).word())
                        .toArray(String[]::new));
    }

    /** A text in quotes. */
    public static Parameter text(String name) {
        return required(name, new ParameterType.Text());
    }

    /** A nested block. It may always be left out: then its parameters take their own defaults. */
    public static Parameter block(String name, ParameterSpec spec) {
        return required(name, new ParameterType.Block(spec));
    }

    private static Parameter required(String name, ParameterType type) {
        return new Parameter(name, type, Optional.empty(), false, "");
    }

    /** With a number as default; throws if it is not allowed. */
    public Parameter defaultsTo(double number) {
        return defaultsTo(new Value.Number(Quantity.of(number, Unit.ONE)));
    }

    /** With a quantity as default; throws if it is not allowed. */
    public Parameter defaultsTo(Quantity quantity) {
        return defaultsTo(new Value.Number(quantity));
    }

    /** With a word or a text as default; throws if it is not allowed. */
    public Parameter defaultsTo(String word) {
        return defaultsTo(
                type instanceof ParameterType.Text ? new Value.Text(word) : new Value.Word(word));
    }

    /** With the word of a constant as default; throws if it is not allowed. */
    public Parameter defaultsTo(Enum<?> constant) {
        return defaultsTo(Value.Word.of(constant));
    }

    /** With rows and columns as default; throws if they are not allowed. */
    public Parameter defaultsTo(int rows, int columns) {
        return defaultsTo(new Value.Extent(rows, columns));
    }

    /** With any value as default; throws if it is not allowed. */
    public Parameter defaultsTo(Value value) {
        return new Parameter(name, type, Optional.of(value), optional, documentation, formerNames);
    }

    /** A parameter without default that may be left out; ask {@link Settings#has}. */
    public Parameter mayBeLeftOut() {
        return new Parameter(name, type, fallback, true, documentation, formerNames);
    }

    /** With a line of documentation, which editors and lists show. */
    public Parameter documented(String line) {
        return new Parameter(name, type, fallback, optional, line, formerNames);
    }

    /** With names that it had before. They go on working, and whoever writes one is told. */
    public Parameter formerly(String... names) {
        return new Parameter(name, type, fallback, optional, documentation, List.of(names));
    }

    /**
     * A choice of which the word {@code now} was {@code old} before. The old word goes on working,
     * and whoever writes it is told; throws if this is no choice, or none with that word.
     */
    public Parameter wordFormerly(String old, String now) {
        if (!(type instanceof ParameterType.Choice choice)) {
            throw new IllegalArgumentException("'" + name + "' is no choice among words");
        }
        return new Parameter(
                name, choice.formerly(old, now), fallback, optional, documentation, formerNames);
    }

    /** What it and its words were before, for documentation: {@code formerly rows}; or nothing. */
    public Optional<String> history() {
        var words =
                type instanceof ParameterType.Choice choice
                        ? choice.formerWords().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(it -> it.getValue() + " was " + it.getKey())
                        : Stream.<String>empty();
        var names = formerNames.stream().map(it -> "formerly " + it);
        return Stream.concat(names, words).reduce((one, other) -> one + ", " + other);
    }
}
