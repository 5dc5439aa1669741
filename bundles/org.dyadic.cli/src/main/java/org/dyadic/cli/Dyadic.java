package org.dyadic.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The words before any verb. */
@Command(
        name = "dyadic",
        description = "Designs low-bit CNN quantization and the accelerators that run it.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:an error in a file, or a stated limit missed",
            "2:wrong usage of the command line",
            "3:a plugin or a part of Dyadic is missing, and nothing else is wrong",
            "4:Dyadic or a plugin failed, or results could not be written",
            "130:interrupted; what was finished is kept"
        },
        footer = {
            "",
            "Results go to standard output, diagnostics and progress to standard error.",
            "'dyadic help VERB' tells more of a verb."
        },
        versionProvider = Dyadic.Version.class)
final class Dyadic implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    /** The launcher has taken it from the command line already. */
    @Option(
            names = "--features",
            paramLabel = "NAME,...",
            description = "Before all else: start these alone, and the core; such as core,dsl.")
    private String features;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** Reads the version that the build wrote beside this class. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            try (var in = Dyadic.class.getResourceAsStream("version.txt")) {
                var version = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new String[] {
                    "dyadic " + version + " (Java " + System.getProperty("java.version") + ")"
                };
            }
        }
    }
}
