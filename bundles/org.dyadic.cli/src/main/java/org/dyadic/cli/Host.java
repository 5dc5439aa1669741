package org.dyadic.cli;

import java.io.InputStream;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * What a session runs in: a process of its own, or a shell.
 *
 * @param in what is typed
 * @param end ends everything that the user means to end, at once, with an exit code
 * @param shell carries out {@code dyadic shell}
 * @param features what alone was started, as the user named it; empty if everything was
 */
record Host(InputStream in, IntConsumer end, IntSupplier shell, String features) {

    /** A process; what {@code dyadic shell} does in it is given. */
    static Host process(IntSupplier shell, String features) {
        return new Host(System.in, System::exit, shell, features);
    }
}
