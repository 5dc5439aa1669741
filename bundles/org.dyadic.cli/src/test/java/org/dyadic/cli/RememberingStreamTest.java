package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RememberingStreamTest {

    /** Fails at first, and then no more. */
    private static final class Hiccup extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int failures;

        @Override
        public void write(int value) throws IOException {
            if (failures++ == 0) {
                throw new IOException("No space left on device");
            }
            written.write(value);
        }
    }

    @Test
    void askingWhyAStreamFailedWritesNothing() {
        var hiccup = new Hiccup();
        var remembering = new RememberingStream(hiccup);
        try (var out = new PrintStream(remembering, false, StandardCharsets.UTF_8)) {
            out.print("x");
            assertThat(out.checkError()).isTrue();
            assertThat(remembering.failure()).isEqualTo("No space left on device");
            assertThat(hiccup.written.size()).isZero();
        }
    }

    @Test
    void theFirstFailureIsTheOneToTell() {
        var remembering =
                new RememberingStream(
                        new OutputStream() {
                            private int failures;

                            @Override
                            public void write(int value) throws IOException {
                                throw new IOException("failure " + ++failures);
                            }
                        });
        try (var out = new PrintStream(remembering, false, StandardCharsets.UTF_8)) {
            out.print("x");
            out.print("y");
        }
        assertThat(remembering.failure()).isEqualTo("failure 1");
    }

    @Test
    void bytesPassUnchanged() {
        var bytes = new ByteArrayOutputStream();
        try (var out =
                new PrintStream(new RememberingStream(bytes), false, StandardCharsets.UTF_8)) {
            out.print("3 \u00b5s\n");
            out.write('x');
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("3 \u00b5s\nx");
    }
}
