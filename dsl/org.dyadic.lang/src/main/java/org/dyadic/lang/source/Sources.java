package org.dyadic.lang.source;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.lang.syntax.SourceFile;

/** Where the texts of files come from: the disk, or an editor that has not saved them yet. */
public interface Sources {

    /** What is saved. */
    Sources DISK =
            new Sources() {
                @Override
                public boolean exists(Path path) {
                    return Files.exists(path);
                }

                @Override
                public SourceFile read(Path path) throws UnreadableFileException {
                    return SourceFile.read(path);
                }
            };

    /** True if there is something to read. */
    boolean exists(Path path);

    /** The text of a file; throws if it is missing or no text. */
    SourceFile read(Path path) throws UnreadableFileException;
}
