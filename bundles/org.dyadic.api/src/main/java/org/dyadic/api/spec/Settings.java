package org.dyadic.api.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dyadic.api.unit.Quantity;

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

    public int whole(String name) {
        return (int) real(name);
    }

    public double real(String name) {
        return value(name, Value.Number.class).quantity().value();
    }

    /** The numbers of a list parameter; a single number is a list of one. */
    public List<Double> reals(String name) {
        var value = value(name, Value.class);
        var parts = value instanceof Value.Sequence sequence ? sequence.values() : List.of(value);
        return parts.stream().map(part -> ((Value.Number) part).quantity().value()).toList();
    }

    public Quantity measure(String name) {
        return value(name, Value.Number.class).quantity();
    }

    public Value.Extent extent(String name) {
        return value(name, Value.Extent.class);
    }

    public String choice(String name) {
        return value(name, Value.Word.class).word();
    }

    public String text(String name) {
        return value(name, Value.Text.class).text();
    }

    public Settings block(String name) {
        return Optional.ofNullable(blocks.get(name)).orElseThrow(() -> undeclared(name));
    }

    /**
     * True if the parameter has a value: only an optional parameter without default may have none.
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Every value by name, in the order of declaration; nested blocks under {@code block.name}. */
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
            throw new IllegalArgumentException(
                    "parameter '"
                            + name
                            + "' holds "
                            + value
                            + ", which is no "
                            + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(value);
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

    /** {@code bits 4 scale per-channel}, as it would stand in a file. */
    @Override
    public String toString() {
        return asMap().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("  "));
    }
}
