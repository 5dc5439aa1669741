package org.dyadic.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.Verbs;

/** The verbs as a shell sees them: every line is a session of its own, on its streams. */
final class ShellVerbs implements Verbs {

    // Verbs that do not ask whether they should stop are left behind after that.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Services services;
    private final Supplier<List<BundleVerb.Offer>> offers;
    private final String features;

    ShellVerbs(
            Terminal terminal,
            Services services,
            Supplier<List<BundleVerb.Offer>> offers,
            String features) {
        this.terminal = terminal;
        this.services = services;
        this.offers = offers;
        this.features = features;
    }

    @Override
    public List<String> names() {
        var names = new TreeSet<>(idle().commandLine().getSubcommands().keySet());
        names.remove("shell");
        return List.copyOf(names);
    }

    @Override
    public Completion complete(List<String> before, String start) {
        return new Completing(services).complete(idle().commandLine(), before, start);
    }

    /** For questions about verbs; carries out none. */
    private Session idle() {
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var host =
                new Host(InputStream.nullInputStream(), code -> {}, ShellVerbs::within, features);
        return session(terminal.with(silent, silent), host);
    }

    private Session session(Terminal on, Host host) {
        return new Session(on, services, offers.get(), host);
    }

    private static int within() {
        throw new Refusal(ExitCode.USAGE, "you are in the shell already; 'exit' ends it");
    }

    /** On a thread of its own, which is left behind if it does not hear. */
    @Override
    public int execute(List<String> words, Verb.Streams streams) {
        var ended = new CompletableFuture<Integer>();
        var host = new Host(streams.in(), ended::complete, ShellVerbs::within, features);
        var session = session(terminal.with(streams.out(), streams.err()), host);
        var thread =
                new Thread(
                        () -> ended.complete(session.execute(words.toArray(String[]::new))),
                        "dyadic-line");
        thread.setDaemon(true);
        thread.start();
        try {
            return ended.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            return leave(ended, session);
        } catch (ExecutionException e) {
            throw new AssertionError(e); // nothing completes it so
        }
    }

    private static int leave(CompletableFuture<Integer> ended, Session session) {
        try {
            ended.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            session.complain("the verb does not stop; it is left behind and may go on working");
        } catch (InterruptedException again) {
            session.complain("the verb is left behind and may go on working");
        } catch (ExecutionException e) {
            throw new AssertionError(e); // nothing completes it so
        }
        return ExitCode.INTERRUPTED;
    }
}
