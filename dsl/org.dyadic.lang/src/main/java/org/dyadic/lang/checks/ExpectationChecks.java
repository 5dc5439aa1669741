package org.dyadic.lang.checks;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.unit.Quantity;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Expectation;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.ecore.EStructuralFeature;

/** Expectations: a known metric that the experiment measures, and a limit of its dimension. */
final class ExpectationChecks {

    private final Program program;
    private final Findings findings;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final Metrics metrics;

    ExpectationChecks(
            Program program, Findings findings, SettingsReading reading, PluginChecks plugins) {
        this.program = program;
        this.findings = findings;
        this.reading = reading;
        this.plugins = plugins;
        this.metrics = new Metrics(findings);
    }

    Optional<org.dyadic.api.experiment.Expectation> check(Expectation expectation) {
        var experiment = (Experiment) expectation.eContainer();
        boolean sound =
                isListed(expectation, Literals.EXPECTATION__POLICY, experiment.getPolicies());
        if (expectation.getAccelerator() != null) {
            sound &=
                    isListed(
                            expectation,
                            Literals.EXPECTATION__ACCELERATOR,
                            experiment.getAccelerators());
        }
        var metric =
                metrics.find(
                        expectation.getMetric(),
                        experiment,
                        program.at(expectation, Literals.EXPECTATION__METRIC));
        sound &= metric.isPresent();
        var limit = metric.flatMap(it -> limit(it, expectation));
        return sound
                ? limit.map(
                        quantity ->
                                new org.dyadic.api.experiment.Expectation(
                                        metric.get(),
                                        expectation.getPolicy().getName(),
                                        Optional.ofNullable(expectation.getAccelerator())
                                                .map(Declaration::getName),
                                        expectation.getSense().equals(">="),
                                        quantity,
                                        program.at(expectation)))
                : Optional.empty();
    }

    private boolean isListed(
            Expectation expectation,
            EStructuralFeature feature,
            List<? extends Declaration> listed) {
        var named = (Declaration) expectation.eGet(feature);
        if (named.eIsProxy()) {
            return false;
        }
        if (listed.contains(named)) {
            return true;
        }
        findings.report(
                program.at(expectation, feature),
                IssueCode.UNRESOLVED_NAME,
                "'"
                        + named.getName()
                        + "' is not part of this experiment; listed: "
                        + Names.list(listed));
        return false;
    }

    /**
     * A limit is held against a parameter of its own, so that its messages are those of settings.
     */
    private Optional<Quantity> limit(Metric metric, Expectation expectation) {
        var at = program.at(expectation.getLimit());
        var value = reading.value(expectation.getLimit());
        return plugins.settings(
                        "an expectation",
                        Limits.of(metric),
                        List.of(new Setting(metric.id(), value, at, at)),
                        at)
                .map(settings -> settings.measure(metric.id()));
    }
}
