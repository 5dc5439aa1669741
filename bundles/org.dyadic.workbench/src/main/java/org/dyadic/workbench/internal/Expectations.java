package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Expectation;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Holds the figures of a run against the limits that the experiment states. */
final class Expectations {

    private Expectations() {}

    static List<Diagnostic> check(Experiment experiment, List<Outcome> outcomes) {
        var missed = new ArrayList<Diagnostic>();
        for (var expectation : experiment.expectations()) {
            for (var outcome : outcomes) {
                if (!(outcome instanceof Outcome.Interrupted)
                        && outcome.policy().equals(expectation.policy())
                        && (expectation.accelerator().isEmpty()
                                || expectation.accelerator().equals(outcome.accelerator()))) {
                    check(expectation, outcome).ifPresent(missed::add);
                }
            }
        }
        return missed.stream().distinct().toList();
    }

    private static Optional<Diagnostic> check(Expectation expectation, Outcome outcome) {
        var figure = figure(expectation.metric(), outcome);
        if (figure.isPresent() && expectation.holds(figure.get())) {
            return Optional.empty();
        }
        String where = outcome.accelerator().map(name -> " on " + name).orElse("");
        String found =
                figure.map(
                                quantity ->
                                        "was "
                                                + Quantity.of(
                                                        quantity.in(expectation.limit().unit()),
                                                        expectation.limit().unit()))
                        .orElse(
                                "there is no such figure, because the outcome is "
                                        + outcome.status());
        return Optional.of(
                Diagnostic.at(
                        expectation.at(),
                        IssueCode.EXPECTATION_MISSED,
                        "expected " + expectation + where + ", but " + found));
    }

    private static Optional<Quantity> figure(Metric metric, Outcome outcome) {
        if (metric == Metric.ACCURACY) {
            return outcome.accuracy().map(accuracy -> Quantity.of(accuracy.top1(), Unit.ONE));
        }
        Optional<HardwareResult> hardware =
                outcome instanceof Outcome.Completed completed
                        ? completed.hardware()
                        : Optional.empty();
        return hardware.map(
                result ->
                        switch (metric) {
                            case LATENCY -> result.latency().quantity();
                            case ENERGY -> result.energy().quantity();
                            default -> result.area().quantity();
                        });
    }
}
