package org.dyadic.api.workbench;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A bundle that was added to Dyadic.
 *
 * @param name its symbolic name
 * @param version its version
 * @param state what has become of it
 * @param reason why it is not running, in a sentence; empty if it is
 * @param source where it came from: a path or Maven coordinates
 * @param file the jar that runs
 * @param sha256 the checksum recorded when it was installed, in hexadecimal; empty for a jar that
 *     was put into a folder by hand
 * @param installed when; empty likewise
 * @param provides kinds and ids, such as {@code quantizer upot}, in order
 * @param feature the feature that it was installed with, as group:artifact:version
 */
public record PluginBundle(
        String name,
        String version,
        State state,
        Optional<String> reason,
        String source,
        String file,
        Optional<String> sha256,
        Optional<Instant> installed,
        List<String> provides,
        Optional<String> feature) {

    public PluginBundle {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(installed, "installed");
        Objects.requireNonNull(feature, "feature");
        provides = List.copyOf(provides);
    }

    /** A bundle that came alone. */
    public PluginBundle(
            String name,
            String version,
            State state,
            Optional<String> reason,
            String source,
            String file,
            Optional<String> sha256,
            Optional<Instant> installed,
            List<String> provides) {
        this(
                name,
                version,
                state,
                reason,
                source,
                file,
                sha256,
                installed,
                provides,
                Optional.empty());
    }

    /**
     * Whether it is called so: by its name, or by its feature, with or without group and version.
     */
    public boolean isCalled(String what) {
        return name.equals(what)
                || feature.filter(id -> id.equals(what) || id.split(":")[1].equals(what))
                        .isPresent();
    }

    /** What has become of a bundle. */
    public enum State {
        /** Its services can be used. */
        RUNNING,
        /** Switched off by the user. */
        DISABLED,
        /** Wanted, but unusable: something it needs is missing, or its file has changed. */
        FAILED
    }
}
