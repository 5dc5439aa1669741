package org.dyadic.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dyadic help [VERB]}. */
@Command(name = "help", description = "Show the help of a verb.")
final class Help implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "VERB",
            description = "A verb, such as run, or plugins list.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        var line = spec.parent().commandLine();
        for (var word : words) {
            var next = line.getSubcommands().get(word);
            if (next == null) {
                throw new Refusal(ExitCode.USAGE, Session.unknownVerb(word, line));
            }
            line = next;
        }
        line.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
