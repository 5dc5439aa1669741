package org.dyadic.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C during a run: the first asks the run to stop, so that what it has is kept; the second ends
 * the process at once. A run that does not hear is ended after a while.
 *
 * <p>A shutdown hook would not do: the JVM is then ending already, and a second Ctrl-C is not
 * heard.
 */
final class Interruption implements AutoCloseable {

    // Ctrl-C, kill, and the closing of the terminal.
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    /** How long interrupted work may take to give back what it has. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PrintStream err;
    private final Duration patience;
    private final IntConsumer exit;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean requested;

    private Interruption(PrintStream err, Duration patience, IntConsumer exit) {
        this.err = err;
        this.patience = patience;
        this.exit = exit;
    }

    /**
     * Listens from now on until closed.
     *
     * @param patience how long the run may take to stop
     * @param exit ends the process
     */
    static Interruption watch(PrintStream err, Duration patience, IntConsumer exit) {
        var interruption = new Interruption(err, patience, exit);
        for (var name : SIGNALS) {
            try {
                var signal = new Signal(name);
                interruption.before.put(signal, Signal.handle(signal, s -> interruption.request()));
            } catch (IllegalArgumentException e) {
                // This system has no such signal, or the JVM was told to leave it alone.
            }
        }
        return interruption;
    }

    /** True once the run should stop. */
    boolean requested() {
        return requested;
    }

    /** The run has returned; keeping its results may take as long as it takes. */
    void stopped() {
        stopped.countDown();
    }

    private synchronized void request() {
        if (requested) {
            exit.accept(ExitCode.INTERRUPTED);
            return;
        }
        requested = true;
        err.println();
        err.println("dyadic: stopping; what is finished will be kept. Ctrl-C again ends at once");
        var guard = new Thread(this::guard, "dyadic-interruption");
        guard.setDaemon(true);
        guard.start();
    }

    private void guard() {
        try {
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                err.println(
                        "dyadic: the run did not stop within "
                                + patience.toSeconds()
                                + " s; nothing of it is kept");
                exit.accept(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped();
        before.forEach(Signal::handle);
    }
}
