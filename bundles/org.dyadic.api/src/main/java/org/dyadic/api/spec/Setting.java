package org.dyadic.api.spec;

import java.util.Objects;
import org.dyadic.api.diagnostic.Position;

/** One setting as a user writes it: a name, a value, and where each stands. */
public record Setting(String name, Value value, Position namePosition, Position valuePosition) {

    public Setting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(namePosition, "namePosition");
        Objects.requireNonNull(valuePosition, "valuePosition");
    }

    /** A setting that comes from code instead of a file, as in tests and defaults. */
    public static Setting of(String name, Value value) {
        var nowhere = Position.startOf("<code>");
        return new Setting(name, value, nowhere, nowhere);
    }

    @Override
    public String toString() {
        return name + " " + value;
    }
}
