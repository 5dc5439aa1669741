package org.dyadic.workbench.internal;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.execution.Cancelled;
import org.dyadic.execution.PluginFailure;
import org.dyadic.workbench.log.Calls;

/**
 * The door between the platform and a plugin: whatever comes through it has a plugin's name, and
 * comes in time.
 *
 * <p>A call runs in a thread of its own. One that does not answer is interrupted and left behind:
 * Java cannot end it, so it may use its processor until the process ends.
 */
final class Guard {

    /** The system property with the seconds that one call may take; 0 for as long as it likes. */
    static final String TIMEOUT = "dyadic.plugin.timeout";

    // The searches of built-in quantizers stay far below, on layers of a million weights too.
    private static final double USUAL_SECONDS = 600;

    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    5,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    work -> {
                        var thread = new Thread(work, "dyadic-plugin");
                        thread.setDaemon(true);
                        return thread;
                    });

    private Guard() {}

    /** A plugin did what no caller can put up with. */
    static final class Runaway extends RuntimeException {
        private static final long serialVersionUID = 1;

        Runaway(String what) {
            super(what, null, false, false);
        }
    }

    /** A question to a plugin that may be answered with an exception, such as of a file. */
    interface Question<T, E extends Exception> {
        T ask() throws E;
    }

    /** What a plugin answers; throws a {@link PluginFailure} if it throws or answers nothing. */
    static <T> T call(String plugin, String doing, Supplier<T> call) {
        // No checked exception can come from a supplier.
        return call(plugin, doing, RuntimeException.class, e -> false, call::get);
    }

    /**
     * As {@link #call(String, String, Supplier)}, for questions that an exception answers too.
     *
     * @param answering the exception that is an answer, and is thrown on
     */
    static <T, E extends Exception> T call(
            String plugin, String doing, Class<E> answering, Question<T, E> question) throws E {
        return call(plugin, doing, answering, answering::isInstance, question);
    }

    private static <T, E extends Exception> T call(
            String plugin,
            String doing,
            Class<E> answering,
            Predicate<Exception> answers,
            Question<T, E> question)
            throws E {
        T answer;
        try {
            answer = limited(plugin, doing, question::ask);
        } catch (Runaway runaway) {
            throw failed(new PluginFailure(plugin, doing + ": " + runaway.getMessage()));
        } catch (Cancelled cancelled) {
            throw cancelled;
        } catch (Exception | LinkageError failure) {
            if (failure instanceof Exception answered && answers.test(answered)) {
                throw answering.cast(failure);
            }
            throw failed(
                    failure instanceof PluginFailure inner
                            ? inner
                            : new PluginFailure(plugin, doing, failure));
        }
        if (answer == null) {
            throw failed(new PluginFailure(plugin, doing + ": it returned nothing"));
        }
        return answer;
    }

    private static PluginFailure failed(PluginFailure failure) {
        Calls.failed(failure.plugin(), failure.getMessage());
        return failure;
    }

    /** A quantizer whose every fit comes in time, or is an exception of the plugin. */
    static Quantizer guarded(String plugin, Quantizer quantizer) {
        return new Guarded(plugin, quantizer);
    }

    /** Equal for the same quantizer: what was fitted once is found again by who fitted it. */
    private record Guarded(String plugin, Quantizer quantizer) implements Quantizer {
        @Override
        public ParameterSpec parameters() {
            return quantizer.parameters();
        }

        @Override
        public Fit fit(Observation observed, Settings settings) {
            try {
                return limited(plugin, "fitting a tensor", () -> quantizer.fit(observed, settings));
            } catch (RuntimeException | LinkageError failure) {
                Calls.failed(plugin, String.valueOf(failure.getMessage()));
                throw failure;
            } catch (Exception undeclared) {
                // Java lets bytecode throw what it does not declare.
                Calls.failed(plugin, undeclared.toString());
                throw new Runaway(undeclared.toString());
            }
        }
    }

    /** What a plugin answers; {@link Runaway} instead of no answer, and of errors of the JVM. */
    private static <T> T limited(String plugin, String doing, Callable<T> question)
            throws Exception {
        double seconds = seconds();
        var task =
                new FutureTask<T>(
                        () -> {
                            Calls.enter(plugin);
                            try {
                                return question.call();
                            } finally {
                                Calls.leave();
                            }
                        });
        var call = Calls.begin(plugin, doing);
        THREADS.execute(task);
        try {
            return seconds == 0
                    ? task.get()
                    : task.get((long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        } catch (TimeoutException endless) {
            task.cancel(true);
            throw new Runaway(
                    String.format(
                            Locale.ROOT,
                            "it did not answer within %s s; a longer limit is set by"
                                    + " --plugin-timeout SECONDS",
                            seconds == Math.rint(seconds) ? "" + (long) seconds : "" + seconds));
        } catch (InterruptedException stopped) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            call.end();
        }
    }

    private static Exception thrown(Throwable cause) {
        if (cause instanceof Exception failure) {
            return failure;
        }
        if (cause instanceof LinkageError error) {
            throw error;
        }
        return new Runaway(
                cause instanceof OutOfMemoryError
                        ? "it ran out of memory; give Java more with DYADIC_JAVA_OPTS=-Xmx8g"
                        : cause instanceof StackOverflowError
                                ? "it called itself without end"
                                : cause.toString());
    }

    private static double seconds() {
        String set = System.getProperty(TIMEOUT);
        try {
            double seconds = set == null ? USUAL_SECONDS : Double.parseDouble(set);
            return seconds >= 0 ? seconds : USUAL_SECONDS;
        } catch (NumberFormatException e) {
            return USUAL_SECONDS;
        }
    }
}
