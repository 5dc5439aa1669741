package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DetachedTest {

    @Test
    void theResultIsThatOfTheWork() {
        assertThat(Detached.call(Progress.silent(), () -> 42)).isEqualTo(42);
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        var failure = new IllegalStateException("broken");
        assertThatThrownBy(() -> Detached.call(Progress.silent(), () -> fail(failure)))
                .isSameAs(failure);
        var error = new StackOverflowError();
        assertThatThrownBy(() -> Detached.call(Progress.silent(), () -> fail(error)))
                .isSameAs(error);
    }

    private static Object fail(RuntimeException failure) {
        throw failure;
    }

    private static Object fail(Error failure) {
        throw failure;
    }

    @Test
    void workThatNeverEndsIsLeftBehindAndInterrupted() throws Exception {
        var stop = new AtomicBoolean();
        var interrupted = new CountDownLatch(1);
        var stopping =
                new Progress() {
                    @Override
                    public void advance(String stage, long done, long total, String unit) {}

                    @Override
                    public boolean cancelled() {
                        return stop.get();
                    }
                };
        assertThatThrownBy(
                        () ->
                                Detached.call(
                                        stopping,
                                        () -> {
                                            stop.set(true);
                                            while (!Thread.currentThread().isInterrupted()) {
                                                Thread.onSpinWait();
                                            }
                                            interrupted.countDown();
                                            return 0;
                                        }))
                .isInstanceOf(Cancelled.class);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
