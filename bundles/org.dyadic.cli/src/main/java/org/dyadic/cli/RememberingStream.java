package org.dyadic.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on and remembers why that failed, which a PrintStream around it forgets. */
final class RememberingStream extends FilterOutputStream {

    private IOException failure;

    RememberingStream(OutputStream target) {
        super(target);
    }

    /** Why the first write that failed did so. */
    String failure() {
        return failure == null ? "it failed" : String.valueOf(failure.getMessage());
    }

    @Override
    public void write(int value) throws IOException {
        remembering(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        remembering(() -> out.write(bytes, start, length));
    }

    @Override
    public void flush() throws IOException {
        remembering(out::flush);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void remembering(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
            throw e;
        }
    }
}
