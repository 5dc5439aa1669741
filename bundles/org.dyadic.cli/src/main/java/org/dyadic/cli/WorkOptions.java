package org.dyadic.cli;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.dyadic.api.workbench.LogLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of verbs that quantize or execute what a file of the language describes. */
final class WorkOptions {

    private static final String PLATFORM = "org.dyadic.workbench";

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

    @Option(
            names = {"-v", "--verbose"},
            description = "Also what the platform and plugins log, and where the time went.")
    boolean verbose;

    @Option(
            names = "--log",
            paramLabel = "NAME=LEVEL,...",
            description =
                    "What to show of whose log: a plugin's id, a bundle, a logger, or a prefix of"
                            + " one before a dot; trace, debug, info, warning, error or off.")
    private String log = "";

    @Mixin private HelpOption help;

    /** The work, with what is logged and what plugins print meanwhile on standard error. */
    <T> ToIntFunction<T> logged(Session session, ToIntFunction<T> work) {
        var levels = levels();
        return subject -> {
            var logs = session.services().workbench().logs();
            try (var shown = logs.show(levels, line -> show(line, session.terminal()));
                    var caught = logs.catchPrints()) {
                return work.applyAsInt(subject);
            }
        };
    }

    private static void show(LogLine line, Terminal terminal) {
        String word = line.level().name().toLowerCase(Locale.ROOT);
        String whole = "dyadic: " + word + ": " + line.source() + ": " + line.message();
        // Over the line of progress, which is drawn again below.
        String start = terminal.interactive() ? "\r\033[K" : "";
        terminal.err().println(start + Terminal.plain(whole));
    }

    /** The least level to show, by name; what the platform does, progress and diagnostics tell. */
    private Map<String, Level> levels() {
        var levels = new HashMap<String, Level>();
        levels.put("", quiet ? Level.OFF : verbose ? Level.INFO : Level.WARNING);
        levels.put(PLATFORM, verbose ? Level.INFO : Level.OFF);
        for (String choice : log.isBlank() ? new String[0] : log.split(",")) {
            var sides = choice.strip().split("=", -1);
            if (sides.length != 2 || sides[0].isEmpty()) {
                throw new Refusal(
                        ExitCode.USAGE,
                        "--log takes NAME=LEVEL, several with commas between, was '"
                                + choice
                                + "'; for instance --log upot=debug");
            }
            var words =
                    Stream.of(Level.values())
                            .filter(level -> level != Level.ALL)
                            .map(level -> level.name().toLowerCase(Locale.ROOT))
                            .toList();
            if (!words.contains(sides[1])) {
                throw new Refusal(ExitCode.USAGE, Session.among("level", sides[1], words));
            }
            levels.put(sides[0], Level.valueOf(sides[1].toUpperCase(Locale.ROOT)));
        }
        return levels;
    }
}
