package org.dyadic.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks the same question from several threads at the same time. */
final class Concurrently {

    private static final int THREADS = 4;
    private static final int TIMES = 25;

    private Concurrently() {}

    /** Every answer; an exception in a thread is the first cause of what is thrown. */
    static <T> List<T> ask(Callable<T> question) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var together = new CountDownLatch(THREADS);
            var pending = new ArrayList<Future<List<T>>>();
            for (int i = 0; i < THREADS; i++) {
                pending.add(
                        threads.submit(
                                () -> {
                                    together.countDown();
                                    together.await();
                                    var answers = new ArrayList<T>();
                                    for (int time = 0; time < TIMES; time++) {
                                        answers.add(question.call());
                                    }
                                    return answers;
                                }));
            }
            var all = new ArrayList<T>();
            for (var answers : pending) {
                all.addAll(answers.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new AssertionError("failed under several threads: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
