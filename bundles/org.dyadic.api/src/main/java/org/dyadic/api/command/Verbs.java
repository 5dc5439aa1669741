package org.dyadic.api.command;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Every verb of the command line, those of other bundles too, for a face that reads lines itself.
 * Provided by the platform; what is installed meanwhile is there at the next call.
 */
@ProviderType
public interface Verbs {

    /** The words that may begin a line, in order. */
    List<String> names();

    /**
     * Carries out one line and answers with its exit code; whatever goes wrong is told on {@code
     * streams.err()}, never by an exception. Interrupting the thread that called stops the work.
     *
     * @param words the verb and its arguments
     */
    int execute(List<String> words, Verb.Streams streams);

    /**
     * What may come next.
     *
     * @param before the finished words of the line
     * @param start what is typed of the next one; may be empty
     */
    Completion complete(List<String> before, String start);

    /**
     * What may come next.
     *
     * @param candidates the words that begin as the user began
     * @param files true if the name of a file may stand there
     */
    record Completion(List<Candidate> candidates, boolean files) {
        public Completion {
            candidates = List.copyOf(candidates);
        }
    }

    /** A word that may come next, and one line of help; empty if there is none. */
    record Candidate(String word, String description) {}
}
