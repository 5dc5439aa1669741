package org.dyadic.cli;

import java.util.Collection;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;

/** What a process says when it ends; scripts rely on the numbers. */
final class ExitCode {

    static final int OK = 0;
    static final int SPECIFICATION = 1;
    static final int USAGE = 2;
    static final int MISSING_PLUGIN = 3;
    static final int INTERNAL = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What diagnostics of files amount to. */
    static int of(Collection<Diagnostic> diagnostics) {
        var codes = diagnostics.stream().filter(Diagnostic::isError).map(Diagnostic::code).toList();
        if (codes.isEmpty()) {
            return OK;
        }
        if (codes.contains(IssueCode.PLUGIN_FAILED)) {
            return INTERNAL;
        }
        return codes.stream().allMatch(IssueCode.UNKNOWN_PLUGIN::equals)
                ? MISSING_PLUGIN
                : SPECIFICATION;
    }

    /** What a run amounts to. An infeasible design is a result, not a failure. */
    static int of(Results results) {
        if (results.interrupted()) {
            return INTERRUPTED;
        }
        return results.outcomes().stream().anyMatch(Outcome.Broken.class::isInstance)
                ? INTERNAL
                : of(results.diagnostics());
    }
}
