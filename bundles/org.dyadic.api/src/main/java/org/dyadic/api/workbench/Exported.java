package org.dyadic.api.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;

/**
 * What became of exporting the network of a policy in integers.
 *
 * @param accelerator whose arithmetic the model has; if none, the one that experiments without
 *     accelerators have
 * @param arithmetic that of the model, in words
 * @param file the model; nothing if it was not written
 * @param bytes of the file
 * @param diagnostics what kept it from being written
 * @param interrupted true if it was stopped before it was written
 */
public record Exported(
        String experiment,
        String policy,
        Optional<String> accelerator,
        String arithmetic,
        Optional<Path> file,
        long bytes,
        List<Diagnostic> diagnostics,
        boolean interrupted) {

    public Exported {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(accelerator, "accelerator");
        Objects.requireNonNull(arithmetic, "arithmetic");
        Objects.requireNonNull(file, "file");
        diagnostics = List.copyOf(diagnostics);
    }
}
