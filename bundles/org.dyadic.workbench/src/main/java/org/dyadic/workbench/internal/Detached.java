package org.dyadic.workbench.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Cancelled;

/**
 * Work that need not hear that the user wants to stop, such as a plugin's: it has a thread of its
 * own, and is left behind. Whoever is left behind is interrupted, and ends with the process.
 */
final class Detached {

    private static final long LOOK_MILLIS = 50;

    private Detached() {}

    /**
     * The result of the work, or {@link Cancelled} soon after the user wants to stop. What the work
     * throws is thrown on.
     */
    static <T> T call(Progress progress, Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        var thread = new Thread(task, "dyadic-work");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException goesOn) {
                if (progress.cancelled()) {
                    task.cancel(true);
                    throw new Cancelled();
                }
            } catch (InterruptedException e) {
                task.cancel(true);
                Thread.currentThread().interrupt();
                throw new Cancelled();
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
