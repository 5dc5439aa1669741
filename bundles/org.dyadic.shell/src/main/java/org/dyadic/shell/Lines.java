package org.dyadic.shell;

import java.io.IOException;
import java.util.List;

/** Where the lines of a shell come from. */
interface Lines extends AutoCloseable {

    /** The next line, or null after the last; an interrupted one is empty. */
    String next() throws IOException;

    /** The lines before, oldest first. */
    List<String> history();

    /** From now on, until {@link #next}, Ctrl-C does this. */
    void onInterrupt(Runnable action);

    @Override
    void close() throws IOException;
}
