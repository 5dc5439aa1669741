package org.dyadic.cli;

import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dyadic shell}. */
@Command(
        name = "shell",
        description = "Read verbs line by line, from a terminal or a pipe.",
        footer = {
            "",
            "Tab completes, the arrows go through the history, Ctrl-C stops a verb, 'exit' ends.",
            "What is installed in the shell can be used in its next line."
        })
final class ShellVerb implements Callable<Integer> {

    private final IntSupplier shell;

    @Mixin private HelpOption help;

    ShellVerb(IntSupplier shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return shell.getAsInt();
    }
}
