package org.dyadic.workbench.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;

/** Logs line by line what a plugin prints, and passes on what anybody else prints. */
final class Prints extends OutputStream {

    private final Journal journal;
    private final String name;
    private final PrintStream others;
    private final ThreadLocal<ByteArrayOutputStream> line =
            ThreadLocal.withInitial(ByteArrayOutputStream::new);

    Prints(Journal journal, String name, PrintStream others) {
        this.journal = journal;
        this.name = name;
        this.others = others;
    }

    @Override
    public void write(int value) {
        if (Calls.atWork().isEmpty()) {
            others.write(value);
        } else {
            add((byte) value);
        }
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
        if (Calls.atWork().isEmpty()) {
            others.write(bytes, start, length);
        } else {
            for (int i = start; i < start + length; i++) {
                add(bytes[i]);
            }
        }
    }

    private void add(byte value) {
        var bytes = line.get();
        if (value != '\n') {
            bytes.write(value);
        }
        if (value == '\n' || bytes.size() >= Journal.LONGEST) {
            var text = bytes.toByteArray();
            bytes.reset();
            journal.log(
                    Calls.origin(Calls.atWork().orElse("")),
                    name,
                    Level.WARNING,
                    // A PrintStream writes in this, unless it is told otherwise.
                    () -> new String(text, Charset.defaultCharset()).strip(),
                    null);
        }
    }

    @Override
    public void flush() {
        others.flush();
    }
}
