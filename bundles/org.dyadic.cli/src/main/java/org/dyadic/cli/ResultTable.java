package org.dyadic.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.unit.Dimension;

/**
 * Results as plain text: a heading, a row for each outcome, notes, and what kind each figure is.
 */
final class ResultTable {

    /** A column; where an outcome has no such figure, the cell is empty. */
    private record Column(
            String heading,
            Function<Outcome, Optional<String>> cell,
            Function<Outcome, Optional<Kind>> kind) {}

    /** The arithmetic of an accuracy whose policy is neither all integer nor all float. */
    private static final String MIXED = "float32 on quantized values";

    private final Results results;
    private final List<String> notes = new ArrayList<>();

    private ResultTable(Results results) {
        this.results = results;
    }

    /** The whole text, with a line end. */
    static String of(Results results) {
        return new ResultTable(results).text();
    }

    private String text() {
        var columns =
                columns().stream()
                        .filter(
                                column ->
                                        results.outcomes().stream()
                                                .anyMatch(o -> column.cell().apply(o).isPresent()))
                        .toList();
        var headings = new ArrayList<String>();
        headings.add("policy");
        boolean onHardware = results.outcomes().stream().anyMatch(o -> o.accelerator().isPresent());
        if (onHardware) {
            headings.add("accelerator");
        }
        columns.forEach(column -> headings.add(">" + column.heading()));
        headings.add("status");
        var table = new TextTable(headings);
        for (var outcome : results.outcomes()) {
            var row = new ArrayList<String>();
            row.add(outcome.policy());
            if (onHardware) {
                row.add(outcome.accelerator().orElse("-"));
            }
            columns.forEach(column -> row.add(column.cell().apply(outcome).orElse("-")));
            row.add(status(outcome));
            table.row(row);
        }
        return heading() + "\n" + table + footer(columns) + kernels();
    }

    private String heading() {
        String network = results.network().name();
        String data =
                results.dataset()
                        .map(set -> " on " + set.name() + " (" + set.images() + " images)")
                        .orElse(", no data set");
        return Terminal.plain(results.experiment() + ": " + network + data) + "\n";
    }

    private List<Column> columns() {
        return List.of(
                new Column(
                        "top-1 %",
                        outcome ->
                                outcome.accuracy()
                                        .filter(accuracy -> accuracy.images() > 0)
                                        .map(accuracy -> percent(accuracy.top1())),
                        outcome -> outcome.accuracy().map(accuracy -> Kind.MEASURED)),
                new Column(
                        "cycles",
                        outcome -> hardware(outcome).map(h -> Long.toString(h.cycles())),
                        outcome -> hardware(outcome).map(h -> h.latency().kind())),
                measured("latency", Dimension.TIME, HardwareResult::latency),
                measured("energy", Dimension.ENERGY, HardwareResult::energy),
                measured("area", Dimension.AREA, HardwareResult::area));
    }

    private Column measured(
            String name, Dimension dimension, Function<HardwareResult, Figure> figure) {
        var measure =
                Measure.of(
                        dimension,
                        results.outcomes().stream()
                                .flatMap(outcome -> hardware(outcome).stream())
                                .map(hardware -> figure.apply(hardware).quantity())
                                .toList());
        return new Column(
                name + " " + measure.unit().symbol(),
                outcome -> hardware(outcome).map(h -> measure.format(figure.apply(h).quantity())),
                outcome -> hardware(outcome).map(h -> figure.apply(h).kind()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static Optional<HardwareResult> hardware(Outcome outcome) {
        return outcome instanceof Outcome.Completed completed
                ? completed.hardware()
                : Optional.empty();
    }

    /** The word, and the numbers of the notes that say more. */
    private String status(Outcome outcome) {
        var numbers =
                Stream.concat(reason(outcome).stream(), remarks(outcome).stream())
                        .map(this::number)
                        .collect(Collectors.joining(", "));
        return numbers.isEmpty() ? outcome.status() : outcome.status() + " (" + numbers + ")";
    }

    private String number(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
        return Integer.toString(notes.indexOf(note) + 1);
    }

    /** Why an outcome is not what was hoped for. */
    private static Optional<String> reason(Outcome outcome) {
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return Optional.of(infeasible.reason());
        }
        if (outcome instanceof Outcome.Broken broken) {
            return Optional.of(broken.plugin() + " failed: " + broken.reason());
        }
        if (outcome instanceof Outcome.Interrupted) {
            return outcome.accuracy()
                    .map(a -> "stopped after " + a.images() + " of " + a.of() + " images")
                    .or(() -> Optional.of("stopped before it was finished"));
        }
        return Optional.empty();
    }

    /** What one must know to read the accuracy of an outcome right. */
    private static List<String> remarks(Outcome outcome) {
        var remarks = new ArrayList<String>();
        outcome.accuracy()
                .ifPresent(
                        accuracy -> {
                            if (accuracy.overflows() > 0) {
                                remarks.add(overflows(outcome, accuracy));
                            }
                            if (accuracy.arithmetic().equals(MIXED)) {
                                remarks.add(
                                        "executed in "
                                                + MIXED
                                                + ", because the policy leaves layers in float");
                            }
                            if (outcome instanceof Outcome.Infeasible
                                    && accuracy.arithmetic().startsWith("integer")) {
                                remarks.add(
                                        "the accuracy is that of a wide datapath, not of this"
                                                + " accelerator");
                            }
                        });
        return remarks;
    }

    /** How many sums, and of how many if the accelerator is known that counts them. */
    private static String overflows(Outcome outcome, Accuracy accuracy) {
        String share =
                hardware(outcome)
                        .map(
                                result ->
                                        result.layers().stream()
                                                .map(layer -> layer.estimate().activity())
                                                .mapToLong(Activity::requantizations)
                                                .sum())
                        .filter(sums -> sums > 0)
                        .map(sums -> 100.0 * accuracy.overflows() / accuracy.images() / sums)
                        .map(percent -> String.format(Locale.ROOT, " (%.2g %%)", percent))
                        .orElse("");
        return accuracy.overflows() + " sums" + share + " overflowed the accumulator";
    }

    private String footer(List<Column> columns) {
        var text = new StringBuilder();
        for (int i = 0; i < notes.size(); i++) {
            text.append(i == 0 ? "\n" : "")
                    .append("(" + (i + 1) + ") ")
                    .append(Terminal.plain(notes.get(i)))
                    .append('\n');
        }
        var byKind = new LinkedHashMap<Kind, List<String>>();
        for (var column : columns) {
            for (var kind : kinds(column)) {
                byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(mentioned(column, kind));
            }
        }
        if (!byKind.isEmpty()) {
            text.append('\n')
                    .append(
                            byKind.entrySet().stream()
                                    .map(
                                            e ->
                                                    e.getKey().id()
                                                            + ": "
                                                            + String.join(", ", e.getValue()))
                                    .collect(Collectors.joining("; ")))
                    .append('\n');
        }
        return text.toString();
    }

    /** What computed the layers, in one line; policies that took the same are named together. */
    private String kernels() {
        var policies = new LinkedHashMap<String, Set<String>>();
        for (var outcome : results.outcomes()) {
            outcome.accuracy()
                    .filter(accuracy -> !accuracy.kernels().isEmpty())
                    .ifPresent(
                            accuracy ->
                                    policies.computeIfAbsent(
                                                    counted(accuracy.kernels().values()),
                                                    k -> new LinkedHashSet<>())
                                            .add(outcome.policy()));
        }
        return policies.isEmpty()
                ? ""
                : Terminal.plain(
                        policies.entrySet().stream()
                                .map(
                                        entry ->
                                                entry.getKey()
                                                        + " ("
                                                        + String.join(", ", entry.getValue())
                                                        + ")")
                                .collect(Collectors.joining("; ", "kernels: ", "\n")));
    }

    /** {@code 19 x int16, 1 x int32}. */
    private static String counted(Collection<String> kernels) {
        var counts = new LinkedHashMap<String, Integer>();
        kernels.forEach(kernel -> counts.merge(kernel, 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private LinkedHashSet<Kind> kinds(Column column) {
        return results.outcomes().stream()
                .flatMap(outcome -> column.kind().apply(outcome).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The name of a column; when its figures are of several kinds, with those it is said of. */
    private String mentioned(Column column, Kind kind) {
        String name = column.heading().split(" ")[0];
        if (kinds(column).size() == 1) {
            return name;
        }
        return results.outcomes().stream()
                .filter(outcome -> column.kind().apply(outcome).equals(Optional.of(kind)))
                .map(outcome -> outcome.accelerator().orElse(outcome.policy()))
                .distinct()
                .collect(Collectors.joining(" and ", name + " of ", ""));
    }
}
