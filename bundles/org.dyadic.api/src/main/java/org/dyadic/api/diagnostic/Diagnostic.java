package org.dyadic.api.diagnostic;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One message about a user's file: where, how bad, what was found, what is allowed, what to do
 * next.
 */
public record Diagnostic(IssueCode code, Optional<Position> position, String message) {

    public Diagnostic {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(position, "position");
        if (message.isBlank()) {
            throw new IllegalArgumentException("a diagnostic needs a message");
        }
    }

    /** A diagnostic at a place in a file. */
    public static Diagnostic at(Position position, IssueCode code, String message) {
        return new Diagnostic(code, Optional.of(position), message);
    }

    /** A diagnostic without a place; choose this only when there is truly none. */
    public static Diagnostic nowhere(IssueCode code, String message) {
        return new Diagnostic(code, Optional.empty(), message);
    }

    /** That of the code. */
    public Severity severity() {
        return code.severity();
    }

    /** True if it stops a run. */
    public boolean isError() {
        return severity() == Severity.ERROR;
    }

    /** {@code file:line:column: error: message [code]}, the form every editor can follow. */
    @Override
    public String toString() {
        return position.map(place -> place + ": ").orElse("")
                + severity().name().toLowerCase(Locale.ROOT)
                + ": "
                + message
                + " ["
                + code.id()
                + "]";
    }
}
