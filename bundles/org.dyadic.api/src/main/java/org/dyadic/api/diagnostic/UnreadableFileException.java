package org.dyadic.api.diagnostic;

import java.io.IOException;
import java.util.Objects;

/**
 * A user's model or data file is missing, damaged, or holds what is not supported. The platform
 * turns it into a {@link Diagnostic} at the declaration that names the file; the message must
 * finish the sentence.
 */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1;

    private final IssueCode code;

    /** For a file that can be read but not used: the code says why. */
    public UnreadableFileException(IssueCode code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** For a file that is missing, damaged or not understood. */
    public UnreadableFileException(String message) {
        this(IssueCode.UNREADABLE_FILE, message);
    }

    /** The code of the diagnostic that this becomes. */
    public IssueCode code() {
        return code;
    }
}
