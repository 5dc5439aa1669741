package org.dyadic.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;

/**
 * What is wrong with a file, each thing once: an accelerator that refuses policies in several
 * experiments is told in full for the first of them, and of the others by their names.
 */
final class Findings {

    private final Set<Diagnostic> all;
    private final Set<Diagnostic> inFull;
    private final Map<Optional<Position>, Set<String>> refusingToo = new HashMap<>();

    Findings(Collection<Diagnostic> ofTheFile) {
        all = new LinkedHashSet<>(ofTheFile);
        inFull = new LinkedHashSet<>(ofTheFile);
    }

    void add(String experiment, List<Diagnostic> found) {
        all.addAll(found);
        var before = List.copyOf(inFull);
        for (var one : found) {
            // variants of an accelerator share its place: which of them is meant, only they say
            if (isRefusal(one) && isOnly(one, before) && isOnly(one, found)) {
                refusingToo
                        .computeIfAbsent(one.position(), place -> new LinkedHashSet<>())
                        .add(experiment);
            } else {
                inFull.add(one);
            }
        }
    }

    /** True if there is one refusal at the place of this one. */
    private static boolean isOnly(Diagnostic refusal, List<Diagnostic> among) {
        return among.stream()
                        .filter(one -> isRefusal(one) && one.position().equals(refusal.position()))
                        .count()
                == 1;
    }

    private static boolean isRefusal(Diagnostic found) {
        return found.code() == IssueCode.INFEASIBLE && found.position().isPresent();
    }

    /** Everything, for programs. */
    Set<Diagnostic> all() {
        return all;
    }

    /** For a person. */
    List<Diagnostic> told() {
        return inFull.stream().map(this::withOtherExperiments).toList();
    }

    private Diagnostic withOtherExperiments(Diagnostic found) {
        var experiments = refusingToo.get(found.position());
        return isRefusal(found) && experiments != null
                ? new Diagnostic(
                        found.code(),
                        found.position(),
                        found.message()
                                + "; it refuses policies of "
                                + String.join(", ", experiments)
                                + " too")
                : found;
    }
}
