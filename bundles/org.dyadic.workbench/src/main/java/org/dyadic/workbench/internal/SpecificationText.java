package org.dyadic.workbench.internal;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.experiment.DatasetUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;

/** Writes an experiment in the language, with every import, inheritance and default spelled out. */
final class SpecificationText {

    private final StringBuilder text = new StringBuilder();
    private final UnaryOperator<Path> paths;

    private SpecificationText(UnaryOperator<Path> paths) {
        this.paths = paths;
    }

    /** With absolute paths, so that it runs from wherever it is saved. */
    static String of(Experiment experiment) {
        return of(experiment, path -> path.toAbsolutePath().normalize());
    }

    /** With paths relative to the file of the experiment: the same on every machine. */
    static String portable(Experiment experiment) {
        var folder = experiment.file().toAbsolutePath().normalize().getParent();
        return of(
                experiment,
                path -> {
                    var absolute = path.toAbsolutePath().normalize();
                    return absolute.getRoot().equals(folder.getRoot())
                            ? folder.relativize(absolute)
                            : absolute;
                });
    }

    private static String of(Experiment experiment, UnaryOperator<Path> paths) {
        var writer = new SpecificationText(paths);
        writer.line(
                "network "
                        + experiment.network().name()
                        + " from "
                        + writer.quoted(experiment.network().file())
                        + block(experiment.network().settings()));
        var datasets = new LinkedHashSet<DatasetUse>();
        experiment.dataset().ifPresent(datasets::add);
        experiment
                .policies()
                .forEach(
                        policy ->
                                policy.calibration()
                                        .map(Calibration::dataset)
                                        .ifPresent(datasets::add));
        datasets.forEach(
                dataset ->
                        writer.line(
                                "dataset "
                                        + dataset.name()
                                        + " from "
                                        + writer.quoted(dataset.location())
                                        + " as "
                                        + dataset.format()
                                        + block(dataset.settings())));
        experiment.accelerators().forEach(writer::accelerator);
        experiment.policies().forEach(writer::policy);
        writer.experiment(experiment);
        return writer.text.toString();
    }

    private void accelerator(AcceleratorUse accelerator) {
        line(
                "accelerator "
                        + accelerator.name()
                        + " uses "
                        + accelerator.backend()
                        + block(accelerator.settings()));
    }

    private void policy(PolicyUse policy) {
        line("policy " + policy.name() + " {");
        policy.calibration()
                .ifPresent(
                        calibration ->
                                line(
                                        "    calibrate "
                                                + calibration.dataset().name()
                                                + braced(calibration.settings())));
        for (var rule : policy.rules()) {
            String selectors =
                    rule.selectors().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
            line(
                    "    "
                            + (selectors.equals("default") ? "" : "layers ")
                            + selectors
                            + rule.weights().map(use -> " weights " + quantizer(use)).orElse("")
                            + rule.activations()
                                    .map(use -> " activations " + quantizer(use))
                                    .orElse(""));
        }
        line("}");
    }

    private static String quantizer(QuantizerUse use) {
        return use.id() + braced(use.settings());
    }

    private static String braced(Settings settings) {
        return settings.asMap().isEmpty() ? "" : " { " + settings + " }";
    }

    private void experiment(Experiment experiment) {
        line("experiment " + experiment.name() + " {");
        line("    network " + experiment.network().name());
        experiment.dataset().ifPresent(dataset -> line("    dataset " + dataset.name()));
        line(
                "    policies "
                        + experiment.policies().stream()
                                .map(PolicyUse::name)
                                .collect(Collectors.joining(", ")));
        if (!experiment.accelerators().isEmpty()) {
            line(
                    "    accelerators "
                            + experiment.accelerators().stream()
                                    .map(AcceleratorUse::name)
                                    .collect(Collectors.joining(", ")));
        }
        experiment
                .simulator()
                .ifPresent(
                        simulator ->
                                line(
                                        "    simulator "
                                                + simulator.id()
                                                + simulator
                                                        .settings()
                                                        .map(SpecificationText::braced)
                                                        .orElse("")));
        experiment.expectations().forEach(expectation -> line("    expect " + expectation));
        line("}");
    }

    /** Settings in braces, nested blocks as blocks; nothing if there are none. */
    private static String block(Settings settings) {
        if (settings.asMap().isEmpty()) {
            return "";
        }
        var plain = new StringBuilder();
        Map<String, StringBuilder> nested = new TreeMap<>();
        for (Map.Entry<String, Value> entry : settings.asMap().entrySet()) {
            int dot = entry.getKey().indexOf('.');
            if (dot < 0) {
                plain.append("    ")
                        .append(entry.getKey())
                        .append(' ')
                        .append(entry.getValue())
                        .append('\n');
            } else {
                nested.computeIfAbsent(entry.getKey().substring(0, dot), key -> new StringBuilder())
                        .append(entry.getKey().substring(dot + 1))
                        .append(' ')
                        .append(entry.getValue())
                        .append("  ");
            }
        }
        nested.forEach(
                (name, inner) ->
                        plain.append("    ")
                                .append(name)
                                .append(" { ")
                                .append(inner.toString().trim())
                                .append(" }\n"));
        return " {\n" + plain + "}";
    }

    private String quoted(Path path) {
        return '"' + paths.apply(path).toString().replace('\\', '/') + '"';
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
