package org.dyadic.plugins;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.workbench.PluginBundle;

/**
 * A bundle that is to run, or is kept without.
 *
 * @param mark changes when the file does: the checksum of an installed one, time and size of one in
 *     the folder
 * @param sha256 as recorded; empty for one in the folder
 * @param installed likewise
 * @param feature the feature that it was installed with
 */
record Entry(
        String name,
        String version,
        Path file,
        String mark,
        Optional<String> sha256,
        boolean enabled,
        String source,
        Optional<Instant> installed,
        Optional<String> feature,
        List<String> provides) {

    static Entry installed(
            Path file,
            String name,
            String version,
            String sha256,
            boolean enabled,
            String source,
            Instant at,
            Optional<String> feature,
            List<String> provides) {
        return new Entry(
                name,
                version,
                file,
                sha256,
                Optional.of(sha256),
                enabled,
                source,
                Optional.of(at),
                feature,
                provides);
    }

    Entry enabled(boolean on) {
        return new Entry(
                name, version, file, mark, sha256, on, source, installed, feature, provides);
    }

    Entry providing(List<String> plugins) {
        return new Entry(
                name, version, file, mark, sha256, enabled, source, installed, feature, plugins);
    }

    /** True if it is in the index, not merely in the folder. */
    boolean recorded() {
        return sha256.isPresent();
    }

    /** {@code com.acme.pot 1.2.0}. */
    String title() {
        return name + " " + version;
    }

    PluginBundle describe(PluginBundle.State state, Optional<String> reason, List<String> plugins) {
        return new PluginBundle(
                name,
                version,
                state,
                reason,
                source,
                file.toString(),
                sha256,
                installed,
                plugins,
                feature);
    }
}
