package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Metric;
import org.dyadic.api.experiment.Sweep.Objective;
import org.dyadic.api.experiment.Sweep.Point;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.lang.dyadic.Axis;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.dyadic.PolicyRule;
import org.dyadic.lang.dyadic.SettingValue;
import org.dyadic.lang.dyadic.Step;
import org.dyadic.lang.dyadic.Sweep;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.ecore.EObject;

/**
 * Sweeps: axes that lead to a setting of the experiment, values that the setting takes, objectives
 * that the experiment measures. A value is tried where it belongs: whatever is wrong with it is
 * found by the same checks, with the same words, as if it stood in the declaration.
 */
final class SweepChecks {

    private final Program program;
    private final Findings findings;
    private final SettingsReading reading;
    private final Metrics metrics;
    private final Function<Variation, Varied> varied;

    /** An experiment of the program under a variation, with what is wrong with it then. */
    interface Varied {
        Optional<Experiment> experiment(org.dyadic.lang.dyadic.Experiment experiment);

        List<Diagnostic> diagnostics();
    }

    /** Puts a value where an axis leads. */
    private interface Target {
        void set(Variation variation, Value value, Position at);
    }

    private record Way(Axis axis, Target target) {}

    SweepChecks(
            Program program,
            Findings findings,
            SettingsReading reading,
            Function<Variation, Varied> varied) {
        this.program = program;
        this.findings = findings;
        this.reading = reading;
        this.metrics = new Metrics(findings);
        this.varied = varied;
    }

    /**
     * The sweep with all its points, unless something in it or in its experiment is wrong.
     *
     * @param expand false if nobody wants the points; then there is no sweep
     */
    Optional<org.dyadic.api.experiment.Sweep> check(Sweep sweep, boolean expand) {
        var at = program.at(sweep, Literals.DECLARATION__NAME);
        boolean whole = hasItsParts(sweep, at);
        if (sweep.getExperiment().eIsProxy()) {
            return Optional.empty();
        }
        var objectives = objectives(sweep);
        var used = used(sweep.getExperiment());
        var ways = new ArrayList<Way>();
        var seen = new HashSet<String>();
        for (var axis : sweep.getAxes()) {
            var target = target(axis, sweep.getExperiment(), used);
            target.ifPresent(it -> ways.add(new Way(axis, it)));
            whole &= target.isPresent() & once(axis, seen) & distinct(axis);
        }
        var plain = varied.apply(Variation.none());
        var base = plain.experiment(sweep.getExperiment());
        var known = new HashSet<>(plain.diagnostics());
        for (var way : ways) {
            whole &= everyValueFits(way, sweep, known);
        }
        long count =
                sweep.getAxes().stream()
                        .mapToLong(axis -> axis.getValues().size())
                        .reduce(1, (a, b) -> a > Integer.MAX_VALUE ? a : a * b);
        whole &= count <= org.dyadic.api.experiment.Sweep.MOST_POINTS || tooMany(at);
        if (!whole || base.isEmpty() || objectives.isEmpty() || !expand) {
            return Optional.empty();
        }
        var points = new ArrayList<Point>();
        if (!expand(sweep, ways, new ArrayList<>(), points)) {
            return Optional.empty();
        }
        return Optional.of(
                new org.dyadic.api.experiment.Sweep(
                        sweep.getName(),
                        base.get(),
                        ways.stream().map(this::axis).toList(),
                        objectives.get(),
                        points,
                        at));
    }

    private boolean hasItsParts(Sweep sweep, Position at) {
        String missing = null;
        if (sweep.getAxes().isEmpty()) {
            missing = "varies nothing; write 'vary', a setting, 'over' and its values";
        } else if (sweep.getObjectives().isEmpty()) {
            missing = "looks for nothing; write 'minimise' or 'maximise' and one or more metrics";
        }
        if (missing != null) {
            findings.report(
                    at, IssueCode.MISSING_PART, "sweep '" + sweep.getName() + "' " + missing);
        }
        return missing == null;
    }

    private boolean tooMany(Position at) {
        findings.report(
                at,
                IssueCode.OUT_OF_RANGE,
                "the axes have more than "
                        + org.dyadic.api.experiment.Sweep.MOST_POINTS
                        + " combinations; vary less at once");
        return false;
    }

    private Optional<List<Objective>> objectives(Sweep sweep) {
        var objectives = new ArrayList<Objective>();
        var seen = EnumSet.noneOf(Metric.class);
        boolean sound = true;
        for (var objective : sweep.getObjectives()) {
            for (int i = 0; i < objective.getMetrics().size(); i++) {
                var at = program.at(objective, Literals.OBJECTIVE__METRICS, i);
                var metric = metrics.find(objective.getMetrics().get(i), sweep.getExperiment(), at);
                if (metric.isPresent() && !seen.add(metric.get())) {
                    findings.report(
                            at,
                            IssueCode.DUPLICATE_SETTING,
                            "'" + metric.get().id() + "' is given twice; remove one of them");
                    sound = false;
                }
                boolean minimise = objective.getSense().equals("minimise");
                metric.ifPresent(it -> objectives.add(new Objective(it, minimise, at)));
                sound &= metric.isPresent();
            }
        }
        return sound ? Optional.of(objectives) : Optional.empty();
    }

    /** What the experiment uses, and what that uses or extends. */
    private static Set<Declaration> used(EObject experiment) {
        var used = new LinkedHashSet<Declaration>();
        var waiting = new ArrayList<>(List.of(experiment));
        while (!waiting.isEmpty()) {
            var object = waiting.remove(waiting.size() - 1);
            object.eCrossReferences().stream()
                    .filter(it -> !it.eIsProxy() && used.add((Declaration) it))
                    .forEach(waiting::add);
            waiting.addAll(object.eContents());
        }
        return used;
    }

    // ---- where an axis leads

    private Optional<Target> target(
            Axis axis, org.dyadic.lang.dyadic.Experiment experiment, Set<Declaration> used) {
        var declaration = axis.getTarget();
        if (declaration.eIsProxy()) {
            return Optional.empty();
        }
        if (declaration != experiment && !used.contains(declaration)) {
            findings.report(
                    program.at(axis, Literals.AXIS__TARGET),
                    IssueCode.UNRESOLVED_NAME,
                    "the experiment does not use "
                            + Names.phrase(declaration)
                            + "; it uses: "
                            + Names.list(List.copyOf(used)));
            return Optional.empty();
        }
        if (declaration instanceof Policy policy) {
            return inPolicy(policy, axis);
        }
        return declaration == experiment
                ? inExperiment(experiment, axis)
                : settings(declaration, axis, 0);
    }

    private Optional<Target> settings(EObject owner, Axis axis, int first) {
        var path = new ArrayList<Setting>();
        for (var step : axis.getSteps().subList(first, axis.getSteps().size())) {
            if (step.getWord() == null) {
                return refuse(step, "a setting has a name without quotes");
            }
            var at = program.at(step);
            path.add(new Setting(step.getWord(), new Value.Word(step.getWord()), at, at));
        }
        return Optional.of((variation, value, at) -> variation.put(owner, path, value, at));
    }

    /** Of an experiment itself, its simulator varies. */
    private Optional<Target> inExperiment(org.dyadic.lang.dyadic.Experiment experiment, Axis axis) {
        var step = axis.getSteps().get(0);
        if (!"simulator".equals(step.getWord())) {
            return refuse(step, "of an experiment, 'simulator' and its settings can vary");
        }
        if (experiment.getSimulations().isEmpty()) {
            return refuse(step, Names.phrase(experiment) + " names none; write 'simulator' there");
        }
        return plugin(experiment.getSimulations().get(0), axis, 1);
    }

    private Optional<Target> inPolicy(Policy policy, Axis axis) {
        var step = axis.getSteps().get(0);
        if ("calibrate".equals(step.getWord())) {
            if (policy.getCalibrations().isEmpty()) {
                return refuse(step, Names.phrase(policy) + " has no 'calibrate' of its own");
            }
            return axis.getSteps().size() > 1
                    ? settings(policy.getCalibrations().get(0), axis, 1)
                    : refuse(step, "a setting must follow, such as '.refit'");
        }
        var rules = policy.getRules().stream().filter(rule -> selects(rule, step)).toList();
        if (rules.isEmpty()) {
            return refuse(
                    step,
                    Names.phrase(policy)
                            + " has no such rule of its own; it has: "
                            + rules(policy)
                            + (policy.getParent() == null
                                    ? ""
                                    : "; a rule it inherits varies with the policy it stands in"));
        }
        if (axis.getSteps().size() < 2) {
            return refuse(step, "'.weights' or '.activations' must follow");
        }
        var role = axis.getSteps().get(1);
        // Of several rules for one kind of layers, the last decides.
        var part =
                rules.stream()
                        .flatMap(rule -> rule.getParts().stream())
                        .filter(it -> it.getRole().equals(role.getWord()))
                        .reduce((first, last) -> last);
        if (part.isEmpty()) {
            return refuse(
                    role,
                    "this rule has "
                            + rules.stream()
                                    .flatMap(rule -> rule.getParts().stream())
                                    .map(it -> "'" + it.getRole() + "'")
                                    .distinct()
                                    .collect(Collectors.joining(" and ")));
        }
        return plugin(part.get().getQuantization(), axis, 2);
    }

    /** The plugin that {@code user} names, or one of its settings. */
    private Optional<Target> plugin(EObject user, Axis axis, int first) {
        return axis.getSteps().size() > first
                ? settings(user, axis, first)
                : Optional.of((variation, value, at) -> variation.put(user, value.toString(), at));
    }

    private static boolean selects(PolicyRule rule, Step step) {
        return rule.isEvery()
                ? "default".equals(step.getWord())
                : rule.getSelectors().stream()
                        .anyMatch(
                                it ->
                                        step.getPattern() != null
                                                ? step.getPattern().equals(it.getPattern())
                                                : step.getWord().equals(it.getLayers()));
    }

    private static String rules(Policy policy) {
        var names = new LinkedHashSet<String>();
        for (var rule : policy.getRules()) {
            if (rule.isEvery()) {
                names.add("default");
            }
            rule.getSelectors()
                    .forEach(
                            it ->
                                    names.add(
                                            it.getPattern() == null
                                                    ? it.getLayers()
                                                    : '"' + it.getPattern() + '"'));
        }
        if (!policy.getCalibrations().isEmpty()) {
            names.add("calibrate");
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private <T> Optional<T> refuse(Step step, String why) {
        String written = step.getWord() == null ? '"' + step.getPattern() + '"' : step.getWord();
        findings.report(program.at(step), IssueCode.UNRESOLVED_NAME, "'" + written + "': " + why);
        return Optional.empty();
    }

    // ---- values

    private boolean once(Axis axis, Set<String> seen) {
        boolean first = seen.add(path(axis));
        if (!first) {
            findings.report(
                    program.at(axis, Literals.AXIS__TARGET),
                    IssueCode.DUPLICATE_SETTING,
                    "'" + path(axis) + "' is varied twice; remove one of them");
        }
        return first;
    }

    private boolean distinct(Axis axis) {
        var seen = new HashSet<Value>();
        boolean distinct = true;
        for (var written : axis.getValues()) {
            var value = reading.value(written);
            if (!seen.add(value)) {
                findings.report(
                        program.at(written),
                        IssueCode.DUPLICATE_SETTING,
                        value + " is listed twice; remove one of them");
                distinct = false;
            }
        }
        return distinct;
    }

    /** Tries the values of one axis, one at a time, and reports what is wrong with each. */
    private boolean everyValueFits(Way way, Sweep sweep, Set<Diagnostic> known) {
        boolean fits = true;
        for (var value : way.axis().getValues()) {
            var variation = Variation.none();
            set(variation, way, value);
            var point = varied.apply(variation);
            fits &= point.experiment(sweep.getExperiment()).isPresent();
            for (var diagnostic : point.diagnostics()) {
                if (!known.contains(diagnostic)) {
                    report(diagnostic, program.at(value), sweep);
                }
            }
        }
        return fits;
    }

    private void report(Diagnostic found, Position value, Sweep sweep) {
        var at = found.position().orElseThrow();
        if (program.covers(sweep, at)) {
            findings.addAll(List.of(found));
        } else {
            findings.report(
                    value, found.code(), "with this value, at " + at + ": " + found.message());
        }
    }

    private void set(Variation variation, Way way, SettingValue value) {
        way.target().set(variation, reading.value(value), program.at(value));
    }

    /** False at the first combination of values that do not go together, which is told. */
    private boolean expand(
            Sweep sweep, List<Way> ways, List<SettingValue> chosen, List<Point> points) {
        if (chosen.size() < ways.size()) {
            for (var value : ways.get(chosen.size()).axis().getValues()) {
                chosen.add(value);
                boolean together = expand(sweep, ways, chosen, points);
                chosen.remove(chosen.size() - 1);
                if (!together) {
                    return false;
                }
            }
            return true;
        }
        var variation = Variation.none();
        for (int i = 0; i < ways.size(); i++) {
            set(variation, ways.get(i), chosen.get(i));
        }
        var values = chosen.stream().map(reading::value).toList();
        var point = varied.apply(variation);
        var experiment = point.experiment(sweep.getExperiment());
        experiment.ifPresentOrElse(
                it -> points.add(new Point(values, it)),
                () -> contradiction(sweep, values, point.diagnostics()));
        return experiment.isPresent();
    }

    /** Values that fit one by one but not together. */
    private void contradiction(Sweep sweep, List<Value> values, List<Diagnostic> found) {
        var at = program.at(sweep, Literals.DECLARATION__NAME);
        var told = found.stream().filter(Diagnostic::isError).findFirst();
        findings.report(
                at,
                told.map(Diagnostic::code).orElse(IssueCode.OUT_OF_RANGE),
                "the values "
                        + new Value.Sequence(values)
                        + " do not go together"
                        + told.map(it -> ": " + it.message()).orElse(""));
    }

    private org.dyadic.api.experiment.Sweep.Axis axis(Way way) {
        return new org.dyadic.api.experiment.Sweep.Axis(
                path(way.axis()),
                way.axis().getValues().stream().map(reading::value).toList(),
                program.at(way.axis(), Literals.AXIS__TARGET));
    }

    private static String path(Axis axis) {
        return axis.getTarget().getName()
                + axis.getSteps().stream()
                        .map(
                                it ->
                                        it.getWord() == null
                                                ? ".\"" + it.getPattern() + '"'
                                                : "." + it.getWord())
                        .collect(Collectors.joining());
    }
}
