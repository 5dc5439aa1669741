package org.dyadic.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of verbs that quantize or execute what a file of the language describes. */
final class WorkOptions {

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random choice.")
    long seed = 1;

    @Option(names = "--json", description = "Print it as one line of JSON.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Neither progress nor warnings; errors only.")
    boolean quiet;

    /** The platform reads it at each call of a plugin. */
    @Option(
            names = "--plugin-timeout",
            paramLabel = "SECONDS",
            description = "How long a call of a plugin may take (600); 0 for as long as it likes.")
    void limit(double seconds) {
        if (!(seconds >= 0)) {
            throw new Refusal(ExitCode.USAGE, "--plugin-timeout takes 0 or more seconds");
        }
        System.setProperty("dyadic.plugin.timeout", Double.toString(seconds));
    }

    @Mixin private HelpOption help;
}
