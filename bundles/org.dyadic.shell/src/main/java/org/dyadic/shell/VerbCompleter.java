package org.dyadic.shell;

import java.util.List;
import org.dyadic.api.command.Verbs;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what the verbs say may come next, and the names of files. */
final class VerbCompleter implements Completer {

    private final Verbs verbs;
    private final FileNameCompleter files = new FileNameCompleter();

    VerbCompleter(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String start = line.word().substring(0, line.wordCursor());
        var completion = verbs.complete(line.words().subList(0, line.wordIndex()), start);
        for (var each : completion.candidates()) {
            String help = each.description().isEmpty() ? null : each.description();
            candidates.add(new Candidate(each.word(), each.word(), null, help, null, null, true));
        }
        if (completion.files()) {
            files.complete(reader, line, candidates);
        }
    }
}
