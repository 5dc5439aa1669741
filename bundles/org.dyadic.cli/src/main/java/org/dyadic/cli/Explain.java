package org.dyadic.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic explain RUN}. */
@Command(
        name = "explain",
        description = "Show what the area, energy and latency of a saved run are made of.",
        footer = {
            "",
            "Every share is a count times a price; every price names the constants it",
            "rests on, each with unit, node, voltage, corner and source. Only the result.json",
            "of the run folder is read."
        })
final class Explain implements Callable<Integer> {

    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "A run folder, its name, or 'latest'.")
    private String run;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where names and 'latest' are looked up (default: runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--policy", paramLabel = "NAME", description = "Only this policy.")
    private String policy;

    @Option(names = "--accelerator", paramLabel = "NAME", description = "Only this accelerator.")
    private String accelerator;

    Explain(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SavedRun saved;
        try {
            saved = SavedRun.open(run, runs);
        } catch (InvalidPathException e) {
            throw new Refusal(ExitCode.USAGE, "'" + run + "' is no path.");
        }
        try {
            var explanation = new Explanation(saved.results());
            var outcomes = explanation.outcomes();
            var chosen = only(only(outcomes, "policy", policy), "accelerator", accelerator);
            session.terminal().out().print(Terminal.plain(explanation.of(chosen)));
        } catch (IllegalStateException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException
                | NumberFormatException e) {
            // what Gson throws where a field is not what it should be
            throw SavedRun.damaged(saved.file(), "a field is missing or of another type");
        }
        return ExitCode.OK;
    }

    private static List<Explanation.Row> only(
            List<Explanation.Row> outcomes, String what, String name) {
        if (name == null) {
            return outcomes;
        }
        Function<Explanation.Row, Optional<String>> named =
                row -> what.equals("policy") ? Optional.of(row.policy()) : row.accelerator();
        var chosen =
                outcomes.stream()
                        .filter(row -> named.apply(row).equals(Optional.of(name)))
                        .toList();
        if (chosen.isEmpty()) {
            var there = outcomes.stream().flatMap(row -> named.apply(row).stream()).distinct();
            throw new Refusal(ExitCode.USAGE, Session.among(what, name, there.toList()));
        }
        return chosen;
    }
}
