package org.dyadic.api.experiment;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads files of the language. Provided by the platform. */
@ProviderType
public interface ExperimentReader {

    /**
     * Reads a file with all it imports; what is wrong with it is in the diagnostics, never an
     * exception.
     */
    Reading read(Path file);
}
