package org.dyadic.api.data;

import java.nio.file.Path;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens labelled images of one format. Stateless. */
@ConsumerType
public interface DatasetReader {

    /** What this format is, and the settings a data set of it may have. */
    ParameterSpec parameters();

    /**
     * Opens a data set, after checking that files are there, have the right length and labels in
     * range.
     *
     * @param location the file or folder the user named
     */
    Dataset open(Path location, Settings settings) throws UnreadableFileException;
}
