package org.dyadic.lang.checks;

import java.util.Arrays;
import java.util.Optional;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Metric;
import org.dyadic.lang.dyadic.Experiment;

/** Figures by their words: a known one, and one that the experiment measures. */
final class Metrics {

    private final Findings findings;

    Metrics(Findings findings) {
        this.findings = findings;
    }

    /** The metric, unless it is unknown or the experiment has no such figure. */
    Optional<Metric> find(String word, Experiment experiment, Position at) {
        var known = Arrays.stream(Metric.values()).map(Metric::id).toList();
        if (known.contains(word)) {
            var metric = Metric.values()[known.indexOf(word)];
            return isMeasured(metric, experiment, at) ? Optional.of(metric) : Optional.empty();
        }
        findings.report(
                at,
                IssueCode.UNRESOLVED_NAME,
                "unknown metric '"
                        + word
                        + "'; known: "
                        + String.join(", ", known)
                        + "."
                        + Guess.suggestion(word, known));
        return Optional.empty();
    }

    private boolean isMeasured(Metric metric, Experiment experiment, Position at) {
        boolean accuracy = metric == Metric.ACCURACY;
        boolean measured =
                accuracy
                        ? !experiment.getDatasets().isEmpty()
                        : !experiment.getAccelerators().isEmpty();
        if (!measured) {
            findings.report(
                    at,
                    IssueCode.MISSING_PART,
                    "experiment '"
                            + experiment.getName()
                            + "' has no "
                            + metric.id()
                            + " without "
                            + (accuracy ? "a dataset" : "accelerators"));
        }
        return measured;
    }
}
