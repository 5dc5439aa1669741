package org.dyadic.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines of a pipe or a file: no prompt, and Ctrl-C ends the process. */
final class PipedLines implements Lines {

    private final BufferedReader reader;
    private final List<String> history = new ArrayList<>();

    PipedLines(InputStream in) {
        reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public String next() throws IOException {
        String line = reader.readLine();
        if (line != null) {
            history.add(line);
        }
        return line;
    }

    @Override
    public List<String> history() {
        return List.copyOf(history);
    }

    @Override
    public void onInterrupt(Runnable action) {
        // Nobody is there to type it.
    }

    @Override
    public void close() {
        // The stream is the process's.
    }
}
