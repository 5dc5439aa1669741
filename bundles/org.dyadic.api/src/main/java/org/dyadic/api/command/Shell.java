package org.dyadic.api.command;

import org.osgi.annotation.versioning.ConsumerType;

/** Reads lines and has them carried out, until its user ends it: {@code dyadic shell}. */
@ConsumerType
public interface Shell {

    /**
     * Reads to the end and answers with the exit code of the last line.
     *
     * @param streams those of the process
     * @param interactive true if {@code streams.in()} is a terminal
     */
    int run(Verbs verbs, Verb.Streams streams, boolean interactive);
}
