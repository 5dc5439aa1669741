package org.dyadic.api.network;

import java.nio.file.Path;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads a trained network, or the shapes of one, from a file. Stateless. */
@ConsumerType
public interface NetworkReader {

    /**
     * True if the file looks like one of this reader's, by its name alone; the file need not exist.
     */
    boolean reads(Path file);

    /** The network as the file has it: batch normalisation unfolded, dead nodes left out. */
    Network read(Path file) throws UnreadableFileException;
}
