package org.dyadic.lang.checks;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;

/** Collects diagnostics; of two that are equal, one. */
public final class Findings {

    private final Set<Diagnostic> all = new LinkedHashSet<>();

    public void report(Position at, IssueCode code, String message) {
        all.add(Diagnostic.at(at, code, message));
    }

    public void addAll(Collection<Diagnostic> diagnostics) {
        all.addAll(diagnostics);
    }

    public boolean contain(Set<IssueCode> codes) {
        return all.stream().map(Diagnostic::code).anyMatch(codes::contains);
    }

    /** By file, line and column. */
    public List<Diagnostic> inOrder() {
        return all.stream()
                .sorted(Comparator.comparing(diagnostic -> diagnostic.position().orElseThrow()))
                .toList();
    }
}
