package org.dyadic.api.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A verb of the command line: {@code dyadic NAME ARGUMENT...}. Its name and one line of help are in
 * its {@link VerbService}, so that it is not made before a user asks for it.
 */
@ConsumerType
public interface Verb {

    /** The exit code when all is well. */
    int OK = 0;

    /** The exit code when a user's file is wrong. */
    int WRONG = 1;

    /** The exit code when the arguments are. */
    int MISUSED = 2;

    /**
     * Does what the verb says and answers with the exit code. What a user did wrong is told on
     * {@code streams.err()} in one sentence, never by an exception.
     */
    int run(List<String> arguments, Streams streams);

    /** How it is used, for {@code --help}: a line such as {@code FILE... [--check]}, and more. */
    String help();

    /**
     * The streams of the process.
     *
     * @param out for results alone
     * @param err for everything else
     */
    record Streams(InputStream in, PrintStream out, PrintStream err) {}
}
