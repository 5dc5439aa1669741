package org.dyadic.api.sim;

import java.util.Objects;

/**
 * A text file that a simulator adds to the run folder. The platform writes it to {@code
 * <simulator>/<accelerator>/<file>}, and to a folder a policy below that if policies differ.
 *
 * @param file its name, such as {@code COMPUTE_REPORT.csv}: letters, digits, {@code . _ -}, and no
 *     folder
 */
public record Attachment(String file, String text) {

    public Attachment {
        Objects.requireNonNull(text, "text");
        if (!file.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "a file name has letters, digits, '.', '_' and '-', was '" + file + "'");
        }
    }
}
