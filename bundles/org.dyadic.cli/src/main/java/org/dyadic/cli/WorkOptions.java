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

    @Mixin private HelpOption help;
}
