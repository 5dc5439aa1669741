package org.dyadic.api.experiment;

import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Settings;

/** A simulator that an experiment insists on; without settings, with its defaults. */
public record SimulatorUse(String id, Optional<Settings> settings, Position at) {

    public SimulatorUse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(at, "at");
    }

    /** One with its defaults. */
    public SimulatorUse(String id, Position at) {
        this(id, Optional.empty(), at);
    }
}
