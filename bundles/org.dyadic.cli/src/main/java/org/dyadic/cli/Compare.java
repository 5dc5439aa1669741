package org.dyadic.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic compare RUN [[POLICY:]ACCELERATOR...]}. */
@Command(
        name = "compare",
        description = "Show by how much each accelerator of a run beats the one before, and why.",
        footer = {
            "",
            "An operation is a multiplication or an addition: two for each multiply-accumulate.",
            "Each line is compared with the one before it, the last also with the first. A ratio",
            "is the product of those to its right, up to rounding: throughput for each element's",
            "worth of logic, and what memory and leakage add to logic. Name accelerators so that",
            "each differs from the one before in one thing only, and each ratio has one cause."
        })
final class Compare implements Callable<Integer> {

    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "A run folder, its name, or 'latest'.")
    private String run;

    @Parameters(
            index = "1..*",
            paramLabel = "[POLICY:]ACCELERATOR",
            description = "Which, in the order of comparison (default: all of the run).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where names and 'latest' are looked up (default: runs).")
    private Path runs = Path.of("runs");

    Compare(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var saved = SavedRun.open(run, runs);
        var all = saved.find(Efficiency::all);
        if (all.isEmpty()) {
            throw new Refusal(
                    ExitCode.SPECIFICATION,
                    "nothing to compare: "
                            + saved.folder()
                            + " has no policy that came out on an accelerator.");
        }
        var chosen = names.isEmpty() ? all : names.stream().map(name -> find(name, all)).toList();
        session.terminal().out().print(Terminal.plain(new Comparison(chosen).toString()));
        return ExitCode.OK;
    }

    private static Efficiency find(String name, List<Efficiency> all) {
        var found =
                all.stream()
                        .filter(one -> name.equals(one.accelerator()) || name.equals(one.name()))
                        .toList();
        if (found.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE,
                    Session.among("result", name, all.stream().map(Efficiency::name).toList()));
        }
        if (found.size() > 1) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "several policies came out on '"
                            + name
                            + "'; say which: "
                            + String.join(", ", found.stream().map(Efficiency::name).toList())
                            + ".");
        }
        return found.get(0);
    }
}
