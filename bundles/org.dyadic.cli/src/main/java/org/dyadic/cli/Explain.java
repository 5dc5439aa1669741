package org.dyadic.cli;

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
        var text = SavedRun.open(run, runs).find(results -> text(new Explanation(results)));
        session.terminal().out().print(Terminal.plain(text));
        return ExitCode.OK;
    }

    private String text(Explanation explanation) {
        var outcomes = explanation.outcomes();
        return explanation.of(only(only(outcomes, "policy", policy), "accelerator", accelerator));
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
