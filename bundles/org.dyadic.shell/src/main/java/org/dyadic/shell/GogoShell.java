package org.dyadic.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Process;
import org.dyadic.api.command.Shell;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.Verbs;
import org.dyadic.api.workbench.UserHome;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads lines, has Gogo say what they mean, and ends with none of what goes wrong in one. */
@Component
public final class GogoShell implements Shell {

    private static final List<String> OWN = List.of("exit", "help", "history");

    private final BundleContext context;
    private final CommandProcessor gogo;

    @Activate
    public GogoShell(BundleContext context, @Reference CommandProcessor gogo) {
        this.context = context;
        this.gogo = gogo;
    }

    @Override
    public int run(Verbs verbs, Verb.Streams streams, boolean interactive) {
        try (var lines = lines(verbs, streams, interactive);
                var commands = new Commands(context);
                var session =
                        gogo.createSession(
                                InputStream.nullInputStream(), streams.out(), streams.err())) {
            session.put("SCOPE", Commands.SCOPE + ":*"); // a verb before anything else's command
            return new Conversation(verbs, streams, lines, commands, session).hold();
        } catch (IOException e) {
            streams.err().println("dyadic: the shell cannot use this terminal: " + e.getMessage());
            return 4;
        }
    }

    private static Lines lines(Verbs verbs, Verb.Streams streams, boolean interactive)
            throws IOException {
        if (!interactive) {
            return new PipedLines(streams.in());
        }
        streams.err().println("Tab completes, 'help' tells of the verbs, 'exit' ends.");
        return new EditedLines(
                new VerbCompleter(verbs), UserHome.folder().resolve("shell-history"));
    }

    /** One shell from its first line to its last. */
    private static final class Conversation {

        private final Verbs verbs;
        private final Verb.Streams streams;
        private final Lines lines;
        private final Commands commands;
        private final CommandSession session;
        private int code;
        private boolean ended;
        private volatile Thread working;

        Conversation(
                Verbs verbs,
                Verb.Streams streams,
                Lines lines,
                Commands commands,
                CommandSession session) {
            this.verbs = verbs;
            this.streams = streams;
            this.lines = lines;
            this.commands = commands;
            this.session = session;
        }

        int hold() throws IOException {
            commands.add("exit", (gogo, words) -> ended = true);
            commands.add("history", (gogo, words) -> lines.history().forEach(here()::println));
            commands.add("help", (gogo, words) -> help(words));
            while (!ended) {
                offerVerbs(); // those installed by the last line, too
                String line = lines.next();
                if (line == null) {
                    break;
                }
                carryOut(line);
                streams.out().flush();
            }
            return code;
        }

        private void offerVerbs() {
            var names = new ArrayList<>(verbs.names());
            names.removeAll(OWN);
            names.forEach(name -> commands.add(name, (gogo, words) -> verb(name, words)));
            names.addAll(OWN);
            commands.keep(names);
        }

        private void carryOut(String line) {
            lines.onInterrupt(this::interrupt);
            working = Thread.currentThread();
            try {
                Object result = session.execute(line);
                if (result != null) {
                    here().println(session.format(result, Converter.INSPECT));
                }
            } catch (Exception | LinkageError | StackOverflowError e) {
                code = told(e);
            } finally {
                working = null;
                Thread.interrupted(); // a Ctrl-C that came too late
            }
        }

        private void interrupt() {
            Thread thread = working;
            if (thread != null) {
                thread.interrupt();
            }
        }

        /** Says in one line what went wrong with a line. */
        private int told(Throwable e) {
            if (e instanceof CommandNotFoundException unknown) {
                // Nobody knows better which verbs there are, and which is near.
                return verbs.execute(List.of(unknown.getCommand()), streams);
            }
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            streams.err().println("dyadic: " + why.lines().findFirst().orElse(""));
            return Verb.MISUSED;
        }

        private void verb(String name, List<String> words) {
            working = Thread.currentThread(); // Gogo's, where there are pipes
            var all = new ArrayList<>(List.of(name));
            words.forEach(word -> all.add(expanded(word)));
            code = verbs.execute(all, new Verb.Streams(streams.in(), here(), streams.err()));
        }

        private void help(List<String> words) {
            verb("help", words);
            if (words.isEmpty()) {
                here().println("\nIn the shell: exit, help, history, and what felix:help lists.");
            }
        }

        /** Where the command that is running writes: the next one, or the terminal. */
        private PrintStream here() {
            Process process = Process.Utils.current();
            return process == null || process.out() == null ? streams.out() : process.out();
        }

        private static String expanded(String word) {
            return word.startsWith("~/")
                    ? System.getProperty("user.home") + word.substring(1)
                    : word;
        }
    }
}
