package org.dyadic.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.Severity;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.MissingPluginException;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One command line, from its words to its exit code. Nothing that happens inside escapes it. */
final class Session {

    private static final Pattern VERB = Pattern.compile("[a-z][a-z0-9-]*");

    private final Terminal terminal;
    private final Services services;
    private final List<BundleVerb.Offer> offers;
    private final Host host;

    Session(Terminal terminal, Services services) {
        this(terminal, services, List.of());
    }

    Session(Terminal terminal, Services services, List<BundleVerb.Offer> offers) {
        this(terminal, services, offers, Host.process(Services::withoutShell, ""));
    }

    Session(Terminal terminal, Services services, List<BundleVerb.Offer> offers, Host host) {
        this.terminal = terminal;
        this.services = services;
        this.offers = offers;
        this.host = host;
    }

    Terminal terminal() {
        return terminal;
    }

    Services services() {
        return services;
    }

    Host host() {
        return host;
    }

    int execute(String... arguments) {
        int code;
        try {
            code = commandLine().execute(arguments);
        } catch (OutOfMemoryError e) {
            complain("out of memory; allow more with DYADIC_JAVA_OPTS=-Xmx8g");
            code = ExitCode.INTERNAL;
        } catch (Throwable e) {
            code = crashed(e);
        }
        if (code == ExitCode.MISSING_PLUGIN && !host.features().isEmpty()) {
            complain("--features started only the core and " + host.features());
        }
        terminal.err().flush();
        return terminal.out().checkError() ? unwritten(code) : code;
    }

    /** Every verb, as picocli sees it. */
    CommandLine commandLine() {
        var line =
                new CommandLine(new Dyadic())
                        .addSubcommand(new Run(this))
                        .addSubcommand(new Check(this))
                        .addSubcommand(new Inspect(this))
                        .addSubcommand(new Sensitive(this))
                        .addSubcommand(new Explain(this))
                        .addSubcommand(new Compare(this))
                        .addSubcommand(new Export(this))
                        .addSubcommand(
                                new CommandLine(new PluginVerbs())
                                        .addSubcommand(new PluginVerbs.ListVerb(this))
                                        .addSubcommand(new PluginVerbs.Info(this))
                                        .addSubcommand(new PluginChanges.Install(this))
                                        .addSubcommand(new PluginChanges.Update(this))
                                        .addSubcommand(new PluginChanges.Remove(this))
                                        .addSubcommand(new PluginChanges.Enable(this))
                                        .addSubcommand(new PluginChanges.Disable(this))
                                        .addSubcommand(new PluginChanges.Doctor(this)))
                        .addSubcommand(
                                new CommandLine(new Import())
                                        .addSubcommand(new Import.ScaleSim(this)))
                        .addSubcommand(new ShellVerb(host.shell()))
                        .addSubcommand(new Help());
        offers.forEach(offer -> add(offer, line));
        line.getSubcommands().values().forEach(Session::spaceOut);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler((e, words) -> misused(e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(e));
        return line;
    }

    private void add(BundleVerb.Offer offer, CommandLine line) {
        if (!VERB.matcher(offer.name()).matches()
                || line.getSubcommands().containsKey(offer.name())) {
            complain(
                    "warning: a bundle offers the verb '"
                            + offer.name()
                            + "', which "
                            + (VERB.matcher(offer.name()).matches()
                                    ? "there is already"
                                    : "is no word of lowercase letters")
                            + "; it is left out");
            return;
        }
        line.addSubcommand(offer.name(), new BundleVerb(this, offer));
        line.getSubcommands()
                .get(offer.name())
                .getCommandSpec()
                .usageMessage()
                .description(offer.description());
    }

    private static void spaceOut(CommandLine verb) {
        verb.getCommandSpec()
                .usageMessage()
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nVerbs:%n");
        verb.getSubcommands().values().forEach(Session::spaceOut);
    }

    // ---- what verbs share

    /** Reads a file of the language; a file that is not there is among the diagnostics. */
    Reading read(Path file) {
        return missing(file)
                .map(diagnostic -> new Reading(List.of(), List.of(diagnostic)))
                .orElseGet(() -> services.reader().read(file));
    }

    /** Reads a file, prints what is wrong with it, and goes on unless that is an error. */
    int reading(Path file, boolean quiet, ToIntFunction<Reading> work) {
        var reading = read(file);
        print(reading.diagnostics(), quiet);
        int code = ExitCode.of(reading.diagnostics());
        return code == ExitCode.OK ? work.applyAsInt(reading) : code;
    }

    /** Why there is nothing to read at a path, and what is near it. */
    static Optional<Diagnostic> missing(Path file) {
        String why = null;
        if (Files.isDirectory(file)) {
            why = "this is a folder, not a file.";
        } else if (!Files.exists(file)) {
            why = "there is no such file." + neighbour(file);
        } else if (!Files.isReadable(file)) {
            why = "the file may not be read; its permissions forbid it.";
        }
        return Optional.ofNullable(why)
                .map(
                        message ->
                                Diagnostic.at(
                                        Position.startOf(file.toString()),
                                        IssueCode.UNREADABLE_FILE,
                                        message));
    }

    private static String neighbour(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : " There is no folder " + folder + " either.";
        }
        try (var files = Files.list(folder)) {
            return Guess.suggestion(
                    file.getFileName().toString(),
                    files.limit(10_000).map(path -> path.getFileName().toString()).toList());
        } catch (IOException e) {
            return "";
        }
    }

    /** Does long work, tells how far it is, and asks it to stop when the user does. */
    <T> T attended(boolean quiet, Function<Progress, T> work) {
        try (var interruption =
                        Interruption.watch(terminal.err(), Interruption.PATIENCE, host.end());
                var progress =
                        new ProgressDisplay(
                                terminal, quiet, interruption::requested, System::nanoTime)) {
            return work.apply(progress);
        }
    }

    /** Lets plugins come and go, and tells of it, until it is closed. */
    Plugins.Lease follow() {
        return services.pluginsIfAny()
                .map(plugins -> plugins.follow(this::complain))
                .orElse(() -> {});
    }

    /** Prints the diagnostics that reading did not find already. */
    void printBeyond(Reading reading, Collection<Diagnostic> diagnostics, boolean quiet) {
        var found = new LinkedHashSet<>(diagnostics);
        found.removeAll(reading.diagnostics());
        print(found, quiet);
    }

    /** Prints diagnostics in the form that editors follow. */
    void print(Collection<Diagnostic> diagnostics, boolean quiet) {
        for (var diagnostic : diagnostics) {
            if (diagnostic.isError() || !quiet) {
                terminal.err().println(coloured(diagnostic));
            }
        }
    }

    private String coloured(Diagnostic diagnostic) {
        String line = Terminal.plain(diagnostic.toString());
        if (!terminal.colour()) {
            return line;
        }
        String word = diagnostic.isError() ? "error:" : "warning:";
        String start = diagnostic.isError() ? "\033[1;31m" : "\033[1;33m";
        return diagnostic.severity() == Severity.INFO
                ? line
                : line.replaceFirst(word, start + word + "\033[0m");
    }

    void complain(String sentence) {
        terminal.err().println("dyadic: " + Terminal.plain(sentence));
    }

    // ---- what can go wrong

    private int misused(ParameterException e) {
        var command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message =
                e instanceof UnmatchedArgumentException unmatched
                        ? unknown(unmatched.getUnmatched().get(0), command)
                        : String.valueOf(e.getMessage());
        complain(message);
        if (message.startsWith("unknown verb") && !host.features().isEmpty()) {
            complain("--features started only the core and " + host.features());
        }
        terminal.err().println("See '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String unknown(String word, CommandLine command) {
        var spec = command.getCommandSpec();
        if (word.startsWith("-")) {
            var options = new ArrayList<String>();
            spec.options().forEach(option -> options.add(option.longestName()));
            return among("option", word, options);
        }
        if (!spec.subcommands().isEmpty()) {
            return unknownVerb(word, command);
        }
        return "unexpected argument '" + word + "'.";
    }

    static String unknownVerb(String word, CommandLine command) {
        return among("verb", word, new TreeSet<>(command.getSubcommands().keySet()));
    }

    /** {@code unknown verb 'rnu'; there are check, help, run. Did you mean run?} */
    static String among(String what, String word, Collection<String> allowed) {
        return "unknown "
                + what
                + " '"
                + word
                + "'; "
                + (allowed.isEmpty() ? "there is none" : "there are " + String.join(", ", allowed))
                + "."
                + Guess.suggestion(word, allowed);
    }

    private int failed(Exception e) {
        if (e instanceof Refusal refusal) {
            complain(refusal.getMessage());
            return refusal.exitCode();
        }
        if (e instanceof MissingPluginException) {
            complain(e.getMessage());
            return ExitCode.MISSING_PLUGIN;
        }
        if (e instanceof PluginChangeException change) {
            complain(change.getMessage());
            return change.asked() ? ExitCode.SPECIFICATION : ExitCode.INTERNAL;
        }
        return crashed(e);
    }

    /** An error nobody foresaw: one line for the user, the trace in a file for us. */
    private int crashed(Throwable e) {
        complain(
                "internal error: "
                        + e.toString().lines().findFirst().orElse("")
                        + ". Please report it with "
                        + log(e));
        return ExitCode.INTERNAL;
    }

    private static String log(Throwable e) {
        try {
            var file = Files.createTempFile("dyadic-", ".log");
            try (var writer =
                    new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                e.printStackTrace(writer);
            }
            return file.toString();
        } catch (IOException unwritable) {
            return "the command that caused it (a log could not be written)";
        }
    }

    /** A reader that goes away, such as {@code head}, is content; a full disk is not. */
    private int unwritten(int code) {
        String why = terminal.outFailure().get();
        if (why.contains("Broken pipe")) {
            return code;
        }
        complain("cannot write to standard output: " + why + "; the output is incomplete");
        return ExitCode.INTERNAL;
    }

    /** What went wrong with a file, in words. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied on " + denied.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return ((FileSystemException) e).getFile() + " is a file, not a folder";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
