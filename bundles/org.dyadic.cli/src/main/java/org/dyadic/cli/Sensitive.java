package org.dyadic.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.dyadic.api.experiment.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dyadic sensitivity FILE [EXPERIMENT] --policy NAME}. */
@Command(
        name = "sensitivity",
        description = "Rank the layers of a network by the accuracy that quantizing each costs.",
        footer = {
            "",
            "Each layer in turn is quantized as the policy says, with all others in float.",
            "Ctrl-C keeps and prints the layers that are done by then."
        })
final class Sensitive implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "A .dyadic file.")
    private Path file;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "EXPERIMENT",
            description = "Which one, if the file has several.")
    private String name;

    @Option(names = "--policy", paramLabel = "NAME", description = "The policy to look at.")
    private String policy;

    @Option(
            names = "--images",
            paramLabel = "N",
            description =
                    "Measure on the first N images of the experiment's dataset (default: 1000).")
    private int images = 1000;

    @Mixin private WorkOptions options;

    Sensitive(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (images < 1) {
            throw new Refusal(ExitCode.USAGE, "--images is at least 1, was " + images + ".");
        }
        return session.reading(file, options.quiet, options.logged(session, this::rank));
    }

    private int rank(Reading reading) {
        var experiment =
                new Choice(file, reading.experiments())
                        .experiment(
                                "sensitivity",
                                name,
                                policy,
                                one -> List.of(one.network(), one.dataset()));
        var workbench = session.services().workbench();
        var sensitivity =
                session.attended(
                        options.quiet,
                        progress ->
                                workbench.sensitivity(
                                        experiment, policy, images, options.seed, progress));
        session.printBeyond(reading, sensitivity.diagnostics(), options.quiet);
        var out = session.terminal().out();
        if (options.json) {
            out.println(workbench.json(sensitivity));
        } else if (sensitivity.reference().isPresent()) {
            out.print(SensitivityTable.of(sensitivity));
        }
        return sensitivity.interrupted()
                ? ExitCode.INTERRUPTED
                : ExitCode.of(sensitivity.diagnostics());
    }
}
