package org.dyadic.api.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * The checked settings of one use of a plugin. Every value is inside its declared range, every
 * default is filled in, so a plugin never parses and never checks. Asking for a parameter that was
 * not declared, or as another type, is a programming error and throws.
 */
public final class Settings {

    private final Map<String, Value> values;
    private final Map<String, Settings> blocks;

    Settings(Map<String, Value> values, Map<String, Settings> blocks) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
    }

    /** Settings of a plugin that declares no parameters. */
    public static Settings none() {
        return new Settings(Map.of(), Map.of());
    }

    /** A whole number. */
    public int whole(String name) {
        double number = real(name);
        if (number != (int) number) {
            throw isNo(name, "whole number");
        }
        return (int) number;
    }

    /** A number without unit. */
    public double real(String name) {
        var quantity = value(name, Value.Number.class).quantity();
        if (quantity.unit() != Unit.ONE) {
            throw isNo(name, "number without unit");
        }
        return quantity.value();
    }

    /** The numbers of a list parameter; a single number is a list of one. */
    public List<Double> reals(String name) {
        var value = value(name, Value.class);
        var parts = value instanceof Value.Sequence sequence ? sequence.values() : List.of(value);
        if (!parts.stream().allMatch(Value.Number.class::isInstance)) {
            throw isNo(name, "list of numbers");
        }
        return parts.stream().map(part -> ((Value.Number) part).quantity().value()).toList();
    }

    /** A quantity in the unit that the user chose; convert it with {@link Quantity#in}. */
    public Quantity measure(String name) {
        return value(name, Value.Number.class).quantity();
    }

    /** Rows and columns. */
    public Value.Extent extent(String name) {
        return value(name, Value.Extent.class);
    }

    /** The chosen word. */
    public String choice(String name) {
        return value(name, Value.Word.class).word();
    }

    /** The constant whose word was chosen. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        var chosen = value(name, Value.Word.class);
        return Stream.of(type.getEnumConstants())
                .filter(constant -> Value.Word.of(constant).equals(chosen))
                .findFirst()
                .orElseThrow(() -> isNo(name, "word of " + type.getSimpleName()));
    }

    /** A text, without its quotes. */
    public String text(String name) {
        return value(name, Value.Text.class).text();
    }

    /** The settings in a nested block; there even if the user left the block out. */
    public Settings block(String name) {
        return Optional.ofNullable(blocks.get(name)).orElseThrow(() -> undeclared(name));
    }

    /**
     * True if the parameter has a value: of those declared, only an optional one without default
     * may have none.
     */
    public boolean has(String name) {
        return values.containsKey(name) || blocks.containsKey(name);
    }

    /**
     * Every value by name, in the order of declaration; after them those of nested blocks, under
     * {@code block.name}.
     */
    public Map<String, Value> asMap() {
        var all = new LinkedHashMap<>(values);
        blocks.forEach(
                (block, inner) ->
                        inner.asMap().forEach((name, value) -> all.put(block + "." + name, value)));
        return all;
    }

    private <T extends Value> T value(String name, Class<T> type) {
        var value = values.get(name);
        if (value == null) {
            throw undeclared(name);
        }
        if (!type.isInstance(value)) {
            throw isNo(name, type.getSimpleName().toLowerCase(Locale.ROOT));
        }
        return type.cast(value);
    }

    private IllegalArgumentException isNo(String name, String type) {
        return new IllegalArgumentException(
                "parameter '" + name + "' holds " + values.get(name) + ", which is no " + type);
    }

    private IllegalArgumentException undeclared(String name) {
        return new IllegalArgumentException(
                "no parameter '" + name + "' was declared; declared: " + asMap().keySet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings
                && values.equals(settings.values)
                && blocks.equals(settings.blocks);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + blocks.hashCode();
    }

    /** {@code bits 4 scale per-channel}, as it would stand in a file; nested blocks in braces. */
    @Override
    public String toString() {
        var plain = values.entrySet().stream().map(one -> one.getKey() + " " + one.getValue());
        var nested =
                blocks.entrySet().stream()
                        .map(one -> one.getKey() + " " + ("{ " + one.getValue()).trim() + " }");
        return Stream.concat(plain, nested).collect(Collectors.joining("  "));
    }
}
