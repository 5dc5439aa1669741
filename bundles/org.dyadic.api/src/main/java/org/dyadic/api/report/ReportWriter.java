package org.dyadic.api.report;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Presents results in a file of the run folder. Stateless. */
@ConsumerType
public interface ReportWriter {

    /** The name of the file, such as {@code report.html}. */
    String fileName();

    /** Writes the whole file. */
    void write(Results results, Path file) throws IOException;
}
