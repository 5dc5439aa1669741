package org.dyadic.api.workbench;

import java.util.Objects;
import org.dyadic.api.diagnostic.Severity;

/**
 * Something worth knowing about an added bundle.
 *
 * @param severity an error keeps the bundle from running
 * @param subject the bundle's name and version, a file, or a plugin's kind and id
 * @param finding what was found, in a sentence
 * @param advice the next step, in a sentence
 */
public record PluginFinding(Severity severity, String subject, String finding, String advice) {

    public PluginFinding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(advice, "advice");
    }
}
