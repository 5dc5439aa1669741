package org.dyadic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.report.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic run FILE [EXPERIMENT]}. */
@Command(
        name = "run",
        description = "Run an experiment, print its results and keep them in a run folder.",
        footer = {
            "",
            "Ctrl-C keeps and prints what is finished by then; once more ends at once.",
            "",
            "A design that an accelerator cannot execute is a result (exit code 0). A",
            "plugin that fails is not (exit code 4); all else is still printed and kept."
        })
final class Run implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "A .dyadic file.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Which one, if the file has several.")
    private String name;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Where the run folder is made (default: runs).")
    private Path runs = Path.of("runs");

    @Option(names = "--no-save", description = "Only print; make no run folder.")
    private boolean unsaved;

    @Mixin private WorkOptions options;

    Run(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.reading(file, options.quiet, options.logged(session, this::run));
    }

    private int run(Reading reading) {
        var experiment = new Choice(file, reading.experiments()).experiment(name);
        var workbench = session.services().workbench();
        var known = new LinkedHashSet<>(reading.diagnostics());
        var found = fresh(workbench.check(experiment), known);
        if (found.stream().anyMatch(error -> error.isError() && !isFailure(error))) {
            session.print(found, options.quiet);
            return ExitCode.of(found);
        }
        // What a failing plugin breaks, the run tells better; all else runs.
        var failures = found.stream().filter(Run::isFailure).toList();
        session.print(found.stream().filter(other -> !isFailure(other)).toList(), options.quiet);
        failures.forEach(known::remove);
        return run(experiment, known, failures);
    }

    private static boolean isFailure(Diagnostic diagnostic) {
        return diagnostic.code() == IssueCode.PLUGIN_FAILED;
    }

    /** The diagnostics that are not yet known; now they are. */
    private static List<Diagnostic> fresh(List<Diagnostic> found, Set<Diagnostic> known) {
        return found.stream().filter(known::add).toList();
    }

    private int run(
            Experiment experiment, Set<Diagnostic> known, List<Diagnostic> expectedFailures) {
        var terminal = session.terminal();
        var workbench = session.services().workbench();
        try (var interruption =
                Interruption.watch(terminal.err(), Interruption.PATIENCE, session.host().end())) {
            Results results;
            try (var progress =
                    new ProgressDisplay(
                            terminal, options.quiet, interruption::requested, System::nanoTime)) {
                progress.onFinding(
                        found -> session.print(fresh(List.of(found), known), options.quiet));
                results = workbench.run(experiment, options.seed, progress);
            }
            interruption.stopped();
            session.print(unmet(expectedFailures, results), options.quiet);
            session.print(fresh(results.diagnostics(), known), options.quiet);
            terminal.out()
                    .print(options.json ? workbench.json(results) + "\n" : ResultTable.of(results));
            terminal.out().flush();
            if (options.verbose) {
                terminal.err().println(TimeTable.of(results));
            }
            if (!unsaved) {
                var folder = workbench.save(results, runs);
                if (!options.quiet) {
                    terminal.err().println("saved " + Terminal.plain(folder.toString()));
                }
            }
            return results.interrupted() || expectedFailures.isEmpty()
                    ? ExitCode.of(results)
                    : ExitCode.INTERNAL;
        } catch (IOException e) {
            throw new Refusal(
                    ExitCode.INTERNAL,
                    "cannot write the run to "
                            + runs
                            + ": "
                            + Session.why(e)
                            + "; the results are above. Choose another place with --runs DIR");
        }
    }

    /** The failures found by the check at whose place the run reports none. */
    private static List<Diagnostic> unmet(List<Diagnostic> expected, Results results) {
        var met =
                results.diagnostics().stream()
                        .filter(Run::isFailure)
                        .map(Diagnostic::position)
                        .collect(Collectors.toSet());
        return expected.stream().filter(failure -> !met.contains(failure.position())).toList();
    }
}
