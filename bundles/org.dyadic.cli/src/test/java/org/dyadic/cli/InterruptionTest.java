package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;

@Timeout(30)
class InterruptionTest {

    // Not INT: a JVM that was started in the background may be told to ignore that one.
    private static final Signal TERM = new Signal("TERM");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private Interruption watch(Duration patience) {
        return Interruption.watch(new PrintStream(err, true), patience, exit::complete);
    }

    private static void raiseAndAwait(Interruption interruption) {
        Signal.raise(TERM);
        while (!interruption.requested() && !Thread.interrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theFirstAsksAndTheSecondEnds() throws Exception {
        try (var interruption = watch(Duration.ofMinutes(1))) {
            assertThat(interruption.requested()).isFalse();
            raiseAndAwait(interruption);
            assertThat(exit).isNotDone();
            Signal.raise(TERM);
            assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(130);
        }
    }

    @Test
    void aRunThatDoesNotStopIsEnded() throws Exception {
        try (var interruption = watch(Duration.ofMillis(20))) {
            raiseAndAwait(interruption);
            assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(130);
            assertThat(err.toString()).contains("did not stop");
        }
    }

    @Test
    void aRunThatStopsMaySaveInPeace() throws Exception {
        try (var interruption = watch(Duration.ofMillis(200))) {
            raiseAndAwait(interruption);
            interruption.stopped();
            Thread.sleep(400);
            assertThat(exit).isNotDone();
        }
    }

    @Test
    void afterwardsSignalsGoWhereTheyWentBefore() throws Exception {
        var heard = new CompletableFuture<Signal>();
        var before = Signal.handle(TERM, heard::complete);
        try {
            watch(Duration.ofMinutes(1)).close();
            Signal.raise(TERM);
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(TERM);
        } finally {
            Signal.handle(TERM, before);
        }
    }
}
